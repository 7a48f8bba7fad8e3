using System.Net.Http.Json;
using System.Text;
using ProjectConsole.Api;
using ProjectConsole.Domain.Keys;
using ProjectConsole.Features.Keys;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Api;

/// <summary>Who may call at all, and what every answer has.</summary>
public sealed class CallerTests(ConsoleServer server) : IClassFixture<ConsoleServer>
{
    [Fact]
    public async Task Call_WithTokenOrKey_SaysWhoCalls()
    {
        var world = await ApiWorld.CreateAsync(server);
        var (token, key) = (await world.TokenAsync("developer", "project.view", "clusters.view"), await world.KeyAsync("project.view"));

        var person = await world.CallAsync(token, HttpMethod.Get, "/api/v1/whoami");
        var program = await world.CallAsync(key.Secret, HttpMethod.Get, "/api/v1/whoami");

        Assert.Equal((200, "person", world.User("developer").Email, "[\"clusters.view\",\"project.view\"]"), (person.Status, person["kind"], person["name"], person["permissions"]));
        Assert.Equal(("key", world.Organization, "vision", "[\"project.view\"]"), (program["kind"], program["organization"], program["project"], program["permissions"]));
        Assert.Equal(key.Id.ToString(), program["id"]);
        Assert.True(person.Headers.CacheControl?.NoStore);
        Assert.True(person.Headers.Contains("RateLimit") && person.Headers.Contains("RateLimit-Policy") && person.Headers.Contains("Request-Id"));
        Assert.False(person.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Call_WhateverOpensNothing_IsTheSame401()
    {
        var world = await ApiWorld.CreateAsync(server);
        var key = await world.KeyAsync("project.view");
        var revoked = await world.KeyAsync("project.view");
        Assert.True((await world.Get<KeysService>().RevokeAsync(world["admin"], world.Scope, revoked.Id)).Succeeded);
        var expired = (await world.Get<TokensService>().CreateAsync(
            world["developer"], new KeyDraft("short", ["project.view"], server.Clock.UtcNow.AddDays(1)))).Value;
        server.Clock.Advance(TimeSpan.FromDays(1));
        string[] credentials =
        [
            "Basic YTpi", "Bearer", "Bearer ", "Bearer nothing", $"Bearer {key.Secret[..^1]}{(key.Secret[^1] == '0' ? '1' : '0')}",
            $"Bearer {key.Secret.ToUpperInvariant()}", $"Basic {key.Secret}", revoked.Secret, expired.Secret, KeyText.Create(KeyPrefix.ProjectKey, Guid.NewGuid()).ToString(),
            KeyText.Create(KeyPrefix.ProjectKey, key.Id).ToString(), KeyText.Create(KeyPrefix.PersonalToken, key.Id).ToString(),
        ];

        foreach (var credential in credentials)
        {
            var answer = await world.CallAsync(credential, HttpMethod.Get, "/api/v1/whoami");

            Assert.Equal((401, "unauthorized", "application/problem+json"), (answer.Status, answer.Problem, answer.MediaType));
            Assert.StartsWith("Bearer", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
            Assert.StartsWith("This key opens nothing", answer["detail"], StringComparison.Ordinal);
        }

        Assert.Equal(401, (await world.CallAsync(null, HttpMethod.Get, "/api/v1/whoami")).Status);
    }

    [Fact]
    public async Task Call_WithTheTraceOfAStranger_KeepsAnIdOfItsOwn()
    {
        var world = await ApiWorld.CreateAsync(server);
        var token = await world.TokenAsync("developer", "project.view");
        const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";

        List<string> ids = [];
        for (var call = 0; call < 2; call++)
        {
            var answer = await world.CallAsync(
                token, HttpMethod.Get, "/api/v1/whoami", null, ("traceparent", $"00-{Trace}-00f067aa0ba902b7-01"), ("Request-Id", $"|{Trace}."), ("X-Request-Id", Trace));
            ids.Add(Assert.Single(answer.Headers.GetValues("Request-Id")));
        }

        Assert.Equal(2, ids.Distinct().Count());
        Assert.All(ids, id => Assert.True(id.Length > 8 && !id.Contains(Trace, StringComparison.Ordinal), id));
    }

    [Fact]
    public async Task Call_WithTheCookieOfASession_IsNobody()
    {
        var world = await ApiWorld.CreateAsync(server);
        using var browser = server.OpenBrowser();
        await browser.SignInAsync(world.User("admin").Email!);

        using var answer = await browser.Client.GetAsync("/api/v1/whoami");

        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Call_WithAKeyInTheAddress_IsRefusedAndSaysWhereItBelongs()
    {
        var world = await ApiWorld.CreateAsync(server);
        var key = await world.KeyAsync("project.view");

        foreach (var name in new[] { "access_token", "api_key", "token" })
        {
            var answer = await world.CallAsync(key.Secret, HttpMethod.Get, $"/api/v1/whoami?{name}={key.Secret}");
            Assert.Equal((400, "malformed"), (answer.Status, answer.Problem));
            Assert.DoesNotContain(key.Secret, answer.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Call_AfterTooManyFailuresFromAnAddress_IsBarredForTheMinute()
    {
        var world = await ApiWorld.CreateAsync(server);
        var key = await world.KeyAsync("project.view");
        for (var failure = 0; failure < FailedCredentials.Most; failure++)
        {
            Assert.Equal(401, (await world.CallAsync("Bearer no-key-at-all", HttpMethod.Get, "/api/v1/whoami")).Status);
            Assert.Equal(401, (await world.CallAsync(KeyText.Create(KeyPrefix.ProjectKey, Guid.NewGuid()).ToString(), HttpMethod.Get, "/api/v1/whoami")).Status);
        }

        var barred = await world.CallAsync(key.Secret, HttpMethod.Get, "/api/v1/whoami");
        server.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal((429, "too-many-failures"), (barred.Status, barred.Problem));
        Assert.Equal(200, (await world.CallAsync(key.Secret, HttpMethod.Get, "/api/v1/whoami")).Status);
    }

    [Fact]
    public async Task Call_MoreThanAMinuteHasRoomFor_WaitsForTheNext()
    {
        using var small = new ConsoleServer { Settings = { ["Api:CallsPerMinute"] = "2" } };
        var world = await ApiWorld.CreateAsync(small);
        var (key, other) = (await world.KeyAsync("project.view"), await world.KeyAsync("project.view"));

        List<int> statuses = [];
        for (var call = 0; call < 3; call++)
        {
            statuses.Add((await world.CallAsync(key.Secret, HttpMethod.Get, "/api/v1/whoami")).Status);
        }

        Assert.Equal([200, 200, 429], statuses);
        Assert.Equal(200, (await world.CallAsync(other.Secret, HttpMethod.Get, "/api/v1/whoami")).Status);
        small.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(200, (await world.CallAsync(key.Secret, HttpMethod.Get, "/api/v1/whoami")).Status);
    }

    [Theory]
    [InlineData("GET", "/api/v1/nothing")]
    [InlineData("GET", "/api/v2/whoami")]
    [InlineData("GET", "/oauth/token")]
    [InlineData("DELETE", "/api")]
    public async Task Call_WhatDoesNotExist_IsAProblemAndNoPage(string method, string address)
    {
        var world = await ApiWorld.CreateAsync(server);

        var answer = await world.CallAsync(null, new HttpMethod(method), address);

        Assert.Equal((404, "not-found", "application/problem+json"), (answer.Status, answer.Problem, answer.MediaType));
    }

    [Theory]
    [InlineData("", 400)]
    [InlineData("null", 400)]
    [InlineData("[]", 400)]
    [InlineData("{", 400)]
    [InlineData("{}", 400)]
    [InlineData("{\"questions\":{}}", 400)]
    [InlineData("{\"questions\":[null]}", 400)]
    [InlineData("{\"questions\":[1]}", 400)]
    [InlineData("{\"questions\":[{\"organization\":1}]}", 400)]
    [InlineData("{\"questions\":[],\"more\":1}", 400)]
    [InlineData("{\"questions\":[],\"questions\":[]}", 400)]
    [InlineData("{\"questions\":[{\"organization\":\"a\",\"project\":\"b\",\"permission\":\"nothing.there\"}]}", 400)]
    [InlineData("{\"questions\":[{\"organization\":\"a\",\"permission\":\"project.view\"}]}", 400)]
    [InlineData("{\"questions\":[{\"organization\":\"\\u0000\",\"project\":\"b\",\"permission\":\"project.view\"}]}", 400)]
    [InlineData("{\"questions\":[{\"organization\":\"\\ud800\",\"project\":\"b\",\"permission\":\"project.view\"}]}", 400)]
    [InlineData("{\"questions\":[{\"project\":\"a\",\"permission\":\"project.view\"}]}", 400)]
    public async Task Body_ThatIsNotWhatTheCallTakes_IsRefusedWithASentence(string body, int status)
    {
        var world = await ApiWorld.CreateAsync(server);
        var token = await world.TokenAsync("viewer", "project.view");

        var answer = await world.CallAsync(token, HttpMethod.Post, "/api/v1/access:check", new StringContent(body, Encoding.UTF8, "application/json"));

        Assert.Equal((status, "application/problem+json"), (answer.Status, answer.MediaType));
        Assert.EndsWith(".", answer["detail"], StringComparison.Ordinal);
        Assert.DoesNotContain("System.", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Body_LargerThanTheMost_IsRefusedByTheRealServer(bool isChunked)
    {
        using var real = new ConsoleServer();
        real.UseKestrel(0);
        var world = await ApiWorld.CreateAsync(real);
        var token = await world.TokenAsync("viewer", "project.view");
        Task<ApiAnswer> SendAsync(long bytes)
        {
            var body = new byte[bytes];
            Array.Fill(body, (byte)' ');
            HttpContent content = isChunked ? new StreamContent(new ChunkedBody(body)) : new ByteArrayContent(body);
            content.Headers.ContentType = new("application/json");
            return world.CallAsync(token, HttpMethod.Post, "/api/v1/access:check", content);
        }

        // What frames the chunks counts too.
        var (huge, largest) = (await SendAsync(ApiJson.LargestBody + 1), await SendAsync(ApiJson.LargestBody - (isChunked ? 10_000 : 0)));

        Assert.Equal((413, "too-large"), (huge.Status, huge.Problem));
        Assert.Contains("1,048,576", huge["detail"], StringComparison.Ordinal);
        Assert.Equal((400, "malformed"), (largest.Status, largest.Problem));
    }

    [Fact]
    public async Task Body_HugeDeepOrOfAnotherKind_IsRefused()
    {
        var world = await ApiWorld.CreateAsync(server);
        var token = await world.TokenAsync("viewer", "project.view");
        Task<ApiAnswer> SendAsync(HttpContent body) => world.CallAsync(token, HttpMethod.Post, "/api/v1/access:check", body);

        var deep = await SendAsync(new StringContent($"{{\"questions\":{new string('[', 5_000)}", Encoding.UTF8, "application/json"));
        var many = await SendAsync(JsonContent.Create(new { questions = Enumerable.Repeat(world.Question("project.view"), 101) }));
        var form = await SendAsync(new FormUrlEncodedContent([KeyValuePair.Create("questions", "1")]));

        Assert.Equal([(400, "malformed"), (400, "invalid"), (415, "media-type")], new[] { deep, many, form }.Select(answer => (answer.Status, answer.Problem)));
    }

    // Its length is not known, so it is sent in chunks.
    private sealed class ChunkedBody(byte[] body) : MemoryStream(body)
    {
        public override bool CanSeek => false;
    }
}
