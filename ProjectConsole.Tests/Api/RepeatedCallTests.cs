using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProjectConsole.Domain.Access;
using ProjectConsole.Security;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Api;

/// <summary>Calls that are sent again under an idempotency key.</summary>
public sealed class RepeatedCallTests(ConsoleServer server) : IClassFixture<ConsoleServer>
{
    [Fact]
    public async Task Creation_SentAgain_IsCarriedOutOnceAndAnswersAlike()
    {
        var (world, token) = await WorldAsync();

        var first = await CreateAsync(world, token, "once", "k1");
        var again = await CreateAsync(world, token, "once", "k1");

        Assert.Equal((201, 201), (first.Status, again.Status));
        Assert.Equal((first.Text, first.Headers.Location), (again.Text, again.Headers.Location));
        Assert.Equal(409, (await CreateAsync(world, token, "once", "k2")).Status);
    }

    [Fact]
    public async Task Creation_SentManyTimesAtOnce_IsCarriedOutOnce()
    {
        var (world, token) = await WorldAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => CreateAsync(world, token, "parallel", "k"))));

        Assert.All(answers, answer => Assert.Equal((201, answers[0].Text), (answer.Status, answer.Text)));
        await using var db = server.OpenDatabase();
        Assert.Equal(1, await db.Projects.CountAsync(row => row.OrganizationId == world.Scope.OrganizationId && row.Slug == "parallel"));
    }

    [Fact]
    public async Task Key_OfAnotherCall_IsRefused()
    {
        var (world, token) = await WorldAsync();
        Assert.Equal(201, (await CreateAsync(world, token, "one", "k")).Status);

        var other = await CreateAsync(world, token, "two", "k");
        var elsewhere = await world.SendAsync(token, "POST", $"{world.Address}/suspend", null, ("Idempotency-Key", "k"));

        Assert.Equal((422, "idempotency-key-taken"), (other.Status, other.Problem));
        Assert.Equal(422, elsewhere.Status);
        await using var db = server.OpenDatabase();
        Assert.False(await db.Projects.AnyAsync(row => row.OrganizationId == world.Scope.OrganizationId && row.Slug == "two"));
    }

    [Fact]
    public async Task Key_OfAnotherPerson_IsAnother()
    {
        var (world, token) = await WorldAsync();
        var others = await world.TokenAsync("admin", "project.view", "project.suspend");
        Assert.Equal(201, (await CreateAsync(world, token, "mine", "k")).Status);

        Assert.Equal(200, (await world.SendAsync(others, "POST", $"{world.Address}/suspend", null, ("Idempotency-Key", "k"))).Status);
    }

    [Fact]
    public async Task Creation_ThatWasRefused_IsTriedAgain()
    {
        var (world, token) = await WorldAsync();
        Assert.Equal(400, (await CreateAsync(world, token, "NO GOOD", "k")).Status);

        Assert.Equal(201, (await CreateAsync(world, token, "good", "k")).Status);
    }

    [Fact]
    public async Task Key_AfterADay_IsForgotten()
    {
        var (world, token) = await WorldAsync();
        Assert.Equal(201, (await CreateAsync(world, token, "early", "k")).Status);
        server.Clock.Advance(TimeSpan.FromHours(23));
        await world.Get<IdempotentCallPurge>().RunAsync();
        Assert.Equal(201, (await CreateAsync(world, token, "early", "k")).Status);

        server.Clock.Advance(TimeSpan.FromHours(2));
        await world.Get<IdempotentCallPurge>().RunAsync();

        Assert.Equal(409, (await CreateAsync(world, token, "early", "k")).Status);
        Assert.Contains(world.Get<IdempotentCallPurge>(), server.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>());
    }

    [Fact]
    public async Task Invitation_SentAgain_AnswersItsLinesAgain()
    {
        var (world, _) = await WorldAsync();
        var token = await world.TokenAsync("owner", [.. ProjectRole.Viewer.Permissions.Select(permission => permission.Name), "collaborators.add"]);
        var body = new { addresses = new[] { "new@nowhere.test", "no address" }, projectRole = "viewer" };

        var first = await world.SendAsync(token, "POST", $"{world.Address}/invitations", body, ("Idempotency-Key", "k"));
        var again = await world.SendAsync(token, "POST", $"{world.Address}/invitations", body, ("Idempotency-Key", "k"));

        Assert.True(first.Status == 200, first.Text);
        Assert.Equal((200, first.Text), (again.Status, again.Text));
        Assert.Contains("\"invited\":false", again.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Creation_SentAgainByWhoLostTheRight_IsRefused()
    {
        var (world, token) = await WorldAsync();
        Assert.Equal(201, (await CreateAsync(world, token, "lost", "k")).Status);
        await using (var db = server.OpenDatabase())
        {
            await db.Members.Where(row => row.OrganizationId == world.Scope.OrganizationId && row.UserId == world.User("owner").Id)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.RoleKey, OrganizationRole.Auditor.Key));
        }

        Assert.Equal(403, (await CreateAsync(world, token, "lost", "k")).Status);
    }

    [Fact]
    public async Task Creation_SentAgainThroughAnotherToken_IsAnotherCall()
    {
        var (world, token) = await WorldAsync();
        var second = await world.TokenAsync("owner", "projects.create", "organization.view");
        Assert.Equal(201, (await CreateAsync(world, token, "through", "k")).Status);

        Assert.Equal(422, (await CreateAsync(world, second, "through", "k")).Status);
    }

    [Fact]
    public async Task Key_WithACallThatNeedsNone_IsRefused()
    {
        var (world, _) = await WorldAsync();
        var token = await world.TokenAsync("owner", "members.manage");

        Assert.Equal(400, (await world.SendAsync(token, "POST", $"{world.OrganizationAddress}/members", new StringContent("""{"addresses":["a@b.test"]}""", null, "application/json"), ("Idempotency-Key", "k"))).Status);
    }

    [Theory]
    [InlineData("with space")]
    [InlineData("é")]
    public async Task Key_ThatIsNone_IsRefused(string key)
    {
        var (world, token) = await WorldAsync();

        Assert.Equal(400, (await CreateAsync(world, token, "x", key)).Status);
        Assert.Equal(400, (await CreateAsync(world, token, "x", new string('k', RepeatableCall.LongestKey + 1))).Status);
    }

    [Fact]
    public async Task Body_ThatIsTooLarge_IsRefusedWithAndWithoutAKey()
    {
        var (world, token) = await WorldAsync();

        var plain = await world.SendAsync(token, "POST", $"{world.OrganizationAddress}/projects", Large());
        var keyed = await world.SendAsync(token, "POST", $"{world.OrganizationAddress}/projects", Large(), ("Idempotency-Key", "k"));

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.RequestEntityTooLarge), ((HttpStatusCode)plain.Status, (HttpStatusCode)keyed.Status));
    }

    private static StringContent Large() => new($$"""{"id":"large","name":"Large","description":"{{new string('x', 1_100_000)}}"}""", null, "application/json");

    private async Task<(ApiWorld World, string Token)> WorldAsync()
    {
        var world = await ApiWorld.CreateAsync(server);
        return (world, await world.TokenAsync("owner", "projects.create", "organization.view", "project.view", "project.suspend"));
    }

    private static Task<ApiAnswer> CreateAsync(ApiWorld world, string token, string id, string key) =>
        world.SendAsync(token, "POST", $"{world.OrganizationAddress}/projects", new { id, name = "Name" }, ("Idempotency-Key", key));
}
