using System.Collections.Concurrent;
using System.Diagnostics;
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
            var calls = Calls(tenant, await AddKeysAsync(database, tenant)).ToList();
            await using (var server = await StartAsync(database, "Warning"))
            {
                foreach (var measured in calls)
                {
                    await MeasureAsync(server, measured, Math.Max(20, (int)(measured.Calls * Math.Min(1, scale))));
                }
            }

            // A second server on the database would write to it too, so that it runs after the first.
            await using var counting = await StartAsync(database, "Information");
            foreach (var measured in calls)
            {
                Console.WriteLine($"  {measured.Name,-26} {await StatementsAsync(counting, measured)} statements");
            }
        }
    }

    private static IEnumerable<MeasuredCall> Calls(BenchmarkTenant tenant, Keys keys)
    {
        var (created, granted, revoked, places) = (0, 0, 0, Math.Min(100, tenant.Projects.Count / 10));
        const string Question = """{"questions":[{"organization":"acme","project":"vision-0","permission":"clusters.view"}]}""";
        yield return new("no work (/healthz)", 20_000, () => RawConnection.Call("GET", "/healthz", keys.Key));
        yield return new("access:check by a key", 20_000, () => RawConnection.Call("POST", "/api/v1/access:check", keys.Key, body: Question));
        yield return new("access:check by a token", 20_000, () => RawConnection.Call("POST", "/api/v1/access:check", keys.Token, body: Question));
        yield return new("introspection", 20_000, () => RawConnection.Call("POST", "/oauth/introspect", keys.Guard, "application/x-www-form-urlencoded", $"token={keys.Key}"));
        yield return new("list of 100 projects", 2_000, () => RawConnection.Call("GET", $"{Organization}/projects?limit=100&sort=name", keys.Token));
        yield return new("create a project", 2_000, () =>
        {
            var number = Interlocked.Increment(ref created);
            return RawConnection.Call("POST", $"{Organization}/projects", keys.Token, body: $$"""{"id":"made-{{number}}","name":"Made {{number}}"}""");
        });
        yield return new("grant", 2_000, () =>
        {
            var (project, person) = Pair(Interlocked.Increment(ref granted));
            return RawConnection.Call("POST", $"{Organization}/projects/{project}/collaborators", keys.Token, body: $$"""{"address":"{{person}}","role":"viewer"}""");
        });
        yield return new("revoke", 2_000, () =>
        {
            var (project, person) = Pair(Interlocked.Increment(ref revoked));
            return RawConnection.Call("DELETE", $"{Organization}/projects/{project}/collaborators/{person}", keys.Token);
        });

        // One project admits only so many people; the last ones are not yet in it.
        (string Project, string Person) Pair(int number) => ($"speech-{1 + (10 * (number % places))}", $"person-{tenant.Users.Count - 1 - (number / places)}@acme.test");
    }

    // First as many by the way, while the server compiles what it runs for good: 16 callers find half of what they find a minute later.
    private static async Task MeasureAsync(ServerProcess server, MeasuredCall measured, int calls)
    {
        using var client = server.CreateClient();
        await SendAsync(server, measured, Callers[^1], calls);
        foreach (var callers in Callers)
        {
            var before = await ServerCost.ReadAsync(client);
            var since = Stopwatch.GetTimestamp();
            var (figures, refused) = await SendAsync(server, measured, callers, callers == 1 ? calls / 4 : calls);
            var rate = figures.Count / Stopwatch.GetElapsedTime(since).TotalSeconds;
            var cost = (await ServerCost.ReadAsync(client)).OfEach(figures.Count, before);
            var others = refused.IsEmpty ? "" : $"   REFUSED {string.Join(", ", refused.Select(pair => $"{pair.Value} x {pair.Key}"))}";
            Console.WriteLine($"  {measured.Name,-26} {callers,2} callers {rate,8:N0} per second   {figures.InMilliseconds()}   {cost}{others}");
        }
    }

    private static async Task<(Figures Figures, ConcurrentDictionary<int, int> Refused)> SendAsync(ServerProcess server, MeasuredCall measured, int callers, int calls)
    {
        var (figures, refused) = (new Figures(), new ConcurrentDictionary<int, int>());
        figures.Add(await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            var own = new Figures();
            using var connection = await RawConnection.OpenAsync(server.BaseAddress);
            for (var number = 0; number < Math.Max(1, calls / callers); number++)
            {
                var call = measured.Next();
                var since = Stopwatch.GetTimestamp();
                var status = await connection.SendAsync(call);
                own.Add(Stopwatch.GetElapsedTime(since));
                if (status >= 300)
                {
                    refused.AddOrUpdate(status, 1, (_, count) => count + 1);
                }
            }

            return own;
        }))));
        return (figures, refused);
    }

    // The first call opens connections and fills what is kept; of some more the least is what the call itself sends, because
    // the server's own work in the background sends statements too.
    private static async Task<int> StatementsAsync(ServerProcess server, MeasuredCall measured)
    {
        using var connection = await RawConnection.OpenAsync(server.BaseAddress);
        await connection.SendAsync(measured.Next());
        var least = int.MaxValue;
        for (var number = 0; number < 5; number++)
        {
            var sent = await SentAsync(server);
            await connection.SendAsync(measured.Next());
            least = Math.Min(least, await SentAsync(server) - sent);
        }

        return least;
    }

    // The log comes through a pipe, so it is read until nothing more comes.
    private static async Task<int> SentAsync(ServerProcess server)
    {
        using var quiet = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        var (before, sent) = (-1, 0);
        while (sent != before && await quiet.WaitForNextTickAsync())
        {
            (before, sent) = (sent, server.Output.Split("Executed DbCommand").Length - 1);
        }

        return sent;
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

    private sealed record MeasuredCall(string Name, int Calls, Func<byte[]> Next);
}
