using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Api;

/// <summary>Projects through the API.</summary>
public sealed class ProjectCallsTests(ConsoleServer server) : IClassFixture<ConsoleServer>
{
    [Fact]
    public async Task Create_ByWhoMay_MakesTheProjectAndSaysWhereItIs()
    {
        var world = await ApiWorld.CreateAsync(server);
        // Through a token one gives what the token has.
        var token = await world.TokenAsync("owner", ["projects.create", "organization.view", .. ProjectRole.Developer.Permissions.Select(permission => permission.Name)]);

        var made = await world.SendAsync(token, "POST", $"{world.OrganizationAddress}/projects", new
        {
            id = "fraud-models",
            name = "Fraud models",
            description = "Finds fraud.",
            collaborators = new object[] { new { address = world.User("developer").Email, role = "viewer" }, new { address = world.User("viewer").Email } },
            configuration = new[] { new { name = "REGION", value = "eu" } },
        });

        Assert.True(made.Status == 201, made.Text);
        Assert.Equal((201, $"{world.OrganizationAddress}/projects/fraud-models"), (made.Status, made.Headers.Location?.ToString()));
        var read = await world.SendAsync(token, "GET", made.Headers.Location!.ToString());
        Assert.Equal((200, "fraud-models", "Fraud models", "active", made["uid"]), (read.Status, read["id"], read["name"], read["state"], read["uid"]));
        Assert.Contains("clusters.operate", read["permissions"], StringComparison.Ordinal);
        Assert.DoesNotContain("project.delete", read["permissions"], StringComparison.Ordinal);
        var people = await world.SendAsync(token, "GET", $"{made.Headers.Location}/collaborators?sort=address");
        Assert.Equal(
            [(world.User("developer").Email!, "viewer"), (world.User("owner").Email!, "admin"), (world.User("viewer").Email!, "developer")],
            people.Items.Select(row => (row.GetProperty("address").GetString()!, row.GetProperty("grant").GetProperty("role").GetString()!)));
    }

    [Theory]
    [InlineData("owner", "project.view", 403, "forbidden")]
    [InlineData("developer", "projects.create", 409, "refused")]
    [InlineData("stranger", "projects.create", 404, "not-found")]
    public async Task Create_ByWhoMayNot_WritesNothing(string who, string permission, int status, string problem)
    {
        var world = await ApiWorld.CreateAsync(server);
        var token = await world.TokenAsync(who, permission, "organization.view");
        if (who == "developer")
        {
            await using var db = server.OpenDatabase();
            await db.Organizations.Where(row => row.Slug == world.Organization).ExecuteUpdateAsync(set => set.SetProperty(row => row.ProjectAllowance, 1));
        }

        var answer = await world.SendAsync(token, "POST", $"{world.OrganizationAddress}/projects", new { id = "more", name = "More" });

        Assert.Equal((status, problem), (answer.Status, answer.Problem));
        await using var after = server.OpenDatabase();
        Assert.False(await after.Projects.AnyAsync(row => row.OrganizationId == world.Scope.OrganizationId && row.Slug == "more"));
    }

    [Fact]
    public async Task Create_WithWrongFields_NamesEveryOneByItsNameInTheBody()
    {
        var world = await ApiWorld.CreateAsync(server);
        var token = await world.TokenAsync("owner", "projects.create", "organization.view");

        var answer = await world.SendAsync(token, "POST", $"{world.OrganizationAddress}/projects", new { id = "no spaces", name = "", workspace = "default" });

        Assert.Equal((400, "invalid"), (answer.Status, answer.Problem));
        Assert.Equal(["id", "name"], answer.Body!.Value.GetProperty("errors").EnumerateObject().Select(field => field.Name).Order());
        var workspace = await world.SendAsync(token, "POST", $"{world.OrganizationAddress}/projects", new { id = "x", name = "X", workspace = "nowhere" });
        Assert.Equal("workspace", Assert.Single(workspace.Body!.Value.GetProperty("errors").EnumerateObject()).Name);
        var role = await world.SendAsync(token, "POST", $"{world.OrganizationAddress}/projects", new { id = "x", name = "X", collaborators = new[] { new { address = "a@b.test", role = "boss" } } });
        Assert.Equal(400, role.Status);
    }

    [Theory]
    [InlineData("ownerId", "\"x\"")]
    [InlineData("organizationId", "\"x\"")]
    [InlineData("state", "\"active\"")]
    [InlineData("createdUtc", "\"2020-01-01T00:00:00Z\"")]
    [InlineData("isDefault", "true")]
    [InlineData("permissions", "[]")]
    [InlineData("uid", "\"x\"")]
    public async Task Change_OfAFieldThatIsNoSetting_IsRefused(string field, string value)
    {
        var world = await ApiWorld.CreateAsync(server);
        var token = await world.TokenAsync("admin", "project.view", "project.update");

        var answer = await world.SendAsync(token, "PATCH", world.Address, new StringContent($$"""{"name":"New","{{field}}":{{value}}}""", null, "application/json"));

        Assert.Equal((400, "malformed"), (answer.Status, answer.Problem));
        await using var db = server.OpenDatabase();
        Assert.NotEqual("New", (await db.Projects.SingleAsync(row => row.Id == world.Scope.ProjectId)).Name);
    }

    [Fact]
    public async Task Change_OfWhatIsSent_LeavesTheRestAndAsksForTheTag()
    {
        var world = await ApiWorld.CreateAsync(server);
        var token = await world.TokenAsync("admin", "project.view", "project.update");
        var first = await world.SendAsync(token, "PATCH", world.Address, new StringContent("""{"description":"One.","labels":["b","a"],"structure":"team"}""", null, "application/json"));
        var seen = (await world.SendAsync(token, "GET", world.Address)).Headers.ETag!.ToString();

        var second = await world.SendAsync(token, "PATCH", world.Address, new { name = "Renamed", structure = (string?)null }, ("If-Match", seen));
        var late = await world.SendAsync(token, "PATCH", world.Address, new { name = "Late" }, ("If-Match", seen));
        var garbled = await world.SendAsync(token, "PATCH", world.Address, new { name = "Late" }, ("If-Match", "\"nothing\""));

        Assert.Equal((200, 200, 412, 412), (first.Status, second.Status, late.Status, garbled.Status));
        Assert.Equal("stale", late.Problem);
        var read = await world.SendAsync(token, "GET", world.Address);
        Assert.Equal(("Renamed", "One.", ""), (read["name"], read["description"], read["structure"]));
        Assert.Equal(2, read.Body!.Value.GetProperty("labels").GetArrayLength());
        Assert.Equal(second.Headers.ETag, read.Headers.ETag);
        Assert.NotEqual(seen, read.Headers.ETag!.ToString());
    }

    [Fact]
    public async Task Change_Tried_ShowsItAndWritesNothing()
    {
        var world = await ApiWorld.CreateAsync(server);
        var token = await world.TokenAsync("admin", "project.view", "project.update");
        var before = await world.SendAsync(token, "GET", world.Address);

        var tried = await world.SendAsync(token, "PATCH", $"{world.Address}?dryRun=true", new { name = "Tried" });

        Assert.Equal((200, "Tried"), (tried.Status, tried["name"]));
        Assert.Equal(before.Text, (await world.SendAsync(token, "GET", world.Address)).Text);
        Assert.DoesNotContain(await server.AuditAsync(AuditActions.ProjectChanged), entry => entry.ProjectId == world.Scope.ProjectId);
    }

    [Fact]
    public async Task Life_SuspendActivateDeleteRestore_GoesRound()
    {
        var world = await ApiWorld.CreateAsync(server);
        var token = await world.TokenAsync("owner", "project.view", "project.suspend", "project.delete", "organization.view");
        var (viewer, blind) = (await world.TokenAsync("viewer", "project.view", "project.suspend", "project.delete"), await world.TokenAsync("owner", "project.view"));

        var tried = await world.SendAsync(token, "POST", $"{world.Address}/suspend?dryRun=true");
        Assert.Equal((200, "True"), (tried.Status, tried["dryRun"]));
        Assert.NotEmpty(tried.Body!.Value.GetProperty("people").EnumerateArray());
        foreach (var (act, method) in new[] { ("/suspend", "POST"), ("/activate", "POST"), ("", "DELETE") })
        {
            Assert.Equal(403, (await world.SendAsync(viewer, method, world.Address + act)).Status);
            Assert.Equal(403, (await world.SendAsync(blind, method, world.Address + act)).Status);
        }

        Assert.Equal(200, (await world.SendAsync(token, "POST", $"{world.Address}/suspend")).Status);
        Assert.Equal("suspended", (await world.SendAsync(token, "GET", world.Address))["state"]);
        Assert.Equal(409, (await world.SendAsync(token, "POST", $"{world.Address}/suspend")).Status);
        Assert.Equal(200, (await world.SendAsync(token, "POST", $"{world.Address}/activate")).Status);
        Assert.Equal(204, (await world.SendAsync(token, "DELETE", world.Address)).Status);
        Assert.Equal(404, (await world.SendAsync(token, "GET", world.Address)).Status);
        Assert.Equal(404, (await world.SendAsync(viewer, "POST", $"{world.Address}/restore")).Status);
        var deleted = await world.SendAsync(token, "GET", $"{world.OrganizationAddress}/projects?state=deleted");
        Assert.Equal("vision", Assert.Single(deleted.Items).GetProperty("id").GetString());
        Assert.Equal(200, (await world.SendAsync(token, "POST", $"{world.Address}/restore")).Status);
        Assert.Equal(200, (await world.SendAsync(viewer, "GET", world.Address)).Status);
    }

    [Fact]
    public async Task List_OfAKey_HoldsNoOrganization()
    {
        var world = await ApiWorld.CreateAsync(server);
        var key = await world.KeyAsync("project.view");

        Assert.Equal(200, (await world.SendAsync(key.Secret, "GET", world.Address)).Status);
        Assert.Equal(404, (await world.SendAsync(key.Secret, "GET", $"{world.OrganizationAddress}/projects")).Status);
    }

    [Fact]
    public async Task List_ByCursor_GoesThroughEveryProjectOnce()
    {
        var world = await ApiWorld.CreateAsync(server);
        var token = await world.TokenAsync("owner", "projects.create", "organization.view", "project.view");
        for (var number = 0; number < 4; number++)
        {
            Assert.Equal(201, (await world.SendAsync(token, "POST", $"{world.OrganizationAddress}/projects", new { id = $"p{number}", name = $"P {number}" })).Status);
        }

        var (found, address) = (new List<string>(), $"{world.OrganizationAddress}/projects?sort=id&limit=2");
        for (var cursor = (string?)""; cursor is not null;)
        {
            var part = await world.SendAsync(token, "GET", address + (cursor == "" ? "" : $"&cursor={cursor}"));
            Assert.Equal(200, part.Status);
            found.AddRange(part.Items.Select(row => row.GetProperty("id").GetString()!));
            cursor = part.Body!.Value.GetProperty("nextCursor").GetString();
        }

        Assert.Equal(["p0", "p1", "p2", "p3", "vision"], found);
    }

    [Fact]
    public async Task List_WithACursorOfSomethingElse_IsRefused()
    {
        var (world, other) = (await ApiWorld.CreateAsync(server), await ApiWorld.CreateAsync(server));
        var (token, others) = (await world.TokenAsync("owner", "organization.view", "project.view", "collaborators.view"), await other.TokenAsync("owner", "project.view", "collaborators.view"));
        var cursor = (await world.SendAsync(token, "GET", $"{world.Address}/collaborators?limit=1")).Body!.Value.GetProperty("nextCursor").GetString()!;
        string[] wrong =
        [
            $"{world.Address}/collaborators?limit=1&search=a&cursor={cursor}", $"{world.Address}/collaborators?cursor={cursor[..^2]}", $"{world.Address}/collaborators?cursor=x",
            $"{world.OrganizationAddress}/projects?cursor={cursor}",
        ];

        foreach (var address in wrong)
        {
            Assert.Equal((400, "invalid"), await ProblemOfAsync(world, token, address));
        }

        Assert.Equal((400, "invalid"), await ProblemOfAsync(other, others, $"{other.Address}/collaborators?cursor={cursor}"));
        Assert.Equal(200, (await world.SendAsync(token, "GET", $"{world.Address}/collaborators?limit=7&cursor={cursor}")).Status);
        // A cursor opens nothing: whoever lost the right goes on with nothing.
        await using (var db = server.OpenDatabase())
        {
            await db.Members.Where(row => row.OrganizationId == world.Scope.OrganizationId && row.UserId == world.User("owner").Id).ExecuteDeleteAsync();
            await db.Grants.Where(row => row.PrincipalId == world.User("owner").Id).ExecuteDeleteAsync();
        }

        Assert.Equal(404, (await world.SendAsync(token, "GET", $"{world.Address}/collaborators?limit=1&cursor={cursor}")).Status);
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=1001")]
    [InlineData("limit=ten")]
    [InlineData("limit=-1")]
    [InlineData("stat=active")]
    [InlineData("state=gone")]
    [InlineData("state=0")]
    [InlineData("mine=perhaps")]
    [InlineData("role=boss")]
    [InlineData("sort=colour")]
    [InlineData("dryRun=true")]
    public async Task List_WithAParameterThatMakesNoSense_IsRefused(string query)
    {
        var world = await ApiWorld.CreateAsync(server);
        var token = await world.TokenAsync("owner", "organization.view", "project.view");

        var answer = await world.SendAsync(token, "GET", $"{world.OrganizationAddress}/projects?{query}");

        Assert.Equal((400, "application/problem+json"), (answer.Status, answer.MediaType));
    }

    [Fact]
    public async Task Call_WithAnotherMethod_IsToldWhichThereAre()
    {
        var world = await ApiWorld.CreateAsync(server);

        var answer = await world.SendAsync(null, "PUT", world.Address);

        Assert.Equal((405, "method-not-allowed"), (answer.Status, answer.Problem));
        Assert.Equal(404, (await world.SendAsync(null, "PUT", $"{world.Address}/nothing/here")).Status);
    }

    private static async Task<(int Status, string? Problem)> ProblemOfAsync(ApiWorld world, string token, string address)
    {
        var answer = await world.SendAsync(token, "GET", address);
        return (answer.Status, answer.Problem);
    }
}
