using System.Diagnostics;
using System.Globalization;
using ProjectConsole.E2E.Infrastructure;

namespace ProjectConsole.E2E.Benchmarks;

/// <summary>
/// The server time of pages in a large organization: a prerendered GET over a kept-open loopback connection, so what is
/// measured is the server and a little of the client. Statements are counted from the server's log in a run of their own.
/// </summary>
internal static class PagesBenchmark
{
    private const int Requests = 60;
    private const int Warm = 10;
    private const string StatementCategory = "Logging:LogLevel:Microsoft.EntityFrameworkCore.Database.Command";

    private static readonly (string Name, string Address)[] Pages =
    [
        ("Projects", "/organizations/acme/projects"),
        ("Projects, search", "/organizations/acme/projects?q=fraud-99"),
        ("Projects, sorted by name", "/organizations/acme/projects?sort=name"),
        ("Projects, no match", "/organizations/acme/projects?q=nothing-like-it"),
        ("Projects, page 500", "/organizations/acme/projects?page=500"),
        ("Overview", "/organizations/acme/projects/vision-0"),
        ("Collaborators of the largest", "/organizations/acme/projects/vision-0/settings/collaborators"),
        ("Collaborators, search", "/organizations/acme/projects/vision-0/settings/collaborators?search=person-77"),
        ("Members", "/organizations/acme/members"),
        ("Audit", "/organizations/acme/audit"),
        ("Audit, one action", "/organizations/acme/audit?action=project.collaborator.removed"),
        ("Audit, one actor", "/organizations/acme/audit?actor=person-31@acme.test"),
        ("Audit of a project", "/organizations/acme/projects/vision-0/settings/audit"),
    ];

    public static async Task RunAsync(string[] arguments)
    {
        var scale = BenchmarkArguments.Scale(arguments);
        foreach (var provider in BenchmarkArguments.Databases(arguments))
        {
            await using var database = await BenchmarkDatabase.CreateAsync(provider, BenchmarkArguments.Keep(arguments));
            if (database.IsFilled)
            {
                Console.WriteLine($"{provider}: the data of {database.Folder}");
                await MeasureAsync(database);
                continue;
            }

            var since = Stopwatch.GetTimestamp();
            var tenant = await BenchmarkTenant.CreateAsync(
                database, Math.Max(1_000, (int)(20_000 * scale)), (int)(100_000 * scale), (int)(1_000_000 * scale), (int)(10_000 * scale), (int)(5_000_000 * scale));
            Console.WriteLine($"{provider}: {tenant.Describe()}, written in {Stopwatch.GetElapsedTime(since).TotalSeconds:N0} s");
            await MeasureAsync(database);
        }
    }

    private static async Task MeasureAsync(BenchmarkDatabase database)
    {
        await using var quiet = await StartAsync(database, "Warning");
        await using var counting = await StartAsync(database, "Information");
        using var fast = await SignedInClient.CreateAsync(quiet, BenchmarkTenant.Email, BenchmarkTenant.Password);
        using var counted = await SignedInClient.CreateAsync(counting, BenchmarkTenant.Email, BenchmarkTenant.Password);
        foreach (var (name, address) in Pages)
        {
            using var first = await fast.GetAsync(address);
            if (!first.IsSuccessStatusCode)
            {
                Console.WriteLine($"  {name,-30} answered {(int)first.StatusCode}");
                continue;
            }

            var figures = new Figures();
            for (var request = -Warm; request < Requests; request++)
            {
                var since = Stopwatch.GetTimestamp();
                using var response = await fast.GetAsync(address);
                await response.Content.ReadAsByteArrayAsync();
                if (request >= 0)
                {
                    figures.Add(Stopwatch.GetElapsedTime(since));
                }
            }

            Console.WriteLine($"  {name,-30} {figures.InMilliseconds()}   {await StatementsAsync(counting, counted, address)} statements");
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
            [StatementCategory] = statements,
        },
    });

    // The second request: the first one fills what is kept for the life of the process.
    private static async Task<string> StatementsAsync(ServerProcess server, SignedInClient client, string address)
    {
        using var first = await client.GetAsync(address);
        var before = Count(server);
        using var second = await client.GetAsync(address);
        await second.Content.ReadAsByteArrayAsync();
        // The log is written in order, so once a later line is there, those of the page are.
        using var health = await client.GetAsync("/healthz");
        return (Count(server) - before).ToString(CultureInfo.InvariantCulture);
    }

    private static int Count(ServerProcess server) => server.Output.Split("Executed DbCommand").Length - 1;
}
