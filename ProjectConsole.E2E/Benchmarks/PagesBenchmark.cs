using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using ProjectConsole.Domain.Audit;
using ProjectConsole.E2E.Infrastructure;
using ProjectConsole.Features.Audit;
using ProjectConsole.Features.Collaborators;
using ProjectConsole.Features.Projects;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.E2E.Benchmarks;

/// <summary>
/// The server time of pages in a large organization: a prerendered GET over a kept-open loopback connection, so what is
/// measured is the server and a little of the client. Statements are counted from the server's log in a run of their own.
/// </summary>
internal static class PagesBenchmark
{
    private const int Requests = 60;
    // As many as it takes until the code that runs is the one that was compiled for good.
    private const int Warm = 100;
    private const string StatementCategory = "Logging:LogLevel:Microsoft.EntityFrameworkCore.Database.Command";

    public static async Task RunAsync(string[] arguments)
    {
        var scale = BenchmarkArguments.Scale(arguments);
        foreach (var provider in BenchmarkArguments.Databases(arguments))
        {
            await using var database = await BenchmarkDatabase.CreateAsync(provider, BenchmarkArguments.Keep(arguments));
            if (database.IsFilled)
            {
                Console.WriteLine($"{provider}: the data of {database.Folder}");
                await MeasureAllAsync(database, await BenchmarkTenant.FindAsync(database));
                continue;
            }

            var since = Stopwatch.GetTimestamp();
            var tenant = await BenchmarkTenant.CreateAsync(
                database, Math.Max(1_000, (int)(20_000 * scale)), (int)(100_000 * scale), (int)(1_000_000 * scale), (int)(10_000 * scale), (int)(5_000_000 * scale));
            Console.WriteLine($"{provider}: {tenant.Describe()}, written in {Stopwatch.GetElapsedTime(since).TotalSeconds:N0} s");
            await MeasureAllAsync(database, tenant);
        }
    }

    private static async Task MeasureAllAsync(BenchmarkDatabase database, BenchmarkTenant tenant)
    {
        await BenchmarkTenant.LetMemberSignInAsync(database);
        await using (var quiet = await StartAsync(database, "Warning"))
        await using (var counting = await StartAsync(database, "Information"))
        {
            await MeasureAsync(quiet, counting, BenchmarkTenant.Email, Pages(tenant.Last));
            await MeasureAsync(quiet, counting, BenchmarkTenant.MemberEmail, PagesOfMember());
        }

        await SwitchAsync(database, tenant, "Switcher, search", tenant.Last.Slug);
        await SwitchAsync(database, tenant, "Switcher, opened", "");
    }

    // Built by what builds the links of the pages: an address that a page does not read measures another page.
    private static IReadOnlyList<MeasuredPage> Pages((string Slug, string Name) last)
    {
        const string organization = "acme", project = "vision-0", person = "person-77@acme.test";
        var (log, removed) = (ConsoleUrls.OrganizationAudit(organization), new AuditQuery { Action = AuditActions.CollaboratorRemoved });
        return
        [
            new("Projects", ProjectAddress.Href(organization, new ProjectQuery())),
            new("Projects, search", ProjectAddress.Href(organization, new ProjectQuery { Search = last.Slug }), last.Name),
            new("Projects, oldest activity", ProjectAddress.Href(organization, new ProjectQuery { IsDescending = false })),
            new("Projects, sorted by name", ProjectAddress.Href(organization, new ProjectQuery { Sort = ProjectSort.Name, IsDescending = false })),
            new("Projects, page 500", ProjectAddress.Href(organization, new ProjectQuery { Page = new PageRequest(500, null) })),
            new("Overview", ConsoleUrls.Project(organization, project)),
            new("Collaborators of the largest", ConsoleUrls.Collaborators(organization, project)),
            new("Collaborators, search", CollaboratorAddress.Of(organization, project, new CollaboratorQuery { Search = "person-77@acme" }), person),
            new("Members", ConsoleUrls.Members(organization)),
            new("Audit", log),
            new("Audit, one action", removed.Href(log)),
            new("Audit, one actor", new AuditQuery { Actor = "person-31@acme.test" }.Href(log)),
            new("Audit of a project", ConsoleUrls.ProjectAudit(organization, project)),
        ];
    }

    // A predicate must find what a member may see among everybody's grants; for an owner it is the whole organization.
    private static IReadOnlyList<MeasuredPage> PagesOfMember()
    {
        const string organization = "acme", project = "vision-0";
        return
        [
            new("Projects of a member", ProjectAddress.Href(organization, new ProjectQuery())),
            new("  by name", ProjectAddress.Href(organization, new ProjectQuery { Sort = ProjectSort.Name, IsDescending = false })),
            new("Overview by a member", ConsoleUrls.Project(organization, project)),
            new("All resources of a member", ConsoleUrls.AllResources(organization)),
        ];
    }

    private static async Task MeasureAsync(ServerProcess quiet, ServerProcess counting, string email, IReadOnlyList<MeasuredPage> pages)
    {
        using var fast = await SignedInClient.SignInAsync(quiet.BaseAddress, email, BenchmarkTenant.Password);
        using var counted = await SignedInClient.SignInAsync(counting.BaseAddress, email, BenchmarkTenant.Password);
        foreach (var page in pages)
        {
            using var first = await fast.Http.GetAsync(page.Address);
            if (!first.IsSuccessStatusCode || !(await first.Content.ReadAsStringAsync()).Contains(page.Shows, StringComparison.Ordinal))
            {
                Console.WriteLine($"  {page.Name,-30} answered {(int)first.StatusCode} without what it should show");
                continue;
            }

            var figures = await TimesAsync(async () =>
            {
                using var response = await fast.Http.GetAsync(page.Address);
                await response.Content.ReadAsByteArrayAsync();
            });
            Console.WriteLine($"  {page.Name,-30} {figures.InMilliseconds()}   {await StatementsAsync(counting, counted, page.Address)} statements");
        }
    }

    // What the header's switcher asks over the circuit: the service alone, because there is no address for it.
    private static async Task SwitchAsync(BenchmarkDatabase database, BenchmarkTenant tenant, string name, string search)
    {
        var (finder, actor) = (database.Services.GetRequiredService<ProjectFinder>(), new Actor(tenant.OwnerId, BenchmarkTenant.Email, "", ""));
        var found = await finder.InOrganizationAsync(actor, tenant.OrganizationId, search);
        if (search != "" && found.All.Rows.All(row => row.Project.Slug != search))
        {
            throw new InvalidOperationException($"The switcher does not find {search}.");
        }

        var figures = await TimesAsync(() => finder.InOrganizationAsync(actor, tenant.OrganizationId, search));
        Console.WriteLine($"  {name,-30} {figures.InMilliseconds()}   {found.All.Total:N0} found");
    }

    private static async Task<Figures> TimesAsync(Func<Task> act)
    {
        var figures = new Figures();
        for (var request = -Warm; request < Requests; request++)
        {
            var since = Stopwatch.GetTimestamp();
            await act();
            if (request >= 0)
            {
                figures.Add(Stopwatch.GetElapsedTime(since));
            }
        }

        return figures;
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
        using var first = await client.Http.GetAsync(address);
        var before = Count(server);
        using var second = await client.Http.GetAsync(address);
        await second.Content.ReadAsByteArrayAsync();
        // The log is written in order, so once a later line is there, those of the page are.
        using var health = await client.Http.GetAsync("/healthz");
        return (Count(server) - before).ToString(CultureInfo.InvariantCulture);
    }

    private static int Count(ServerProcess server) => server.Output.Split("Executed DbCommand").Length - 1;

    /// <summary>A page, and a text that its answer must hold for the right thing to be measured.</summary>
    private sealed record MeasuredPage(string Name, string Address, string Shows = "</html>");
}
