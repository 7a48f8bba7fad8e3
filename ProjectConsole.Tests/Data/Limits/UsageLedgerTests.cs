using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data.Limits;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Limits;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Data.Limits;

public sealed class UsageLedgerTests
{
    private static readonly ResourceKind Cluster = ResourceKinds.Get("cluster");
    private static readonly ResourceSpec Spec = ResourceSpec.Parse("""{"nodes":2,"gpus":4,"cpu-cores":32,"memory":256}""");

    // No row of usage is there at first, so that making it is raced for too.
    [DatabaseTheory]
    public async Task Add_ManyAtOnceWithRoomForSome_ExactlySoManyPass(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        await world.LimitAsync(Metric.Gpus, 5 * 8);

        var results = await World.AtOnceAsync(Enumerable.Range(0, 16).Select(number => (Func<Task<Result>>)(() => world.CreateAsync($"c-{number}"))));

        Assert.Equal(5, results.Count(result => result.Succeeded));
        Assert.All(results.Where(result => !result.Succeeded), result =>
        {
            var refusal = Assert.IsType<LimitReached>(result.Error);
            Assert.Equal((Metric.Gpus, 8L, 40L, 40L), (refusal.Metric, refusal.Asked, refusal.Used, refusal.Limit.Amount));
        });
        Assert.Equal((5, 40, 320, 2560), await world.UsedAsync());
        await world.AssertProvenAsync();
    }

    [DatabaseTheory]
    public async Task Add_FirstOnesAtOnceWithRoomForOne_OnePasses(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        await world.LimitAsync(Cluster.Count, 1);

        var results = await World.AtOnceAsync(Enumerable.Range(0, 8).Select(number => (Func<Task<Result>>)(() => world.CreateAsync($"c-{number}"))));

        Assert.Single(results, result => result.Succeeded);
        Assert.All(results.Where(result => !result.Succeeded), result => Assert.Equal(1, Assert.IsType<LimitReached>(result.Error).Used));
        Assert.Equal((1, 8, 64, 512), await world.UsedAsync());
        await world.AssertProvenAsync();
    }

    [DatabaseTheory]
    public async Task Add_WhileOthersGiveBack_NeverMoreThanTheLimitAndNothingLost(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        await world.LimitAsync(Metric.CpuCores, 6 * 64);
        for (var number = 0; number < 6; number++)
        {
            Assert.True((await world.CreateAsync($"old-{number}")).Succeeded);
        }

        var deletions = Enumerable.Range(0, 4).Select(number => (Func<Task<Result>>)(() => world.DeleteAsync($"old-{number}")));
        var additions = Enumerable.Range(0, 12).Select(number => (Func<Task<Result>>)(() => world.CreateAsync($"new-{number}")));
        var results = await World.AtOnceAsync(deletions.Zip(additions.Chunk(3)).SelectMany(pair => pair.Second.Append(pair.First)));

        var made = results.Count(result => result.Succeeded) - 4;
        Assert.InRange(made, 0, 4);
        Assert.Equal(2 + made, (await world.UsedAsync()).Clusters);
        for (var number = 0; number < 4 - made; number++)
        {
            Assert.True((await world.CreateAsync($"later-{number}")).Succeeded);
        }

        Assert.IsType<LimitReached>((await world.CreateAsync("one-too-many")).Error);
        await world.AssertProvenAsync();
    }

    [DatabaseTheory]
    public async Task Add_LimitLoweredBelowUse_KeepsWhatIsThereGivesBackAndRefusesMore(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        foreach (var name in (string[])["a", "b"])
        {
            Assert.True((await world.CreateAsync(name)).Succeeded);
        }

        await world.LimitAsync(Metric.Memory, 512);
        Assert.Equal(1024, Assert.IsType<LimitReached>((await world.CreateAsync("c")).Error).Used);
        Assert.True((await world.DeleteAsync("a")).Succeeded);
        Assert.IsType<LimitReached>((await world.CreateAsync("c")).Error);
        Assert.True((await world.DeleteAsync("b")).Succeeded);
        Assert.True((await world.CreateAsync("c")).Succeeded);
        await world.AssertProvenAsync();
    }

    [DatabaseTheory]
    public async Task Add_OneMetricDoesNotFit_NothingOfTheOthersStays(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        await world.LimitAsync(Cluster.Count, 0);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.IsType<LimitReached>((await world.CreateAsync("c")).Error));
    }

    [DatabaseTheory]
    public async Task Add_ForOneOwner_LeavesTheNeighbourAlone(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        await world.LimitAsync(Cluster.Count, 1);
        var neighbour = await world.Acme.ProjectAsync("neighbour");

        Assert.True((await world.CreateAsync("c", neighbour)).Succeeded);
        Assert.True((await world.CreateAsync("d", neighbour)).Succeeded);
        Assert.True((await world.CreateAsync("c")).Succeeded);

        Assert.Equal((1, 8, 64, 512), await world.UsedAsync());
    }

    [DatabaseTheory]
    public async Task Reconcile_WrongNumbers_AreReportedByTheDryRunAndMendedOnce(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        Assert.True((await world.CreateAsync("c")).Succeeded);
        await using (var db = world.Database.Open())
        {
            await db.Usages.Where(row => row.Metric == "gpus").ExecuteUpdateAsync(set => set.SetProperty(row => row.Used, 3));
            await db.Usages.Where(row => row.Metric == "memory").ExecuteDeleteAsync();
        }

        var reconciliation = world.Database.Get<UsageReconciliation>();
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.Equal(
            [new("churn", world.Churn.Id, "gpus", 3, 8), new UsageDifference("churn", world.Churn.Id, "memory", 0, 512)], await reconciliation.RunAsync(mends: false)));

        Assert.Equal(2, (await reconciliation.RunAsync(mends: true)).Count);

        Assert.Equal((1, 8, 64, 512), await world.UsedAsync());
        await world.AssertProvenAsync();
        var entry = await world.Database.ReadAsync(db => db.AuditEntries.SingleAsync(entry => entry.Action == AuditActions.UsageMended));
        Assert.Equal((AuditActorKind.System, world.Churn.Id, """{"gpus":3,"memory":0}""", """{"gpus":8,"memory":512}"""), (entry.ActorKind, entry.ProjectId, entry.Before, entry.After));
    }

    [DatabaseTheory]
    public async Task Reconcile_WhileOthersAdd_FindsNothingWrong(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        var found = new List<UsageDifference>();

        var results = await World.AtOnceAsync([.. Enumerable.Range(0, 6).Select(number => (Func<Task<Result>>)(() => world.CreateAsync($"c-{number}"))), async () =>
        {
            found.AddRange(await world.Database.Get<UsageReconciliation>().RunAsync(mends: true));
            return Result.Ok;
        }]);

        Assert.All(results, result => Assert.True(result.Succeeded));
        Assert.Empty(found);
        await world.AssertProvenAsync();
    }

    private sealed record World(TestDatabase Database, GivenOrganization Acme, Project Churn) : IAsyncDisposable
    {
        public static async Task<World> CreateAsync(DatabaseKind kind)
        {
            var database = await TestDatabase.CreateAsync(kind);
            var acme = await Given.OrganizationAsync(database);
            // The defaults are out of the way: each test sets the limit that it is about.
            foreach (var metric in (Metric[])[Metric.CpuCores, Metric.Gpus, Metric.Memory, Cluster.Count])
            {
                await database.AddAsync(new Limit(LimitScope.Organization, acme.Id, acme.Id, metric, 1_000_000, acme.Owner.Id, "", database.Clock.UtcNow));
            }

            return new World(database, acme, await acme.ProjectAsync("churn"));
        }

        public async Task LimitAsync(Metric metric, long amount) =>
            await Database.AddAsync(new Limit(LimitScope.Project, Acme.Id, Churn.Id, metric, amount, Acme.Owner.Id, "", Database.Clock.UtcNow));

        public Task<Result> CreateAsync(string name, Project? project = null) => WriteAsync(project ?? Churn, async (command, owner) =>
        {
            var resource = new Resource(owner, Cluster, name, Spec, command.Actor.UserId, command.Actor.Name, command.NowUtc);
            command.Db.Resources.Add(resource);
            return await Ledger.AddAsync(command.Db, owner, ResourceUse.Of(Cluster, Spec, resource.State), default) is { } full ? full : Result.Ok;
        });

        public Task<Result> DeleteAsync(string name) => WriteAsync(Churn, async (command, owner) =>
        {
            var resource = await command.Db.Resources.SingleAsync(resource => resource.OwnerId == owner.Id && resource.Name == name);
            command.Db.Resources.Remove(resource);
            var less = ResourceUse.Of(Cluster, Spec, resource.State).ToDictionary(use => use.Key, use => -use.Value);
            Assert.Null(await Ledger.AddAsync(command.Db, owner, less, default));
            return Result.Ok;
        });

        // They start together, or the first would be done before the last begins.
        public static async Task<IReadOnlyList<Result>> AtOnceAsync(IEnumerable<Func<Task<Result>>> commands)
        {
            var all = commands.ToList();
            var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var running = all.Select(command => Task.Run(async () =>
            {
                await start.Task;
                return await command();
            })).ToList();
            start.SetResult();
            return await Task.WhenAll(running);
        }

        public async Task<(long Clusters, long Gpus, long Cores, long Memory)> UsedAsync()
        {
            var used = await Database.ReadAsync(db => db.Usages.Where(row => row.OwnerId == Churn.Id).ToDictionaryAsync(row => row.Metric, row => row.Used));
            return (used["cluster"], used["gpus"], used["cpu-cores"], used["memory"]);
        }

        public async Task AssertProvenAsync() => Assert.Empty(await Database.Get<UsageReconciliation>().RunAsync(mends: false));

        public ValueTask DisposeAsync() => Database.DisposeAsync();

        private UsageLedger Ledger => Database.Get<UsageLedger>();

        private Task<Result> WriteAsync(Project project, Func<Command, ResourceOwner, Task<Result>> body)
        {
            var scope = Acme.Scope(project);
            return Database.Get<ConsoleWriter>().WriteAsync(
                Actors.Of(Acme.Owner), CommandTarget.InProject(scope, Permissions.ProjectUpdate, AuditActions.ProjectChanged, CommandLock.Shared),
                command => body(command, ResourceOwner.Of(scope)));
        }
    }
}
