using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Security;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Api;

/// <summary>The audit log through the API.</summary>
public sealed class AuditCallsTests(ConsoleServer server) : IClassFixture<ConsoleServer>
{
    [Fact]
    public async Task Audit_OfAProject_IsReadInPartsAndByFilter()
    {
        var world = await ApiWorld.CreateAsync(server);
        var admin = await world.TokenAsync("admin", ApiWorld.Everything);
        foreach (var name in new[] { "one", "two", "three" })
        {
            Assert.Equal(201, (await world.SendAsync(admin, "POST", $"{world.Address}/models", new { name, spec = new { type = "base" } })).Status);
        }

        var (found, address) = (new List<string>(), $"{world.Address}/audit?action={AuditActions.ResourceCreated}&limit=2");
        for (var cursor = (string?)""; cursor is not null;)
        {
            var part = await world.SendAsync(admin, "GET", address + (cursor == "" ? "" : $"&cursor={cursor}"));
            Assert.True(part.Status == 200, part.Text);
            found.AddRange(part.Items.Select(row => row.GetProperty("objectName").GetString()!));
            cursor = part.Body!.Value.GetProperty("nextCursor").GetString();
        }

        Assert.Equal(["three", "two", "one"], found);
        var two = Assert.Single((await world.SendAsync(admin, "GET", $"{world.Address}/audit?object=two&actor={world.User("admin").Email}&result=done")).Items);
        var opened = await world.SendAsync(admin, "GET", $"{world.Address}/audit/{two.GetProperty("id")}");
        Assert.Equal((200, "model", "base"), (opened.Status, opened["objectKind"], Spec(opened)));
        Assert.Empty((await world.SendAsync(admin, "GET", $"{world.Address}/audit?actor=nobody")).Items);
        Assert.Empty((await world.SendAsync(admin, "GET", $"{world.Address}/audit?to=2001-01-01")).Items);
        var organization = await world.SendAsync(await world.TokenAsync("owner", ApiWorld.Everything), "GET", $"{world.OrganizationAddress}/audit?object=two");
        Assert.Equal(two.GetProperty("id").GetInt64(), Assert.Single(organization.Items).GetProperty("id").GetInt64());
    }

    [Theory]
    [InlineData("viewer", 403, 403)]
    [InlineData("manager", 403, 403)]
    [InlineData("admin", 200, 403)]
    [InlineData("owner", 200, 200)]
    [InlineData("stranger", 404, 404)]
    public async Task Audit_ByRole_IsWhatTheRoleMay(string who, int project, int organization)
    {
        var world = await ApiWorld.CreateAsync(server);
        var token = await world.TokenAsync(who, ApiWorld.Everything);

        Assert.Equal(project, (await world.SendAsync(token, "GET", $"{world.Address}/audit")).Status);
        Assert.Equal(organization, (await world.SendAsync(token, "GET", $"{world.OrganizationAddress}/audit")).Status);
    }

    [Fact]
    public async Task Audit_ThroughACredential_NeedsThePermission()
    {
        var world = await ApiWorld.CreateAsync(server);
        var (blind, key) = (await world.TokenAsync("owner", "project.view", "organization.view"), await world.KeyAsync("project.view", "audit.view"));

        Assert.Equal(403, (await world.SendAsync(blind, "GET", $"{world.Address}/audit")).Status);
        Assert.Equal(403, (await world.SendAsync(blind, "GET", $"{world.OrganizationAddress}/audit")).Status);
        Assert.Equal(200, (await world.SendAsync(key.Secret, "GET", $"{world.Address}/audit")).Status);
        Assert.Equal(404, (await world.SendAsync(key.Secret, "GET", $"{world.OrganizationAddress}/audit")).Status);
    }

    [Fact]
    public async Task Entry_OfANeighbour_IsNotThere()
    {
        var (world, other) = (await ApiWorld.CreateAsync(server), await ApiWorld.CreateAsync(server));
        var (token, others) = (await world.TokenAsync("owner", ApiWorld.Everything), await other.TokenAsync("owner", ApiWorld.Everything));
        await other.SendAsync(others, "POST", $"{other.Address}/models", new { name = "theirs", spec = new { type = "base" } });
        var id = (await other.SendAsync(others, "GET", $"{other.Address}/audit?object=theirs")).Items.First().GetProperty("id").GetInt64();

        foreach (var entry in new[] { $"{id}", "0", "-1", "nothing", "99999999999999999999" })
        {
            Assert.Equal(404, (await world.SendAsync(token, "GET", $"{world.Address}/audit/{entry}")).Status);
            Assert.Equal(404, (await world.SendAsync(token, "GET", $"{world.OrganizationAddress}/audit/{entry}")).Status);
        }

        Assert.Equal(404, (await world.SendAsync(token, "GET", $"{other.Address}/audit")).Status);
    }

    [Fact]
    public async Task Cursor_OfAnotherListFilterOrCaller_OrTamperedWith_IsRefused()
    {
        var world = await ApiWorld.CreateAsync(server);
        var (admin, owner) = (await world.TokenAsync("admin", ApiWorld.Everything), await world.TokenAsync("owner", ApiWorld.Everything));
        foreach (var name in new[] { "one", "two", "three" })
        {
            await world.SendAsync(admin, "POST", $"{world.Address}/models", new { name, spec = new { type = "base" } });
        }

        var list = $"{world.Address}/audit?action={AuditActions.ResourceCreated}";
        var cursor = (await world.SendAsync(admin, "GET", $"{list}&limit=1"))["nextCursor"]!;
        var middle = cursor.Length / 2;
        var tampered = string.Concat(cursor.AsSpan(0, middle), cursor[middle] == 'A' ? "B" : "A", cursor.AsSpan(middle + 1));

        Assert.False(long.TryParse(cursor, out _));
        Assert.Equal("two", (await world.SendAsync(admin, "GET", $"{list}&limit=1&cursor={cursor}")).Items.Single().GetProperty("objectName").GetString());
        foreach (var (caller, address) in new[]
        {
            (admin, $"{list}&cursor={tampered}"), (admin, $"{list}&cursor={cursor[..^4]}"), (admin, $"{list}&cursor={long.MaxValue}"), (admin, $"{world.Address}/audit?cursor={cursor}"),
            (admin, $"{list}&result=done&cursor={cursor}"), (owner, $"{list}&cursor={cursor}"), (owner, $"{world.OrganizationAddress}/audit?action={AuditActions.ResourceCreated}&cursor={cursor}"),
            (admin, $"{world.Address}/models?cursor={cursor}"),
        })
        {
            var refused = await world.SendAsync(caller, "GET", address);
            Assert.True(refused.Status == 400 && refused.MediaType == "application/problem+json" && refused.Text.Contains("This cursor is not of this list", StringComparison.Ordinal), $"{address}: {refused.Text}");
        }
    }

    [Fact]
    public async Task Verify_TheSealedChain_AnswersHowFarItIsUnbroken()
    {
        var world = await ApiWorld.CreateAsync(server);
        var (owner, address) = (await world.TokenAsync("owner", ApiWorld.Everything), $"{world.OrganizationAddress}/audit:verify");
        await world.SendAsync(owner, "POST", $"{world.Address}/models", new { name = "one", spec = new { type = "base" } });
        await world.SendAsync(owner, "POST", $"{world.Address}/models", new { name = "two", spec = new { type = "base" } });
        await world.Get<AuditSealer>().FlushAsync();
        await using var db = server.OpenDatabase();
        var last = await db.AuditEntries.Where(entry => entry.OrganizationId == world.Scope.OrganizationId).MaxAsync(entry => entry.SealNumber);

        var right = await world.SendAsync(owner, "GET", address);
        Assert.Equal((200, $"{last}", "", 64), (right.Status, right["entries"], right["brokenAt"], right["hash"]!.Length));

        await db.AuditEntries.Where(entry => entry.OrganizationId == world.Scope.OrganizationId && entry.SealNumber == last).ExecuteUpdateAsync(set => set.SetProperty(entry => entry.ObjectName, "x"));
        var broken = await world.SendAsync(owner, "GET", address);
        Assert.Equal((200, $"{last - 1}", $"{last}", "changed", $"Entry {last} was changed after it was sealed."), (broken.Status, broken["entries"], broken["brokenAt"], broken["fault"], broken["detail"]));
        Assert.Equal(403, (await world.SendAsync(await world.TokenAsync("owner", "organization.view"), "GET", address)).Status);
    }

    [Theory]
    [InlineData("cursor=x")]
    [InlineData("cursor=-1")]
    [InlineData("limit=0")]
    [InlineData("limit=1001")]
    [InlineData("limit=ten")]
    [InlineData("from=yesterday")]
    [InlineData("to=2030-13-01")]
    [InlineData("result=perhaps")]
    [InlineData("objectId=x")]
    [InlineData("object-id=x")]
    public async Task Audit_WithAParameterThatMakesNoSense_IsRefused(string query)
    {
        var world = await ApiWorld.CreateAsync(server);
        var token = await world.TokenAsync("owner", ApiWorld.Everything);

        Assert.Equal(400, (await world.SendAsync(token, "GET", $"{world.Address}/audit?{query}")).Status);
        Assert.Equal(400, (await world.SendAsync(token, "GET", $"{world.OrganizationAddress}/audit?{query}")).Status);
    }

    private static string? Spec(ApiAnswer entry) => entry.Body!.Value.GetProperty("after").EnumerateObject().Single(field => field.NameEquals("Spec") || field.NameEquals("spec")).Value.GetProperty("type").GetString();
}
