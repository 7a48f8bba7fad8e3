using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Api;

/// <summary>Collaborators through the API.</summary>
public sealed class CollaboratorCallsTests(ConsoleServer server) : IClassFixture<ConsoleServer>
{
    private static readonly string[] Everything =
        ["project.view", "collaborators.view", "collaborators.add", "collaborators.change", "collaborators.remove", "collaborators.manage-admins"];

    [Fact]
    public async Task Collaborator_AddedChangedRaisedAndRemoved_IsWhatTheApiSays()
    {
        var world = await ApiWorld.CreateAsync(server);
        var (token, email) = (await world.TokenAsync("admin", RightsOfAdmin()), world.User("stranger").Email!);
        await world.JoinAsync("stranger");
        var (all, one) = ($"{world.Address}/collaborators", $"{world.Address}/collaborators/{Uri.EscapeDataString(email)}");

        var tried = await world.SendAsync(token, "POST", $"{all}?dryRun=true", new { address = email, role = "viewer" });
        Assert.Equal((200, "True"), (tried.Status, tried["dryRun"]));
        Assert.Contains("clusters.view", tried.Body!.Value.GetProperty("people")[0].GetProperty("projects")[0].GetProperty("gains").EnumerateArray().Select(gain => gain.GetString()));
        Assert.Equal(404, (await world.SendAsync(token, "GET", one)).Status);

        var added = await world.SendAsync(token, "POST", all, new { address = email, role = "viewer" });
        Assert.Equal((201, one), (added.Status, added.Headers.Location?.OriginalString));
        Assert.NotEqual("", added["entry"]);
        var changed = await world.SendAsync(token, "PATCH", one, new { role = "contributor" });
        Assert.Equal(200, changed.Status);
        var ends = server.Clock.UtcNow.AddDays(2);
        Assert.Equal(200, (await world.SendAsync(token, "PATCH", one, new { role = "viewer", expiresUtc = ends })).Status);
        Assert.Equal(200, (await world.SendAsync(token, "PUT", $"{one}/temporary-role", new { role = "developer", endsUtc = server.Clock.UtcNow.AddHours(1) })).Status);
        var read = await world.SendAsync(token, "GET", one);
        Assert.Equal(("person", "Developer"), (read["kind"], read["role"]));
        Assert.Equal("viewer", read.Body!.Value.GetProperty("grant").GetProperty("role").GetString());
        Assert.Equal("developer", read.Body!.Value.GetProperty("temporaryRole").GetProperty("role").GetString());
        Assert.Equal(200, (await world.SendAsync(token, "DELETE", $"{one}/temporary-role")).Status);
        Assert.Equal(200, (await world.SendAsync(token, "PATCH", one, new { expiresUtc = (DateTime?)null })).Status);
        Assert.Equal(200, (await world.SendAsync(token, "DELETE", one)).Status);
        Assert.Equal(404, (await world.SendAsync(token, "GET", one)).Status);
    }

    [Theory]
    [InlineData("viewer", 200, 403, 403, 403)]
    [InlineData("contributor", 200, 403, 403, 403)]
    [InlineData("developer", 200, 403, 403, 403)]
    [InlineData("manager", 200, 201, 200, 200)]
    [InlineData("admin", 200, 201, 200, 200)]
    [InlineData("owner", 200, 201, 200, 200)]
    [InlineData("stranger", 404, 404, 404, 404)]
    public async Task Collaborators_ByRole_AreWhatTheRoleMay(string who, int list, int add, int change, int remove)
    {
        var world = await ApiWorld.CreateAsync(server);
        var token = await world.TokenAsync(who, RightsOfAdmin());
        var newcomer = await server.AddAccountAsync($"newcomer@{world.Organization}.test");
        await world.JoinAsync(newcomer);
        var (all, viewer) = ($"{world.Address}/collaborators", $"{world.Address}/collaborators/{world.User("contributor").Email}");

        Assert.Equal(list, (await world.SendAsync(token, "GET", all)).Status);
        Assert.Equal(add, (await world.SendAsync(token, "POST", all, new { address = newcomer.Email, role = "viewer" })).Status);
        Assert.Equal(change, (await world.SendAsync(token, "PATCH", viewer, new { role = "viewer" })).Status);
        Assert.Equal(remove, (await world.SendAsync(token, "DELETE", viewer)).Status);
        await using var db = server.OpenDatabase();
        Assert.Equal(add == 201, await db.Grants.AnyAsync(row => row.ProjectId == world.Scope.ProjectId && row.PrincipalId == newcomer.Id));
        Assert.Equal(remove != 200, await db.Grants.AnyAsync(row => row.ProjectId == world.Scope.ProjectId && row.PrincipalId == world.User("contributor").Id));
    }

    [Fact]
    public async Task Collaborators_OfANeighbour_AreNotThere()
    {
        var (world, other) = (await ApiWorld.CreateAsync(server), await ApiWorld.CreateAsync(server));
        var (token, key) = (await world.TokenAsync("admin", RightsOfAdmin()), await world.KeyAsync("project.view", "collaborators.view"));

        foreach (var credential in new[] { token, key.Secret })
        {
            var there = await world.SendAsync(credential, "GET", $"{other.Address}/collaborators");
            var nowhere = await world.SendAsync(credential, "GET", $"{world.OrganizationAddress}/projects/nothing/collaborators");
            Assert.Equal((404, there.Text), (nowhere.Status, nowhere.Text));
            Assert.Equal(404, (await world.SendAsync(credential, "GET", $"{world.Address}/collaborators/{other.User("viewer").Email}")).Status);
        }
    }

    [Fact]
    public async Task Collaborator_RemovedUnderAnOldTag_Stays()
    {
        var world = await ApiWorld.CreateAsync(server);
        var token = await world.TokenAsync("admin", RightsOfAdmin());
        var one = $"{world.Address}/collaborators/{world.User("viewer").Email}";
        var seen = (await world.SendAsync(token, "GET", one)).Headers.ETag!.ToString();
        Assert.Equal(200, (await world.SendAsync(token, "PATCH", one, new { role = "contributor" })).Status);

        Assert.Equal((412, "stale"), ((await world.SendAsync(token, "DELETE", one, null, ("If-Match", seen))) is { } late ? (late.Status, late.Problem) : default));
        Assert.Equal(200, (await world.SendAsync(token, "GET", one)).Status);
    }

    [Fact]
    public async Task Collaborator_ChangedByNothing_IsRefused()
    {
        var world = await ApiWorld.CreateAsync(server);
        var token = await world.TokenAsync("admin", RightsOfAdmin());

        Assert.Equal(400, (await world.SendAsync(token, "PATCH", $"{world.Address}/collaborators/{world.User("viewer").Email}", new { })).Status);
    }

    // Whoever gives a role holds what it gives, and a token gives what it holds.
    private static string[] RightsOfAdmin() => [.. Everything, .. ProjectRole.Developer.Permissions.Select(permission => permission.Name)];
}
