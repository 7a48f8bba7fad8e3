using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Api;

/// <summary>Project keys through the API.</summary>
public sealed class KeyCallsTests(ConsoleServer server) : IClassFixture<ConsoleServer>
{
    private static readonly string[] Rights = ["project.view", "models.create"];
    private static readonly object Draft = new { name = "deploy", permissions = Rights };

    [Fact]
    public async Task Key_CreatedRotatedAndRevoked_OpensWhileItMay()
    {
        var (world, token) = await WorldAsync();
        var all = $"{world.Address}/keys";

        var made = await world.SendAsync(token, "POST", all, new { name = "deploy", permissions = Rights, expiresUtc = server.Clock.UtcNow.AddDays(3) });
        var one = $"{all}/{made["id"]}";
        Assert.Equal((201, one), (made.Status, made.Headers.Location?.OriginalString));
        Assert.Equal(200, (await world.SendAsync(made["secret"], "GET", world.Address)).Status);
        var read = await world.SendAsync(token, "GET", one);
        Assert.Equal(("deploy", "active", world.User("admin").Email), (read["name"], read["state"], read["createdBy"]));
        Assert.DoesNotContain(made["secret"]!, read.Text + (await world.SendAsync(token, "GET", all)).Text, StringComparison.Ordinal);

        var rotated = await world.SendAsync(token, "POST", $"{one}/rotate", new { graceHours = 1 });
        Assert.Equal((200, 200), (rotated.Status, (await world.SendAsync(made["secret"], "GET", world.Address)).Status));
        server.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal((401, 200), ((await world.SendAsync(made["secret"], "GET", world.Address)).Status, (await world.SendAsync(rotated["secret"], "GET", world.Address)).Status));
        Assert.Equal(204, (await world.SendAsync(token, "DELETE", one)).Status);
        Assert.Equal(401, (await world.SendAsync(rotated["secret"], "GET", world.Address)).Status);
        Assert.Equal("revoked", (await world.SendAsync(token, "GET", one))["state"]);
        Assert.Equal(409, (await world.SendAsync(token, "POST", $"{one}/rotate", new { })).Status);
        await using var db = server.OpenDatabase();
        var entries = await db.AuditEntries.Where(entry => entry.ProjectId == world.Scope.ProjectId).Select(entry => $"{entry.Before} {entry.After}").ToListAsync();
        Assert.DoesNotContain(entries, entry => entry.Contains(made["secret"]!, StringComparison.Ordinal) || entry.Contains(rotated["secret"]!, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("viewer", 403, 403, 403)]
    [InlineData("contributor", 403, 403, 403)]
    [InlineData("developer", 200, 201, 204)]
    [InlineData("admin", 200, 201, 204)]
    [InlineData("stranger", 404, 404, 404)]
    public async Task Keys_ByRole_AreWhatTheRoleMay(string who, int list, int create, int revoke)
    {
        var (world, _) = await WorldAsync();
        var (token, key) = (await world.TokenAsync(who, ApiWorld.Everything), await world.KeyAsync("project.view"));

        Assert.Equal(list, (await world.SendAsync(token, "GET", $"{world.Address}/keys")).Status);
        Assert.Equal(create, (await world.SendAsync(token, "POST", $"{world.Address}/keys", Draft)).Status);
        Assert.Equal(create == 201 ? 200 : create, (await world.SendAsync(token, "POST", $"{world.Address}/keys/{key.Id}/rotate", new { })).Status);
        Assert.Equal(revoke, (await world.SendAsync(token, "DELETE", $"{world.Address}/keys/{key.Id}")).Status);
        await using var db = server.OpenDatabase();
        Assert.Equal(create == 201, await db.ProjectKeys.AnyAsync(row => row.ProjectId == world.Scope.ProjectId && row.Name == "deploy"));
        Assert.Equal(revoke == 204, (await db.ProjectKeys.SingleAsync(row => row.Id == key.Id)).RevokedUtc is not null);
    }

    [Fact]
    public async Task Key_TriedOrSentAgain_ShowsNoSecret()
    {
        var (world, token) = await WorldAsync();

        var tried = await world.SendAsync(token, "POST", $"{world.Address}/keys?dryRun=true", Draft);
        Assert.Equal((200, "", ""), (tried.Status, tried["secret"], tried["id"]));
        Assert.DoesNotContain("pck_", tried.Text, StringComparison.Ordinal);
        Assert.Empty((await world.SendAsync(token, "GET", $"{world.Address}/keys")).Items);

        var first = await world.SendAsync(token, "POST", $"{world.Address}/keys", Draft, ("Idempotency-Key", "k"));
        var again = await world.SendAsync(token, "POST", $"{world.Address}/keys", Draft, ("Idempotency-Key", "k"));
        Assert.Equal((201, 201, first["id"], ""), (first.Status, again.Status, again["id"], again["secret"]));
        var (turned, turnedAgain) = (await RotateAsync(), await RotateAsync());
        Assert.Equal((200, 200, ""), (turned.Status, turnedAgain.Status, turnedAgain["secret"]));
        Assert.Equal(200, (await world.SendAsync(turned["secret"], "GET", world.Address)).Status);
        Assert.Single((await world.SendAsync(token, "GET", $"{world.Address}/keys")).Items);

        Task<ApiAnswer> RotateAsync() => world.SendAsync(token, "POST", $"{world.Address}/keys/{first["id"]}/rotate", new { }, ("Idempotency-Key", "r"));
    }

    [Fact]
    public async Task Key_OfANeighbour_IsNone()
    {
        var ((world, token), (other, _)) = (await WorldAsync(), await WorldAsync());
        var theirs = await other.KeyAsync("project.view");

        foreach (var key in new[] { theirs.Id.ToString(), Guid.NewGuid().ToString(), "nothing" })
        {
            Assert.Equal(404, (await world.SendAsync(token, "GET", $"{world.Address}/keys/{key}")).Status);
            Assert.Equal(404, (await world.SendAsync(token, "POST", $"{world.Address}/keys/{key}/rotate", new { })).Status);
            Assert.Equal(404, (await world.SendAsync(token, "DELETE", $"{world.Address}/keys/{key}")).Status);
        }

        Assert.Equal(200, (await other.SendAsync(theirs.Secret, "GET", other.Address)).Status);
    }

    [Fact]
    public async Task Key_MakesNoMoreOfItself()
    {
        var (world, _) = await WorldAsync();
        var key = await world.KeyAsync("project.view", "keys.view");

        Assert.Equal(200, (await world.SendAsync(key.Secret, "GET", $"{world.Address}/keys")).Status);
        Assert.Equal(403, (await world.SendAsync(key.Secret, "POST", $"{world.Address}/keys", Draft)).Status);
        Assert.Equal(403, (await world.SendAsync(key.Secret, "POST", $"{world.Address}/keys/{key.Id}/rotate", new { })).Status);
    }

    [Theory]
    [InlineData("""{"name":"x","permissions":["nothing.view"]}""")]
    [InlineData("""{"name":"x","permissions":[]}""")]
    [InlineData("""{"name":"x","permissions":[null]}""")]
    [InlineData("""{"name":"","permissions":["project.view"]}""")]
    [InlineData("""{"name":"a@b","permissions":["project.view"]}""")]
    [InlineData("""{"name":"x","permissions":["keys.create"]}""")]
    [InlineData("""{"name":"x","permissions":["project.view"],"expiresUtc":"2001-01-01T00:00:00Z"}""")]
    [InlineData("""{"name":"x","permissions":["project.view"],"expiresUtc":"soon"}""")]
    [InlineData("""{"name":"x","permissions":"project.view"}""")]
    [InlineData("""{"name":"x","permissions":["project.view"],"secret":"pck_mine"}""")]
    [InlineData("""{"name":"\u0000","permissions":["project.view"]}""")]
    public async Task Key_ThatMakesNoSense_IsRefused(string body)
    {
        var (world, token) = await WorldAsync();

        Assert.Equal(400, (await world.SendAsync(token, "POST", $"{world.Address}/keys", new StringContent(body, null, "application/json"))).Status);
        Assert.DoesNotContain(await server.AuditAsync(AuditActions.KeyCreated), entry => entry.ProjectId == world.Scope.ProjectId && entry.Result == AuditResult.Done);
    }

    [Theory]
    [InlineData("""{"graceHours":-1}""")]
    [InlineData("""{"graceHours":169}""")]
    [InlineData("""{"graceHours":2147483647}""")]
    [InlineData("""{"graceHours":1e300}""")]
    [InlineData("""{"graceHours":"1"}""")]
    public async Task Rotation_ThatMakesNoSense_IsRefused(string body)
    {
        var (world, token) = await WorldAsync();
        var key = await world.KeyAsync("project.view");

        Assert.Equal(400, (await world.SendAsync(token, "POST", $"{world.Address}/keys/{key.Id}/rotate", new StringContent(body, null, "application/json"))).Status);
        Assert.Equal(200, (await world.SendAsync(key.Secret, "GET", world.Address)).Status);
    }

    private async Task<(ApiWorld World, string Admin)> WorldAsync()
    {
        var world = await ApiWorld.CreateAsync(server);
        return (world, await world.TokenAsync("admin", ApiWorld.Everything));
    }
}
