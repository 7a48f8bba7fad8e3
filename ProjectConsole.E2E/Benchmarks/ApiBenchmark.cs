using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Keys;
using ProjectConsole.E2E.Infrastructure;

namespace ProjectConsole.E2E.Benchmarks;

/// <summary>
/// Calls of the API over loopback, by one caller and by sixteen at once, with the load generator on the same cores: rate, times, what a
/// call costs the server and, of one call, the statements.
/// </summary>
internal static class ApiBenchmark
{
    private const string Organization = "/api/v1/organizations/acme";
    private const string Project = Organization + "/projects/vision-0";
    private const string StatementCategory = "Logging:LogLevel:Microsoft.EntityFrameworkCore.Database.Command";

    private static readonly int[] Callers = [1, 16];

    public static async Task RunAsync(string[] arguments)
    {
        var scale = BenchmarkArguments.Scale(arguments);
        foreach (var provider in BenchmarkArguments.Databases(arguments))
        {
            await using var database = await BenchmarkDatabase.CreateAsync(provider);
            var tenant = await BenchmarkTenant.CreateAsync(
                database, Math.Max(5_000, (int)(20_000 * scale)), Math.Max(100, (int)(100_000 * scale)), (int)(1_000_000 * scale), (int)(10_000 * scale), 0);
            Console.WriteLine($"{provider}: {tenant.Describe()}");
            var keys = await AddKeysAsync(database, tenant);
            await using var quiet = await StartAsync(database, "Warning");
            await using var counting = await StartAsync(database, "Information");
            foreach (var measured in Calls(tenant, keys))
            {
                await MeasureAsync(quiet, counting, measured, Math.Max(20, (int)(measured.Calls * Math.Min(1, scale))));
            }
        }
    }

    private static IEnumerable<MeasuredCall> Calls(BenchmarkTenant tenant, Keys keys)
    {
        var (created, granted, revoked) = (0, 0, 0);
        var question = """{"questions":[{"organization":"acme","project":"vision-0","permission":"clusters.view"}]}""";
        yield return new("access:check by a key", 20_000, keys.Key, () => Call(HttpMethod.Post, "/api/v1/access:check", question));
        yield return new("access:check by a token", 20_000, keys.Token, () => Call(HttpMethod.Post, "/api/v1/access:check", question));
        yield return new("introspection", 20_000, keys.Guard, () => new HttpRequestMessage(HttpMethod.Post, "/oauth/introspect")
        {
            Content = new FormUrlEncodedContent([new("token", keys.Key)]),
        });
        yield return new("list of 100 projects", 2_000, keys.Token, () => Call(HttpMethod.Get, $"{Organization}/projects?limit=100&sort=name"));
        yield return new("create a project", 2_000, keys.Token, () =>
        {
            var number = Interlocked.Increment(ref created);
            return Call(HttpMethod.Post, $"{Organization}/projects", $$"""{"id":"made-{{number}}","name":"Made {{number}}"}""");
        });
        // The largest project has all the first people, so the last ones are new to a small one.
        yield return new("grant", 2_000, keys.Token, () => Call(
            HttpMethod.Post, $"{Organization}/projects/speech-1/collaborators", $$"""{"address":"person-{{tenant.Users.Count - Interlocked.Increment(ref granted)}}@acme.test","role":"viewer"}"""));
        yield return new("revoke", 2_000, keys.Token, () => Call(
            HttpMethod.Delete, $"{Organization}/projects/speech-1/collaborators/person-{tenant.Users.Count - Interlocked.Increment(ref revoked)}@acme.test"));
    }

    private static HttpRequestMessage Call(HttpMethod method, string address, string? body = null) =>
        new(method, address) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };

    private static async Task MeasureAsync(ServerProcess quiet, ServerProcess counting, MeasuredCall measured, int calls)
    {
        using var client = Client(quiet, measured.Key);
        for (var warm = 0; warm < 50; warm++)
        {
            await SendAsync(client, measured, new Figures(), []);
        }

        foreach (var callers in Callers)
        {
            var (each, refused) = (Math.Max(1, calls / callers / (callers == 1 ? 4 : 1)), new ConcurrentDictionary<int, int>());
            var before = await ServerCost.ReadAsync(client);
            var since = Stopwatch.GetTimestamp();
            var figures = new Figures();
            figures.Add(await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
            {
                var own = new Figures();
                for (var number = 0; number < each; number++)
                {
                    await SendAsync(client, measured, own, refused);
                }

                return own;
            }))));
            var rate = figures.Count / Stopwatch.GetElapsedTime(since).TotalSeconds;
            var cost = (await ServerCost.ReadAsync(client)).OfEach(figures.Count, before);
            var others = refused.IsEmpty ? "" : $"   REFUSED {string.Join(", ", refused.Select(pair => $"{pair.Value} x {pair.Key}"))}";
            Console.WriteLine($"  {measured.Name,-26} {callers,2} callers {rate,8:N0} per second   {figures.InMilliseconds()}   {cost}{others}");
        }

        using var counted = Client(counting, measured.Key);
        await SendAsync(counted, measured, new Figures(), []);
        var sent = await StatementsAsync(counting, counted);
        await SendAsync(counted, measured, new Figures(), []);
        Console.WriteLine($"  {measured.Name,-26} {await StatementsAsync(counting, counted) - sent} statements");
    }

    private static async Task SendAsync(HttpClient client, MeasuredCall measured, Figures figures, ConcurrentDictionary<int, int> refused)
    {
        using var request = measured.Request();
        var since = Stopwatch.GetTimestamp();
        using var response = await client.SendAsync(request);
        await response.Content.ReadAsByteArrayAsync();
        figures.Add(Stopwatch.GetElapsedTime(since));
        if (!response.IsSuccessStatusCode)
        {
            refused.AddOrUpdate((int)response.StatusCode, 1, (_, count) => count + 1);
        }
    }

    // The log is written in order, so once a later line is there, those of the call are.
    private static async Task<int> StatementsAsync(ServerProcess server, HttpClient client)
    {
        using var health = await client.GetAsync("/healthz");
        return server.Output.Split("Executed DbCommand").Length - 1;
    }

    private static HttpClient Client(ServerProcess server, string key)
    {
        var client = server.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    private static async Task<Keys> AddKeysAsync(BenchmarkDatabase database, BenchmarkTenant tenant)
    {
        var now = DateTime.UtcNow;
        await using var db = database.Open();
        var everything = PermissionCatalogue.All.Where(permission => permission.Scope != PermissionScope.Installation);
        var token = new PersonalToken(tenant.OwnerId, new KeyTerms("bench", PermissionSet.Of(everything), null), now);
        var key = new ProjectKey(tenant.Scope(0), new KeyTerms("bench", PermissionSet.Of(Permissions.ProjectView, PermissionCatalogue.Get("clusters.view")), null), tenant.OwnerId, BenchmarkTenant.Email, now);
        var guard = new ProjectKey(tenant.Scope(0), new KeyTerms("guard", PermissionSet.Of(Permissions.ProjectView, Permissions.KeysView), null), tenant.OwnerId, BenchmarkTenant.Email, now);
        db.AddRange(token, key, guard);
        var keys = new Keys(Text(token, KeyPrefix.PersonalToken), Text(key, KeyPrefix.ProjectKey), Text(guard, KeyPrefix.ProjectKey));
        await db.SaveChangesAsync();
        return keys;

        string Text(StoredKey stored, KeyPrefix prefix)
        {
            var text = KeyText.Create(prefix, stored.Id);
            stored.Rotate(text.Hash(), TimeSpan.Zero, now);
            return text.ToString();
        }
    }

    private static Task<ServerProcess> StartAsync(BenchmarkDatabase database, string statements) => ServerProcess.StartAsync(new ServerOptions
    {
        HostingEnvironment = "Production",
        DataDirectory = database.Folder,
        Settings = new Dictionary<string, string>
        {
            ["Database:Provider"] = database.ProviderName,
            ["ConnectionStrings:Console"] = database.ConnectionString,
            ["Api:CallsPerMinute"] = "100000000",
            ["Metrics:OnThisMachine"] = "true",
            ["Logging:LogLevel:ProjectConsole.Requests"] = "Warning",
            [StatementCategory] = statements,
        },
    });

    private sealed record Keys(string Token, string Key, string Guard);

    private sealed record MeasuredCall(string Name, int Calls, string Key, Func<HttpRequestMessage> Request);
}
