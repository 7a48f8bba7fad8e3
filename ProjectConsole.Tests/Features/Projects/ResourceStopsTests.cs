using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Projects;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Projects;

public sealed class ResourceStopsTests
{
    [DatabaseTheory]
    public async Task DeleteAsync_SomethingRuns_IsRefusedNamingAllOfItByKind(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.Equal(
            "churn still holds what runs: Clusters gpu-1, gpu-2; Job resize; Endpoint serve. Stop it first, or tick “Stop what runs”.",
            Assert.IsType<ResourcesRunning>((await world.Life.DeleteAsync(world.Owner, world.Scope, "churn")).Error).Message));
    }

    [DatabaseTheory]
    public async Task DeleteAsync_WithStopping_StopsGivesBackAndRestoreFindsAllOfIt(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);

        Assert.True((await world.Life.DeleteAsync(world.Owner, world.Scope, "churn", stopsRunning: true)).Succeeded);

        await world.AssertStoppedAsync("because the project was deleted", AuditActions.ProjectDeleted);
        Assert.True((await world.Life.RestoreAsync(world.Owner, world.Scope)).Succeeded);
        Assert.Equal(7, await world.Database.ReadAsync(db => db.Resources.CountAsync(resource => resource.ProjectId == world.Churn.Id)));
        await world.AssertStoppedAsync("because the project was deleted", AuditActions.ProjectDeleted);
    }

    [DatabaseTheory]
    public async Task SuspendAsync_SomethingRuns_TellsItToStopAndThePreviewChangesNothing(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            Assert.True((await world.Life.PreviewSuspendAsync(world.Owner, world.Scope)).Succeeded);
            Assert.Equal(
                [("Clusters", 2), ("Job", 1), ("Endpoint", 1)],
                (await world.Inventories.ListRunningAsync(world.Owner, world.Scope)).Value.Select(running => (running.Title, running.Names.Count)));
        });

        Assert.True((await world.Life.SuspendAsync(world.Owner, world.Scope)).Succeeded);

        await world.AssertStoppedAsync("because the project was suspended", AuditActions.ProjectSuspended);
        Assert.Empty((await world.Inventories.ListRunningAsync(world.Owner, world.Scope)).Value);
    }

    [DatabaseTheory]
    public async Task ListRunningAsync_WithoutThePermissionOrFromOutside_IsRefused(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        var manager = await world.Acme.MemberAsync("manager");
        await world.Acme.GrantAsync(world.Churn, manager, ProjectRole.Manager);
        var stranger = await Given.UserAsync(world.Database, "stranger@else.test");

        Assert.IsType<Forbidden>((await world.Inventories.ListRunningAsync(Actors.Of(manager), world.Scope)).Error);
        Assert.IsType<NotFound>((await world.Inventories.ListRunningAsync(Actors.Of(stranger), world.Scope)).Error);
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            Assert.IsType<Forbidden>((await world.Life.DeleteAsync(Actors.Of(manager), world.Scope, "churn", stopsRunning: true)).Error);
            Assert.IsType<NotFound>((await world.Life.DeleteAsync(Actors.Of(stranger), world.Scope, "churn", stopsRunning: true)).Error);
        });
    }

    [DatabaseTheory]
    public async Task InventoryAsync_SomethingRuns_NamesItBesideEveryKindWithItsCount(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);

        var inventory = (await world.Inventories.InventoryAsync(world.Owner, world.Scope)).Value;

        Assert.Equal([("Clusters", 3), ("Job", 1), ("Endpoint", 1), ("Buckets", 2)], inventory.Kinds.Select(each => (each.Title, each.Count)));
        Assert.Equal(["gpu-1", "gpu-2", "resize", "serve"], inventory.Running.SelectMany(running => running.Names));
        Assert.Equal(0, inventory.SharesGiven);
    }

    [DatabaseTheory]
    public async Task InventoryAsync_SharesGiven_AreCountedAndEndedOnesNot(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        var resources = await world.Database.ReadAsync(db => db.Resources.Where(row => row.OwnerId == world.Churn.Id).OrderBy(row => row.Name).Take(3).ToListAsync());
        ResourceShare Share(Resource resource) => new(resource, world.Neighbour.Id, null, ShareLevel.View, world.Acme.Owner.Id, "owner", world.Database.Clock.UtcNow);
        var (pending, ended) = (Share(resources[0]), Share(resources[1]));
        ended.Enter(ShareState.Ended, "owner", world.Database.Clock.UtcNow);
        await world.Database.AddAsync(pending, ended);
        await world.Database.ChangeAsync<Resource>(resource => resource.ShowToOrganization(true), resources[2].Id);

        Assert.Equal(2, (await world.Inventories.InventoryAsync(world.Owner, world.Scope)).Value.SharesGiven);
    }

    [DatabaseTheory]
    public async Task DeleteAsync_RefusedByAnotherRule_StopsNothing(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
            Assert.IsType<Invalid>((await world.Life.DeleteAsync(world.Owner, world.Scope, "chrun", stopsRunning: true)).Error));
    }

    private sealed record World(TestDatabase Database, GivenOrganization Acme, Project Churn, Project Neighbour) : IAsyncDisposable
    {
        public ProjectScope Scope => Acme.Scope(Churn);

        public Actor Owner => Actors.Of(Acme.Owner);

        public ProjectLifeService Life => Database.Get<ProjectLifeService>();

        public ProjectInventoryService Inventories => Database.Get<ProjectInventoryService>();

        public static async Task<World> CreateAsync(DatabaseKind kind)
        {
            var database = await ProjectsTest.DatabaseAsync(kind);
            var acme = await Given.OrganizationAsync(database);
            var world = new World(database, acme, await acme.ProjectAsync("churn"), await acme.ProjectAsync("neighbour"));
            await world.AddAsync(world.Churn, "cluster", "gpu-1", "running", """{"nodes":1,"gpus":8,"cpu-cores":64,"memory":512}""");
            await world.AddAsync(world.Churn, "cluster", "gpu-2", "running", """{"nodes":1,"gpus":8,"cpu-cores":64,"memory":512}""");
            await world.AddAsync(world.Churn, "cluster", "resting", "stopped", "{}");
            await world.AddAsync(world.Churn, "job", "resize", "running", """{"gpus":1,"cpu-cores":4,"memory":16}""");
            await world.AddAsync(world.Churn, "endpoint", "serve", "degraded", "{}");
            await world.AddAsync(world.Churn, "bucket", "one", "ready", "{}");
            await world.AddAsync(world.Churn, "bucket", "two", "ready", "{}");
            await world.AddAsync(world.Neighbour, "job", "elsewhere", "running", """{"gpus":1}""");
            await database.Get<UsageReconciliation>().RunAsync(mends: true);
            return world;
        }

        public async Task AssertStoppedAsync(string because, string action)
        {
            var states = await Database.ReadAsync(db => db.Resources.ToDictionaryAsync(resource => resource.Name, resource => resource.State));
            Assert.Equal(("stopped", "stopped", "stopped", "cancelled", "stopped", "ready", "running"),
                (states["gpu-1"], states["gpu-2"], states["resting"], states["resize"], states["serve"], states["one"], states["elsewhere"]));
            var changes = await Database.ReadAsync(db => db.ResourceStateChanges.OrderBy(change => change.Id).ToListAsync());
            Assert.Equal(4, changes.Count);
            Assert.All(changes, change => Assert.Equal((because, "owner@acme.test"), (change.Because, change.ByName)));

            // The cancelled job is over and gives back its machine; the stopped clusters keep theirs.
            var used = await Database.ReadAsync(db => db.Usages.Where(usage => usage.OwnerId == Churn.Id).ToDictionaryAsync(usage => usage.Metric, usage => usage.Used));
            Assert.Equal((16, 128, 3, 1), (used["gpus"], used["cpu-cores"], used["cluster"], used["job"]));
            Assert.Empty(await Database.Get<UsageReconciliation>().RunAsync(mends: false));
            var entry = await Database.ReadAsync(db => db.AuditEntries.SingleAsync(entry => entry.Action == action));
            Assert.Contains("""
                "stopped":{"cluster":2,"endpoint":1,"job":1}
                """.Trim(), entry.After, StringComparison.Ordinal);
        }

        public ValueTask DisposeAsync() => Database.DisposeAsync();

        private async Task AddAsync(Project project, string kind, string name, string state, string spec)
        {
            var resource = new Resource(ResourceOwner.Of(Acme.Scope(project)), ResourceKinds.Get(kind), name, ResourceSpec.Parse(spec), Acme.Owner.Id, Acme.Owner.Email!, Database.Clock.UtcNow);
            resource.Enter(state, Database.Clock.UtcNow);
            await Database.AddAsync(resource);
        }
    }
}
