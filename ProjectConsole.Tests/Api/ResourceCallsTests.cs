using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Api;

/// <summary>Resources of every kind through the API.</summary>
public sealed class ResourceCallsTests(ConsoleServer server) : IClassFixture<ConsoleServer>
{
    private static readonly string[] Night = ["night"];
    private static readonly object Volume = new { type = "shared", size = 10 };

    [Fact]
    public async Task Resource_CreatedReadChangedOperatedAndDeleted_IsWhatTheApiSays()
    {
        var (world, token) = await WorldAsync();
        var all = $"{world.Address}/clusters";
        var spec = new Dictionary<string, object> { ["gpu-type"] = "a100", ["nodes"] = 2, ["gpus"] = 4, ["cpu-cores"] = 8, ["memory"] = 64, ["volume"] = "data" };
        await MakeAsync(world, token, "volumes", "data", Volume);

        var made = await world.SendAsync(token, "POST", all, new { name = "train", description = "Trains.", labels = Night, spec });
        Assert.Equal((201, $"{all}/train"), (made.Status, made.Headers.Location?.OriginalString));
        var read = await world.SendAsync(token, "GET", $"{all}/train");
        Assert.Equal((200, "cluster", "train", "running", "Trains."), (read.Status, read["kind"], read["name"], read["state"], read["description"]));
        Assert.Equal("data", Assert.Single(read.Body!.Value.GetProperty("dependsOn").EnumerateArray()).GetProperty("name").GetString());
        Assert.Contains("stop", read["actions"], StringComparison.Ordinal);
        Assert.Equal("1", (await world.SendAsync(token, "GET", $"{world.Address}/volumes/data"))["usedByCount"]);

        var seen = read.Headers.ETag!.ToString();
        var changed = await world.SendAsync(token, "PATCH", $"{all}/train", new { spec = new Dictionary<string, object?> { ["nodes"] = 3, ["volume"] = null } }, ("If-Match", seen));
        Assert.Equal((200, "3", "a100"), (changed.Status, Spec(changed, "nodes"), Spec(changed, "gpu-type")));
        Assert.False(changed.Body!.Value.GetProperty("spec").TryGetProperty("volume", out _));
        Assert.Equal("Trains.", changed["description"]);
        foreach (var (method, address, body) in new (string, string, object?)[] { ("PATCH", "", new { description = "Late" }), ("DELETE", "", null), ("POST", "/actions/stop", null) })
        {
            Assert.Equal((412, "stale"), await ProblemOfAsync(world, token, method, $"{all}/train{address}", body, ("If-Match", seen)));
        }

        Assert.Equal((409, "refused"), await ProblemOfAsync(world, token, "DELETE", $"{all}/train"));
        Assert.Equal("stopped", (await world.SendAsync(token, "POST", $"{all}/train/actions/stop"))["state"]);
        Assert.Equal(409, (await world.SendAsync(token, "POST", $"{all}/train/actions/stop")).Status);
        Assert.Equal(404, (await world.SendAsync(token, "POST", $"{all}/train/actions/explode")).Status);
        Assert.Equal(204, (await world.SendAsync(token, "DELETE", $"{all}/train")).Status);
        Assert.Equal(404, (await world.SendAsync(token, "GET", $"{all}/train")).Status);
        Assert.Equal([AuditActions.ResourceCreated, AuditActions.ResourceChanged, AuditActions.ResourceOperated, AuditActions.ResourceDeleted], await ActsAsync(world, "train"));
    }

    [Fact]
    public async Task ExitCode_IsSentWithAChangeAndNotWithAJobThatIsNew()
    {
        var (world, token) = await WorldAsync();
        var jobs = $"{world.Address}/jobs";
        var spec = new Dictionary<string, object?> { ["command"] = "go", ["cpu-cores"] = 1, ["memory"] = 2 };

        var refused = await world.SendAsync(token, "POST", jobs, new { name = "resize", spec = new Dictionary<string, object?>(spec) { ["exit-code"] = 0 } });
        Assert.Equal(400, refused.Status);
        Assert.Contains("Exit code is reported by what runs: a new job has none.", refused.Text, StringComparison.Ordinal);
        Assert.Equal(404, (await world.SendAsync(token, "GET", $"{jobs}/resize")).Status);
        await MakeAsync(world, token, "jobs", "resize", spec);
        foreach (var (who, status) in new[] { ("viewer", 403), ("contributor", 403), ("stranger", 404), ("developer", 200) })
        {
            var sent = await world.SendAsync(await world.TokenAsync(who, ApiWorld.Everything), "PATCH", $"{jobs}/resize", new { spec = new Dictionary<string, object?> { ["exit-code"] = 28 } });
            Assert.Equal((who, status), (who, sent.Status));
            Assert.Equal(status == 200, (await world.SendAsync(token, "GET", $"{jobs}/resize")).Text.Contains("exit-code", StringComparison.Ordinal));
        }

        Assert.Equal("28", Spec(await world.SendAsync(token, "PATCH", $"{jobs}/resize", new { description = "It ended." }), "exit-code"));
    }

    [Theory]
    [InlineData("viewer", 200, 403, 403, 403, 403)]
    [InlineData("contributor", 200, 201, 403, 403, 403)]
    [InlineData("developer", 200, 201, 200, 200, 403)]
    [InlineData("manager", 200, 201, 200, 200, 204)]
    [InlineData("admin", 200, 201, 200, 200, 204)]
    [InlineData("owner", 200, 201, 200, 200, 204)]
    [InlineData("stranger", 404, 404, 404, 404, 404)]
    public async Task Resources_ByRole_AreWhatTheRoleMay(string who, int read, int create, int change, int operate, int delete)
    {
        var (world, admin) = await WorldAsync();
        var (token, all) = (await world.TokenAsync(who, ApiWorld.Everything), $"{world.Address}/models");
        await MakeAsync(world, admin, "models", "base", new { type = "base" });

        Assert.Equal(read, (await world.SendAsync(token, "GET", all)).Status);
        Assert.Equal(read, (await world.SendAsync(token, "GET", $"{all}/base")).Status);
        Assert.Equal(create, (await world.SendAsync(token, "POST", all, new { name = "mine", spec = new { type = "base" } })).Status);
        Assert.Equal(change, (await world.SendAsync(token, "PATCH", $"{all}/base", new { description = "Changed" })).Status);
        Assert.Equal(operate, (await world.SendAsync(token, "POST", $"{all}/base/actions/promote")).Status);
        Assert.Equal(delete, (await world.SendAsync(token, "DELETE", $"{all}/base")).Status);
        await using var db = server.OpenDatabase();
        var left = await db.Resources.Where(row => row.OwnerId == world.Scope.ProjectId).Select(row => new { row.Name, row.Description, row.State }).ToListAsync();
        Assert.Equal(create == 201, left.Exists(row => row.Name == "mine"));
        Assert.Equal(delete == 204, !left.Exists(row => row.Name == "base"));
        Assert.All(left.Where(row => row.Name == "base"), row => Assert.Equal((change == 200, operate == 200), (row.Description == "Changed", row.State == "production")));
    }

    [Fact]
    public async Task Resources_ThroughACredential_AreWhatItHolds()
    {
        var (world, admin) = await WorldAsync();
        var (token, key) = (await world.TokenAsync("admin", "project.view", "models.create"), await world.KeyAsync("project.view", "models.create"));
        await MakeAsync(world, admin, "clusters", "train", new Dictionary<string, object> { ["gpu-type"] = "none", ["nodes"] = 1, ["gpus"] = 0, ["cpu-cores"] = 1, ["memory"] = 1 });

        foreach (var (credential, name) in new[] { (token, "by-token"), (key.Secret, "by-key") })
        {
            Assert.Equal(201, (await world.SendAsync(credential, "POST", $"{world.Address}/models", new { name, spec = new { type = "base" } })).Status);
            Assert.Equal(403, (await world.SendAsync(credential, "DELETE", $"{world.Address}/models/{name}")).Status);
            // What it does not see of a kind is not there for it.
            Assert.Equal(404, (await world.SendAsync(credential, "GET", $"{world.Address}/clusters")).Status);
            Assert.Equal(404, (await world.SendAsync(credential, "GET", $"{world.Address}/clusters/train")).Status);
            Assert.Equal(404, (await world.SendAsync(credential, "POST", $"{world.Address}/clusters/train/actions/stop")).Status);
        }

        Assert.Equal(404, (await world.SendAsync(key.Secret, "GET", $"{world.OrganizationAddress}/catalogue/service-offerings")).Status);
        Assert.Equal(404, (await world.SendAsync(key.Secret, "GET", $"{world.OrganizationAddress}/personal-space/models")).Status);
    }

    [Fact]
    public async Task Resources_OfANeighbour_AreNotThere()
    {
        var ((world, token), (other, others)) = (await WorldAsync(), await WorldAsync());
        await MakeAsync(other, others, "volumes", "theirs", Volume);

        Assert.Equal(404, (await world.SendAsync(token, "GET", $"{other.Address}/volumes")).Status);
        foreach (var (method, address, body) in new (string, string, object?)[]
                 {
                     ("GET", "", null), ("PATCH", "", new { description = "Mine" }), ("DELETE", "", null), ("POST", "/actions/archive", null), ("POST", "/move", new { project = "vision" }),
                     ("POST", "/shares", new { project = "vision" }), ("GET", "/shares", null), ("PUT", "/organization-visibility", null),
                 })
        {
            Assert.Equal(404, (await world.SendAsync(token, method, $"{other.Address}/volumes/theirs{address}", body)).Status);
            Assert.Equal(404, (await world.SendAsync(token, method, $"{world.Address}/volumes/theirs{address}", body)).Status);
        }

        Assert.Equal([AuditActions.ResourceCreated], await ActsAsync(other, "theirs"));
    }

    [Fact]
    public async Task List_WithFilters_ShowsWhatMatchesInParts()
    {
        var (world, token) = await WorldAsync();
        foreach (var name in new[] { "b", "a", "c" })
        {
            Assert.Equal(201, (await world.SendAsync(token, "POST", $"{world.Address}/models", new { name, labels = new[] { name == "c" ? "red" : "blue" }, spec = new { type = "base" } })).Status);
        }

        await world.SendAsync(token, "POST", $"{world.Address}/models/b/actions/promote");
        Assert.Equal(["a", "b", "c"], await NamesAsync(world, token, ""));
        Assert.Equal(["c", "b", "a"], await NamesAsync(world, token, "?sort=name&reversed=true"));
        Assert.Equal(["b"], await NamesAsync(world, token, "?state=production"));
        Assert.Equal(["c"], await NamesAsync(world, token, "?label=red"));
        Assert.Equal(["a"], await NamesAsync(world, token, "?search=A"));
        Assert.Empty(await NamesAsync(world, token, $"?createdBy={Guid.NewGuid()}"));
        Assert.Equal(["a", "b", "c"], await NamesAsync(world, token, $"?createdBy={world.User("admin").Id}"));
        var part = await world.SendAsync(token, "GET", $"{world.Address}/models?limit=2");
        Assert.Equal(["c"], await NamesAsync(world, token, $"?limit=2&cursor={part["nextCursor"]}"));
        foreach (var wrong in new[] { "?state=flying", "?sort=colour", "?createdBy=me", "?stat=production", "?shared=perhaps" })
        {
            Assert.Equal(400, (await world.SendAsync(token, "GET", $"{world.Address}/models{wrong}")).Status);
        }

        var counted = await world.SendAsync(token, "GET", $"{world.Address}/resources?limit=100");
        var models = counted.Items.Single(row => row.GetProperty("kind").GetString() == "models");
        Assert.Equal((3, 1), (models.GetProperty("count").GetInt32(), models.GetProperty("states").GetProperty("production").GetInt32()));
        var everywhere = await world.SendAsync(token, "GET", $"{world.OrganizationAddress}/resources?kind=models&sort=name");
        Assert.Equal([("vision", "a"), ("vision", "b"), ("vision", "c")], everywhere.Items.Select(row => (row.GetProperty("project").GetString()!, row.GetProperty("resource").GetProperty("name").GetString()!)));
        var red = await world.SendAsync(token, "GET", $"{world.OrganizationAddress}/resources?label=red");
        Assert.Equal("c", Assert.Single(red.Items).GetProperty("resource").GetProperty("name").GetString());
        var blue = await world.SendAsync(token, "GET", $"{world.OrganizationAddress}/resources?label=blue&sort=name&limit=1");
        var next = await world.SendAsync(token, "GET", $"{world.OrganizationAddress}/resources?label=blue&sort=name&limit=1&cursor={blue["nextCursor"]}");
        Assert.Equal(["a", "b"], blue.Items.Concat(next.Items).Select(row => row.GetProperty("resource").GetProperty("name").GetString()!));
        Assert.Empty((await world.SendAsync(token, "GET", $"{world.OrganizationAddress}/resources?label=gree")).Items);
        Assert.Equal(400, (await world.SendAsync(token, "GET", $"{world.OrganizationAddress}/resources?kind=service-offerings")).Status);
        Assert.Empty((await world.SendAsync(await world.TokenAsync("admin", "project.view", "organization.view"), "GET", $"{world.OrganizationAddress}/resources")).Items);
    }

    [Theory]
    [InlineData("""{"name":"x","spec":{"type":"shared","size":10,"colour":"red"}}""", "spec.colour")]
    [InlineData("""{"name":"x","spec":{"type":"shared"}}""", "spec.size")]
    [InlineData("""{"name":"x","spec":{"type":"shared","size":"many"}}""", "spec.size")]
    [InlineData("""{"name":"x","spec":{"type":"shared","size":1e400}}""", "spec.size")]
    [InlineData("""{"name":"x","spec":{"type":"shared","size":1e20}}""", "spec.size")]
    [InlineData("""{"name":"x","spec":{"type":"shared","size":[1]}}""", "spec.size")]
    [InlineData("""{"name":"x","spec":{"type":{"a":1},"size":1}}""", "spec.type")]
    [InlineData("""{"name":"x","spec":{"type":"shared","size":1,"cluster":"nothing"}}""", "spec.cluster")]
    [InlineData("""{"name":"x","spec":{"type":"shared","size":1,"cluster":"\u0007"}}""", "spec.cluster")]
    [InlineData("""{"name":"NO","spec":{"type":"shared","size":1}}""", "name")]
    [InlineData("""{"spec":{"type":"shared","size":1}}""", "name")]
    [InlineData("""{"name":"x","labels":["a\nb"],"spec":{"type":"shared","size":1}}""", "labels")]
    [InlineData("""{"name":"x"}""", "spec.size spec.type")]
    [InlineData("""{"name":"x","spec":null}""", "spec.size spec.type")]
    public async Task Create_WithWrongFields_NamesEveryOneAndWritesNothing(string body, string fields)
    {
        var (world, token) = await WorldAsync();

        var answer = await world.SendAsync(token, "POST", $"{world.Address}/volumes", new StringContent(body, null, "application/json"));

        Assert.Equal((400, "invalid"), (answer.Status, answer.Problem));
        Assert.Equal(fields.Split(' '), answer.Body!.Value.GetProperty("errors").EnumerateObject().Select(field => field.Name).Order());
        await AssertNothingAsync(world);
    }

    [Theory]
    [InlineData("""{"name":"x","state":"running","spec":{"type":"shared","size":1}}""")]
    [InlineData("""{"name":"x","uid":"x","spec":{"type":"shared","size":1}}""")]
    [InlineData("""{"name":1,"spec":{"type":"shared","size":1}}""")]
    [InlineData("""{"name":"x","spec":[]}""")]
    [InlineData("""{"name":"x","spec":"text"}""")]
    [InlineData("""{"name":"x","spec":{"type":"shared","type":"local","size":1}}""")]
    [InlineData("""{"name":"x","spec":{"type":"\ud800","size":1}}""")]
    [InlineData("""{"name":"x","spec":{"\ud800":"shared","size":1}}""")]
    [InlineData("""{"name":"x","spec":{"type":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":1}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}""")]
    [InlineData("""{"name":"x","spec":{"size":1""")]
    [InlineData("null")]
    [InlineData("[]")]
    public async Task Create_WithABodyThatIsNone_IsRefusedAndWritesNothing(string body)
    {
        var (world, token) = await WorldAsync();

        var answer = await world.SendAsync(token, "POST", $"{world.Address}/volumes", new StringContent(body, null, "application/json"));

        Assert.Equal((400, "malformed"), (answer.Status, answer.Problem));
        await AssertNothingAsync(world);
    }

    [Theory]
    [InlineData("a%2Fb")]
    [InlineData("%F0%9F%92%A9")]
    [InlineData("other:name")]
    [InlineData(":")]
    [InlineData("a%0Ab")]
    [InlineData("'%20or%201=1--")]
    public async Task Address_OfAHostileName_IsOfNothing(string name)
    {
        var (world, token) = await WorldAsync();

        foreach (var (method, address, body) in new (string, string, object?)[] { ("GET", "", null), ("PATCH", "", new { description = "x" }), ("DELETE", "", null), ("POST", "/actions/stop", null) })
        {
            Assert.InRange((await world.SendAsync(token, method, $"{world.Address}/clusters/{name}{address}", body)).Status, 400, 405);
        }

        Assert.InRange((await world.SendAsync(token, "GET", $"{world.Address}/clusters?search={name}&label={name}")).Status, 200, 400);
        Assert.InRange((await world.SendAsync(token, "GET", $"{world.OrganizationAddress}/resources?search={name}&state={name}&project={name}&label={name}")).Status, 200, 400);
        await AssertNothingAsync(world);
    }

    [Fact]
    public async Task Address_OfAnotherWord_IsNoKind()
    {
        var (world, token) = await WorldAsync();

        foreach (var word in new[] { "cluster", "Clusters", "service-offerings", "nothing" })
        {
            Assert.Equal(404, (await world.SendAsync(token, "GET", $"{world.Address}/{word}")).Status);
        }

        Assert.Equal(404, (await world.SendAsync(token, "GET", $"{world.OrganizationAddress}/catalogue/clusters")).Status);
        // Addresses that are fixed stay what they were.
        Assert.Equal(405, (await world.SendAsync(token, "GET", $"{world.Address}/suspend")).Status);
        Assert.Equal(405, (await world.SendAsync(token, "PUT", $"{world.Address}/clusters")).Status);
        Assert.Equal(200, (await world.SendAsync(token, "GET", $"{world.Address}/collaborators")).Status);
    }

    [Fact]
    public async Task Call_Tried_WritesNothing()
    {
        var (world, token) = await WorldAsync();
        Assert.Equal(200, (await world.SendAsync(token, "POST", $"{world.Address}/volumes?dryRun=true", new { name = "x", spec = Volume })).Status);
        await AssertNothingAsync(world);
        await MakeAsync(world, token, "models", "base", new { type = "base" });
        await MakeAsync(world, token, "secrets", "password", new { value = "do not tell" });

        var changed = await world.SendAsync(token, "PATCH", $"{world.Address}/secrets/password?dryRun=true", new { description = "Tried", spec = new { value = "do not tell either" } });
        var moved = await world.SendAsync(token, "POST", $"{world.Address}/models/base/actions/promote?dryRun=true");
        Assert.Equal(204, (await world.SendAsync(token, "DELETE", $"{world.Address}/models/base?dryRun=true")).Status);

        Assert.Equal(("Tried", "production"), (changed["description"], moved["state"]));
        Assert.DoesNotContain("do not tell", changed.Text, StringComparison.Ordinal);
        Assert.Equal("development", (await world.SendAsync(token, "GET", $"{world.Address}/models/base"))["state"]);
        Assert.Equal([AuditActions.ResourceCreated], await ActsAsync(world, "password"));
    }

    [Fact]
    public async Task Secret_Written_IsNeverAnswered()
    {
        var (world, token) = await WorldAsync();
        await MakeAsync(world, token, "secrets", "password", new { value = "do not tell" });
        var changed = await world.SendAsync(token, "PATCH", $"{world.Address}/secrets/password", new { description = "Of the store" });

        foreach (var answer in new[] { changed, await world.SendAsync(token, "GET", $"{world.Address}/secrets/password"), await world.SendAsync(token, "GET", $"{world.Address}/secrets") })
        {
            Assert.Equal(200, answer.Status);
            Assert.DoesNotContain("do not tell", answer.Text, StringComparison.Ordinal);
        }

        Assert.Contains("value", changed["filledSecrets"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Creation_SentAgain_IsCarriedOutOnce()
    {
        var (world, token) = await WorldAsync();
        var (first, again) = (await SendAsync(), await SendAsync());

        Assert.Equal((201, 201, first.Text), (first.Status, again.Status, again.Text));
        Assert.Equal([AuditActions.ResourceCreated], await ActsAsync(world, "once"));

        Task<ApiAnswer> SendAsync() => world.SendAsync(token, "POST", $"{world.Address}/volumes", new { name = "once", spec = Volume }, ("Idempotency-Key", "k"));
    }

    [Fact]
    public async Task Creation_BeyondALimit_IsRefusedByItsName()
    {
        var (world, token) = await WorldAsync();
        Assert.Equal(204, (await world.SendAsync(token, "PUT", $"{world.Address}/limits/storage", new { amount = 15 })).Status);
        await MakeAsync(world, token, "volumes", "first", Volume);

        Assert.Equal((409, "limit-reached"), await ProblemOfAsync(world, token, "POST", $"{world.Address}/volumes", new { name = "second", spec = Volume }));
        Assert.Equal(["first"], (await world.SendAsync(token, "GET", $"{world.Address}/volumes")).Items.Select(row => row.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task Catalogue_IsOfTheOrganization()
    {
        var (world, _) = await WorldAsync();
        var (owner, viewer, stranger) = (await world.TokenAsync("owner", ApiWorld.Everything), await world.TokenAsync("viewer", ApiWorld.Everything), await world.TokenAsync("stranger", ApiWorld.Everything));
        var (all, body) = ($"{world.OrganizationAddress}/catalogue/service-offerings", new { name = "small", spec = new Dictionary<string, object> { ["cpu-cores"] = 2, ["memory"] = 8 } });

        Assert.Equal(403, (await world.SendAsync(viewer, "POST", all, body)).Status);
        Assert.Equal(404, (await world.SendAsync(stranger, "POST", all, body)).Status);
        Assert.Equal(201, (await world.SendAsync(owner, "POST", all, body)).Status);
        Assert.Equal(200, (await world.SendAsync(viewer, "GET", $"{all}/small")).Status);
        Assert.Equal(403, (await world.SendAsync(viewer, "PATCH", $"{all}/small", new { description = "Mine" })).Status);
        Assert.Equal(403, (await world.SendAsync(viewer, "DELETE", $"{all}/small")).Status);
        Assert.Equal(404, (await world.SendAsync(stranger, "GET", $"{all}/small")).Status);
        Assert.Equal("archived", (await world.SendAsync(owner, "POST", $"{all}/small/actions/archive"))["state"]);
        Assert.Equal(204, (await world.SendAsync(owner, "DELETE", $"{all}/small")).Status);
    }

    [Fact]
    public async Task AppTypes_ReplacedAsAWhole_AreWhatAppsAreMadeOf()
    {
        var (world, _) = await WorldAsync();
        var (owner, developer) = (await world.TokenAsync("owner", ApiWorld.Everything), await world.TokenAsync("developer", ApiWorld.Everything));
        var (all, apps) = ($"{world.OrganizationAddress}/app-types", $"{world.Address}/apps");
        var first = await world.SendAsync(developer, "GET", all);
        Assert.Equal("jupyter", first.Body!.Value.GetProperty("types")[0].GetProperty("name").GetString());
        var seen = first.Headers.ETag!.ToString();
        var wrong = await world.SendAsync(owner, "PUT", all, new { types = new object[] { new { name = "A", title = "A" }, new { name = "b" } } });
        Assert.Equal((400, "types[0].name types[1].title"), (wrong.Status, string.Join(' ', wrong.Body!.Value.GetProperty("errors").EnumerateObject().Select(error => error.Name))));
        Assert.Equal(400, (await world.SendAsync(owner, "PUT", all, new { })).Status);

        var types = new { types = new[] { new { name = "dash", title = "Dash" } } };
        Assert.Equal(204, (await world.SendAsync(owner, "PUT", all, types, ("If-Match", seen))).Status);
        Assert.Equal(412, (await world.SendAsync(owner, "PUT", all, types, ("If-Match", seen))).Status);

        Assert.Equal("Dash", Assert.Single((await world.SendAsync(developer, "GET", all)).Body!.Value.GetProperty("types").EnumerateArray()).GetProperty("title").GetString());
        Assert.Equal(201, (await world.SendAsync(developer, "POST", apps, new { name = "board", spec = App("dash") })).Status);
        Assert.Equal(400, (await world.SendAsync(developer, "POST", apps, new { name = "other", spec = App("jupyter") })).Status);

        static Dictionary<string, object> App(string type) => new() { ["type"] = type, ["cpu-cores"] = 1, ["memory"] = 1 };
    }

    [Fact]
    public async Task PersonalSpace_IsOnesOwn_AndGivesToAProject()
    {
        var (world, _) = await WorldAsync();
        var (developer, viewer) = (await world.TokenAsync("developer", ApiWorld.Everything), await world.TokenAsync("viewer", ApiWorld.Everything));
        var all = $"{world.OrganizationAddress}/personal-space/models";

        Assert.Equal(201, (await world.SendAsync(developer, "POST", all, new { name = "mine", spec = new { type = "base" } })).Status);
        Assert.Equal(200, (await world.SendAsync(developer, "GET", $"{all}/mine")).Status);
        Assert.Equal(404, (await world.SendAsync(viewer, "GET", $"{all}/mine")).Status);
        Assert.Equal(404, (await world.SendAsync(await world.TokenAsync("stranger", ApiWorld.Everything), "GET", all)).Status);
        Assert.Equal(400, (await world.SendAsync(developer, "POST", $"{all}/mine/move", new { project = "nowhere" })).Status);
        Assert.Equal(204, (await world.SendAsync(developer, "POST", $"{all}/mine/move", new { project = "vision" })).Status);
        Assert.Equal(404, (await world.SendAsync(developer, "GET", $"{all}/mine")).Status);
        Assert.Equal(200, (await world.SendAsync(viewer, "GET", $"{world.Address}/models/mine")).Status);
    }

    private static string? Spec(ApiAnswer answer, string field) => answer.Body!.Value.GetProperty("spec").GetProperty(field).ToString();

    private static async Task MakeAsync(ApiWorld world, string token, string kind, string name, object spec)
    {
        var made = await world.SendAsync(token, "POST", $"{world.Address}/{kind}", new { name, spec });
        Assert.True(made.Status == 201, made.Text);
    }

    private static async Task<(int Status, string? Problem)> ProblemOfAsync(ApiWorld world, string token, string method, string address, object? body = null, params (string, string)[] headers)
    {
        var answer = await world.SendAsync(token, method, address, body, headers);
        return (answer.Status, answer.Problem);
    }

    private static async Task<IEnumerable<string>> NamesAsync(ApiWorld world, string token, string query) =>
        (await world.SendAsync(token, "GET", $"{world.Address}/models{query}")).Items.Select(row => row.GetProperty("name").GetString()!);

    private async Task<(ApiWorld World, string Admin)> WorldAsync()
    {
        var world = await ApiWorld.CreateAsync(server);
        return (world, await world.TokenAsync("admin", ApiWorld.Everything));
    }

    private async Task<List<string>> ActsAsync(ApiWorld world, string name)
    {
        await using var db = server.OpenDatabase();
        return await db.AuditEntries.Where(entry => entry.ProjectId == world.Scope.ProjectId && entry.ObjectName == name && entry.Result == AuditResult.Done)
            .OrderBy(entry => entry.Id).Select(entry => entry.Action).ToListAsync();
    }

    private async Task AssertNothingAsync(ApiWorld world)
    {
        await using var db = server.OpenDatabase();
        Assert.False(await db.Resources.AnyAsync(row => row.OrganizationId == world.Scope.OrganizationId));
        Assert.False(await db.AuditEntries.AnyAsync(entry => entry.OrganizationId == world.Scope.OrganizationId && entry.Action == AuditActions.ResourceCreated && entry.Result == AuditResult.Done));
    }
}
