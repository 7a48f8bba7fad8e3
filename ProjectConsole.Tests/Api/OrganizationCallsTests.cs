using Microsoft.EntityFrameworkCore;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Api;

/// <summary>What an organization keeps, changed through the API and read again.</summary>
public sealed class OrganizationCallsTests(ConsoleServer server) : IClassFixture<ConsoleServer>
{
    private static readonly string[] Operate = ["clusters.operate"];
    private static readonly string[] View = ["clusters.view"];

    [Fact]
    public async Task Members_AddedChangedAndRemoved_AreWhatTheApiSays()
    {
        var (world, token) = await WorldAsync();
        var (all, one) = ($"{world.OrganizationAddress}/members", $"{world.OrganizationAddress}/members/{world.User("stranger").Email}");

        var added = await world.SendAsync(token, "POST", all, new { addresses = new[] { world.User("stranger").Email, "nobody@nowhere.test" } });
        Assert.True(added.Status == 200, added.Text);
        Assert.Equal([true, false], added.Body!.Value.GetProperty("lines").EnumerateArray().Select(line => line.GetProperty("isAdded").GetBoolean()));
        Assert.Equal("member", (await world.SendAsync(token, "GET", one))["role"]);
        Assert.Equal(200, (await world.SendAsync(token, "PATCH", one, new { role = "auditor" })).Status);
        Assert.Equal(200, (await world.SendAsync(token, "PATCH", one, new { mayCreateProjects = true })).Status);
        Assert.Equal(400, (await world.SendAsync(token, "PATCH", one, new { role = "member", mayCreateProjects = true })).Status);
        var auditors = await world.SendAsync(token, "GET", $"{all}?role=auditor");
        Assert.Equal((world.User("stranger").Email, true), (Assert.Single(auditors.Items).GetProperty("email").GetString(), auditors.Items.First().GetProperty("mayCreateProjects").GetBoolean()));
        Assert.Equal(200, (await world.SendAsync(token, "DELETE", one)).Status);
        Assert.Equal(404, (await world.SendAsync(token, "GET", one)).Status);
        Assert.Equal(400, (await world.SendAsync(token, "GET", $"{all}?role=boss")).Status);
    }

    [Fact]
    public async Task Team_MadeFilledAndDeleted_IsWhatTheApiSays()
    {
        var (world, token) = await WorldAsync();
        var (all, one) = ($"{world.OrganizationAddress}/teams", $"{world.OrganizationAddress}/teams/annotators");

        var made = await world.SendAsync(token, "POST", all, new { id = "annotators", name = "Annotators" });
        Assert.Equal((201, one), (made.Status, made.Headers.Location?.OriginalString));
        Assert.Equal("id", (await world.SendAsync(token, "POST", all, new { id = "annotators", name = "Others" })).Body!.Value.GetProperty("errors").EnumerateObject().Single().Name);
        Assert.Equal(200, (await world.SendAsync(token, "POST", $"{one}/members", new { addresses = new[] { world.User("viewer").Email } })).Status);
        Assert.Equal(world.User("viewer").Email, Assert.Single((await world.SendAsync(token, "GET", $"{one}/members")).Items).GetProperty("email").GetString());
        var granted = await world.SendAsync(token, "POST", $"{world.Address}/collaborators", new { address = "annotators", role = "contributor" });
        Assert.True(granted.Status == 201, granted.Text);
        Assert.Equal("vision", (await world.SendAsync(token, "GET", one)).Body!.Value.GetProperty("places")[0].GetProperty("id").GetString());
        var seen = (await world.SendAsync(token, "GET", one)).Headers.ETag!.ToString();
        Assert.Equal(204, (await world.SendAsync(token, "PATCH", one, new { description = "They annotate." }, ("If-Match", seen))).Status);
        Assert.Equal(412, (await world.SendAsync(token, "PATCH", one, new { name = "Late" }, ("If-Match", seen))).Status);
        Assert.Equal(200, (await world.SendAsync(token, "DELETE", $"{one}/members/{world.User("viewer").Email}")).Status);
        Assert.Equal(404, (await world.SendAsync(token, "DELETE", $"{one}/members/{world.User("viewer").Email}")).Status);
        Assert.Equal(200, (await world.SendAsync(token, "DELETE", one)).Status);
        Assert.Equal(404, (await world.SendAsync(token, "GET", one)).Status);
    }

    [Fact]
    public async Task Role_OfTheProject_IsMadeGivenChangedAndDeleted()
    {
        var (world, token) = await WorldAsync();
        var viewer = $"{world.Address}/collaborators/{world.User("viewer").Email}";

        var made = await world.SendAsync(token, "POST", $"{world.Address}/roles", new { name = "Operator", basedOn = "viewer", permissions = Operate });
        Assert.True(made.Status == 201, made.Text);
        var (key, one) = (made["key"]!, made.Headers.Location!.OriginalString);
        Assert.Equal(200, (await world.SendAsync(token, "PATCH", viewer, new { role = key })).Status);
        var tried = await world.SendAsync(token, "PATCH", $"{one}?dryRun=true", new { permissions = View });
        Assert.Contains("clusters.operate", tried.Body!.Value.GetProperty("people")[0].GetProperty("projects")[0].GetProperty("loses").EnumerateArray().Select(loss => loss.GetString()));
        Assert.Equal(409, (await world.SendAsync(token, "DELETE", one)).Status);
        Assert.Equal(200, (await world.SendAsync(token, "PATCH", one, new { name = "Watcher", permissions = View })).Status);
        Assert.Equal("Watcher", (await world.SendAsync(token, "GET", one))["name"]);
        Assert.Equal(200, (await world.SendAsync(token, "PATCH", viewer, new { role = "viewer" })).Status);
        Assert.Equal(204, (await world.SendAsync(token, "DELETE", one)).Status);
        Assert.Equal(404, (await world.SendAsync(token, "GET", one)).Status);
        Assert.Equal(404, (await world.SendAsync(token, "DELETE", $"{world.Address}/roles/nothing")).Status);
    }

    [Fact]
    public async Task Restriction_MadeAndAttached_TakesWhatItSays()
    {
        var (world, token) = await WorldAsync();
        var one = $"{world.Address}/collaborators/{world.User("developer").Email}";

        var made = await world.SendAsync(token, "POST", $"{world.Address}/restrictions", new { name = "No clusters", rules = new[] { new { effect = "deny", pattern = "clusters.operate" } } });
        Assert.True(made.Status == 201, made.Text);
        Assert.Equal(200, (await world.SendAsync(token, "PATCH", one, new { restriction = made["id"] })).Status);
        var why = await world.SendAsync(token, "POST", $"{world.Address}/access:explain", new { permission = "clusters.operate", collaborator = world.User("developer").Email });
        Assert.Equal((200, "False", "Restriction"), (why.Status, why["allowed"], why.Body!.Value.GetProperty("taken")[0].GetProperty("by").GetString() is { } by ? char.ToUpperInvariant(by[0]) + by[1..] : ""));
        var can = await world.SendAsync(token, "GET", $"{world.Address}/who-can?permission=clusters.operate");
        Assert.DoesNotContain(can.Items, row => row.GetProperty("email").GetString() == world.User("developer").Email);
        Assert.Equal(409, (await world.SendAsync(token, "DELETE", made.Headers.Location!.OriginalString)).Status);
        Assert.Equal(200, (await world.SendAsync(token, "DELETE", $"{made.Headers.Location!.OriginalString}?takeOff=true")).Status);
    }

    [Fact]
    public async Task Workspace_WithAGrant_ReachesTheProjectsInIt()
    {
        var (world, token) = await WorldAsync();
        await world.JoinAsync("stranger");
        var lab = $"{world.OrganizationAddress}/workspaces/lab";

        Assert.Equal(201, (await world.SendAsync(token, "POST", $"{world.OrganizationAddress}/workspaces", new { id = "lab", name = "Lab" })).Status);
        Assert.Equal(200, (await world.SendAsync(token, "POST", $"{lab}/grants", new { holder = world.User("stranger").Email, role = "viewer" })).Status);
        Assert.Equal(200, (await world.SendAsync(token, "PUT", $"{world.Address}/workspace", new { workspace = "lab" })).Status);
        Assert.Equal("1", (await world.SendAsync(token, "GET", lab))["projects"]);
        var grant = Assert.Single((await world.SendAsync(token, "GET", $"{lab}/grants")).Items).GetProperty("id").GetString();
        Assert.Equal("viewer", (await world.SendAsync(token, "GET", $"{world.Address}/collaborators/{world.User("stranger").Email}"))["role"]!.ToLowerInvariant());
        Assert.Equal(200, (await world.SendAsync(token, "PATCH", $"{lab}/grants/{grant}", new { role = "contributor" })).Status);
        Assert.Equal(200, (await world.SendAsync(token, "DELETE", $"{lab}/grants/{grant}")).Status);
        Assert.Equal(404, (await world.SendAsync(token, "PATCH", $"{lab}/grants/{grant}", new { role = "viewer" })).Status);
    }

    [Fact]
    public async Task Settings_OfTheOrganization_ChangeWhatIsSent()
    {
        var (world, token) = await WorldAsync();

        Assert.Equal(200, (await world.SendAsync(token, "PATCH", world.OrganizationAddress, new { projectsPerPerson = 7, joining = "invitation" })).Status);
        var read = (await world.SendAsync(token, "GET", world.OrganizationAddress)).Body!.Value.GetProperty("settings");
        Assert.Equal((7, "invitation", world.Organization), (read.GetProperty("projectsPerPerson").GetInt32(), read.GetProperty("joining").GetString(), read.GetProperty("name").GetString()));
        Assert.Equal(200, (await world.SendAsync(token, "PATCH", world.OrganizationAddress, new { projectsPerPerson = (int?)null })).Status);
        Assert.Equal(400, (await world.SendAsync(token, "PATCH", world.OrganizationAddress, new { projectsPerPerson = 0 })).Status);
        Assert.Equal(204, (await world.SendAsync(token, "DELETE", world.OrganizationAddress)).Status);
        Assert.Equal(404, (await world.SendAsync(token, "GET", world.OrganizationAddress)).Status);
        Assert.Equal(204, (await world.SendAsync(token, "POST", $"{world.OrganizationAddress}/restore")).Status);
        Assert.Equal(200, (await world.SendAsync(token, "GET", world.OrganizationAddress)).Status);
    }

    [Fact]
    public async Task Removal_ThatNamesAKey_RevokesItToo()
    {
        var (world, token) = await WorldAsync();
        var kept = await world.KeyAsync("project.view");
        var revoked = await world.KeyAsync("project.view");
        var one = $"{world.Address}/collaborators/{world.User("admin").Email}";

        var tried = await world.SendAsync(token, "DELETE", $"{one}?dryRun=true");
        Assert.Contains(revoked.Id.ToString(), tried.Body!.Value.GetProperty("keys").EnumerateArray().Select(key => key.GetProperty("id").GetString()));
        Assert.Equal(400, (await world.SendAsync(token, "DELETE", $"{one}?revokeKey=x")).Status);
        Assert.Equal(400, (await world.SendAsync(token, "GET", $"{one}?revokeKey={revoked.Id}")).Status);
        var removed = await world.SendAsync(token, "DELETE", $"{one}?revokeKey={revoked.Id}");

        Assert.True(removed.Status == 200, removed.Text);
        Assert.Equal(401, (await world.SendAsync(revoked.Secret, "GET", world.Address)).Status);
        Assert.Equal(200, (await world.SendAsync(kept.Secret, "GET", world.Address)).Status);
    }

    [Fact]
    public async Task Call_ThatSaysTooLittleOrTooMuch_IsRefusedAndNotGuessedAt()
    {
        var (world, token) = await WorldAsync();

        var rule = await world.SendAsync(token, "POST", $"{world.Address}/restrictions", new { name = "Open", rules = new[] { new { pattern = "*.delete" } } });
        Assert.Equal((400, "rules[0].effect"), (rule.Status, Assert.Single(rule.Body!.Value.GetProperty("errors").EnumerateObject()).Name));
        Assert.Equal(400, (await world.SendAsync(token, "POST", $"{world.OrganizationAddress}/assertions", new { permission = "clusters.view" })).Status);
        Assert.Equal(400, (await world.SendAsync(token, "POST", $"{world.Address}/suspend?revokeKey={Guid.NewGuid()}")).Status);
        Assert.Equal(400, (await world.SendAsync(token, "POST", $"{world.Address}/suspend", null, ("If-Match", "\"x\""))).Status);
        Assert.Equal(400, (await world.SendAsync(token, "POST", $"{world.OrganizationAddress}/teams", new { id = "x", name = "x\0y" })).Status);
        Assert.Equal("active", (await world.SendAsync(token, "GET", world.Address))["state"]);
    }

    private async Task<(ApiWorld World, string Token)> WorldAsync()
    {
        var world = await ApiWorld.CreateAsync(server);
        return (world, await world.TokenAsync("owner", ApiWorld.Everything));
    }
}
