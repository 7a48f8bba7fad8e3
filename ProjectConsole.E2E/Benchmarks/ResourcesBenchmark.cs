using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Resources;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.E2E.Benchmarks;

/// <summary>
/// What it takes to read resources where there are many, in an ordinary project and in one with a tenth of all, and how many are
/// made in a second within limits.
/// </summary>
internal static class ResourcesBenchmark
{
    private const int Calls = 100;
    private const int Warm = 10;
    private const int Writers = 16;
    private const double Goal = 50;
    private static readonly TimeSpan TooLong = TimeSpan.FromMilliseconds(20);

    public static async Task RunAsync(string[] arguments)
    {
        var (scale, only) = (BenchmarkArguments.Scale(arguments), BenchmarkArguments.Only(arguments));
        using var statements = new StatementCount();
        foreach (var provider in BenchmarkArguments.Databases(arguments))
        {
            await using var database = await BenchmarkDatabase.CreateAsync(provider, BenchmarkArguments.Keep(arguments));
            var (since, projects) = (Stopwatch.GetTimestamp(), Math.Max(50, (int)(1_000 * scale)));
            var (count, inLargest) = ((int)(1_000_000 * scale), (int)(100_000 * scale));
            var tenant = database.IsFilled
                ? await BenchmarkTenant.FindAsync(database)
                : await BenchmarkTenant.CreateAsync(database, users: 1_000, projects, grants: 10 * projects, inLargest: 100, auditEntries: 0);
            var resources = database.IsFilled ? await BenchmarkResources.FindAsync(database, tenant, count, inLargest) : await BenchmarkResources.AddAsync(database, tenant, count, inLargest);
            Console.WriteLine($"{provider}: {count:N0} resources in {projects:N0} projects, {inLargest:N0} of them in one, {(database.IsFilled ? "kept" : $"written in {Stopwatch.GetElapsedTime(since).TotalSeconds:N0} s")}");
            await using var services = database.OpenNode(added => added.AddResourcesFeature());
            await ReadAsync(services, tenant, resources, only, statements);
            if ("Creation".Contains(only, StringComparison.OrdinalIgnoreCase))
            {
                await CreateAsync(services, tenant, Math.Max(20, (int)(2_000 * scale)), statements);
            }
        }
    }

    private static async Task ReadAsync(ServiceProvider services, BenchmarkTenant tenant, BenchmarkResources resources, string only, StatementCount statements)
    {
        var (owner, random) = (new Actor(tenant.OwnerId, BenchmarkTenant.Email, "", ""), new Random(1));
        var (cleanup, all) = (services.GetRequiredService<CleanupService>(), services.GetRequiredService<AllResourcesService>());
        var (lists, details) = (services.GetRequiredService<ResourceListService>(), services.GetRequiredService<ResourceDetailService>());
        var (largest, runs) = (ResourceOwner.Of(tenant.Scope(0)), ResourceKinds.Get("run"));
        ResourceOwner Anywhere() => ResourceOwner.Of(tenant.Scope(1 + random.Next(tenant.Projects.Count - 1)));
        async Task<bool> Done<T>(Task<Result<T>> call) => (await call).Succeeded;
        Task<bool> Runs(ResourceQuery query) => Done(lists.ListAsync(owner, largest, runs, query));
        Task<bool> Detail((int Project, string Kind, string Name) of) => Done(details.GetAsync(owner, ResourceOwner.Of(tenant.Scope(of.Project)), ResourceKinds.Get(of.Kind), of.Name));

        Task<bool> Everywhere(Actor who, AllResourcesQuery query) => Done(all.ListAsync(who, tenant.OrganizationId, query));

        (string Name, Func<Task<bool>> Call)[] calls =
        [
            ("Overview", () => Done(lists.OverviewAsync(owner, Anywhere()))),
            ("Overview of the largest", () => Done(lists.OverviewAsync(owner, largest))),
            ("List", () => Done(lists.ListAsync(owner, Anywhere(), runs, new ResourceQuery()))),
            ("List, largest", () => Runs(new ResourceQuery())),
            ("  search that finds some", () => Runs(new ResourceQuery { Search = $"{random.Next(10, 99)}" })),
            ("  search that finds none", () => Runs(new ResourceQuery { Search = "no-such-run" })),
            ("  state", () => Runs(new ResourceQuery { State = "failed" })),
            ("  label", () => Runs(new ResourceQuery { Label = $"team-{random.Next(12)}" })),
            ("  label that none has", () => Runs(new ResourceQuery { Label = "nobody" })),
            ("  creator", () => Runs(new ResourceQuery { CreatedBy = tenant.Users[random.Next(Math.Min(200, tenant.Users.Count))] })),
            ("  creator who made none", () => Runs(new ResourceQuery { CreatedBy = tenant.OwnerId })),
            ("  by state", () => Runs(new ResourceQuery { Sort = ResourceSort.State })),
            ("  newest", () => Runs(new ResourceQuery { Sort = ResourceSort.Created })),
            ("  last used", () => Runs(new ResourceQuery { Sort = ResourceSort.LastUsed })),
            ("  unused longest", () => Runs(new ResourceQuery { Sort = ResourceSort.LastUsed, IsReversed = true })),
            ("  page 200", () => Runs(new ResourceQuery { Page = new PageRequest(200, null) })),
            ("  page 200 of the last used", () => Runs(new ResourceQuery { Sort = ResourceSort.LastUsed, Page = new PageRequest(200, null) })),
            ("Detail", () => Detail(resources.Some[random.Next(resources.Some.Count)])),
            ("Detail of what many name", () => Detail((0, "pipeline", BenchmarkResources.Pipeline))),
            ("Clean-up", () => Done(cleanup.ListAsync(owner, Anywhere(), new CleanupQuery()))),
            ("Clean-up of the largest", () => Done(cleanup.ListAsync(owner, largest, new CleanupQuery()))),
            ("  failed", () => Done(cleanup.ListAsync(owner, largest, new CleanupQuery { Reason = CleanupReason.Failed }))),
            ("  creator gone", () => Done(cleanup.ListAsync(owner, largest, new CleanupQuery { IsCreatorGone = true }))),
            ("All resources", () => Everywhere(owner, new AllResourcesQuery())),
            ("  of a kind", () => Everywhere(owner, new AllResourcesQuery { Kind = "cluster" })),
            ("  of a project", () => Everywhere(owner, new AllResourcesQuery { Project = tenant.Last.Slug })),
            ("  by name", () => Everywhere(owner, new AllResourcesQuery { Sort = AllResourcesSort.Name })),
            ("  newest", () => Everywhere(owner, new AllResourcesQuery { Sort = AllResourcesSort.Created })),
            ("  failed", () => Everywhere(owner, new AllResourcesQuery { State = "failed" })),
            ("  search that finds some", () => Everywhere(owner, new AllResourcesQuery { Search = $"{random.Next(10, 99)}" })),
            ("  label", () => Everywhere(owner, new AllResourcesQuery { Label = $"team-{random.Next(12)}" })),
            ("  label that none has", () => Everywhere(owner, new AllResourcesQuery { Label = "nobody" })),
            ("  of a member", () => Everywhere(new Actor(tenant.Users[random.Next(tenant.Users.Count)], "person@acme.test", "", ""), new AllResourcesQuery())),
            ("Choices of a field", () => Done(details.ChoicesAsync(owner, largest, runs.Field("pipeline")!, "1"))),
        ];
        foreach (var (name, call) in calls.Where(call => call.Name.Contains(only, StringComparison.OrdinalIgnoreCase)))
        {
            await MeasureAsync(name, call, statements);
        }
    }

    private static async Task MeasureAsync(string name, Func<Task<bool>> call, StatementCount statements)
    {
        var (figures, done) = (new Figures(), 0);
        for (var round = -Warm; round < Calls; round++)
        {
            var since = Stopwatch.GetTimestamp();
            var succeeded = await call();
            if (round >= 0)
            {
                figures.Add(Stopwatch.GetElapsedTime(since));
                done += succeeded ? 1 : 0;
            }
        }

        var (count, slow) = await statements.OfAsync(call, TooLong);
        var verdict = done < Calls ? $"only {done} of {Calls} answered" : figures.Percentile(0.95) > Goal ? $"over {Goal:N0} ms" : "";
        Console.WriteLine($"  {name,-30} p50 {figures.Percentile(0.5),8:N2} ms   p95 {figures.Percentile(0.95),8:N2} ms   {count,3} statements   {verdict}");
        foreach (var (time, text) in slow)
        {
            Console.WriteLine($"    {time.TotalMilliseconds:N0} ms: {text}");
        }
    }

    // Jobs use four metrics each, so four limits are asked and four rows of usage changed.
    private static async Task CreateAsync(ServiceProvider services, BenchmarkTenant tenant, int each, StatementCount statements)
    {
        // Until the code is compiled for good, at every scale: by then a creation takes half of what the first hundred take.
        await WriteAsync(services, tenant, tenant.Projects.Count - 1, 1_000, "warm");
        Console.WriteLine($"  Creation: {(await statements.OfAsync(() => WriteAsync(services, tenant, 1, 1, "counted"), TooLong)).Count} statements");
        Tell("one writer", await TimedAsync(() => WriteAsync(services, tenant, 1, each, "alone")));
        Tell("16 writers in one project", await TimedAsync(() => AllAsync(writer => WriteAsync(services, tenant, 2, each / Writers, $"together-{writer}"))));
        Tell("16 writers in 16 projects", await TimedAsync(() => AllAsync(writer => WriteAsync(services, tenant, 3 + writer, each / Writers, $"apart-{writer}"))));

        static void Tell(string who, (Figures Figures, TimeSpan Time, TimeSpan Processor) made) => Console.WriteLine(
            $"  Creation, {who,-26} {made.Figures.Count / made.Time.TotalSeconds,6:N0} per second   {made.Processor.TotalMilliseconds / made.Figures.Count,5:N2} ms of processor each   {made.Figures.InMilliseconds()}");
    }

    private static async Task<Figures> AllAsync(Func<int, Task<Figures>> write)
    {
        var all = new Figures();
        all.Add(await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => write(writer)))));
        return all;
    }

    // The time of the processor as well: on a machine that others use too, it differs less from one run to the next.
    private static async Task<(Figures Figures, TimeSpan Time, TimeSpan Processor)> TimedAsync(Func<Task<Figures>> write)
    {
        var (since, processor) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        return (await write(), Stopwatch.GetElapsedTime(since), Environment.CpuUsage.TotalTime - processor);
    }

    private static async Task<Figures> WriteAsync(ServiceProvider services, BenchmarkTenant tenant, int project, int count, string names)
    {
        var (figures, owner, jobs) = (new Figures(), new Actor(tenant.OwnerId, BenchmarkTenant.Email, "", ""), ResourceKinds.Get("job"));
        var (resources, place) = (services.GetRequiredService<ResourcesService>(), ResourceOwner.Of(tenant.Scope(project)));
        // A kept database has those of the runs before.
        names = $"{names}-{Guid.NewGuid().ToString("N")[..8]}";
        for (var number = 0; number < count; number++)
        {
            var fields = new JsonObject { ["command"] = "python train.py", ["cpu-cores"] = 1L, ["memory"] = 2L, ["gpus"] = 1L };
            var since = Stopwatch.GetTimestamp();
            var made = await resources.CreateAsync(owner, place, jobs, new ResourceDraft($"{names}-{number}", "", number % 4 == 0 ? ["nightly", "team-3"] : [], fields));
            figures.Add(Stopwatch.GetElapsedTime(since));
            if (!made.Succeeded)
            {
                throw new InvalidOperationException(made.Error.Message);
            }
        }

        return figures;
    }
}
