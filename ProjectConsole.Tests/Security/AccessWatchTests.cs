using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using ProjectConsole.Data;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Security;

public sealed class AccessWatchTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [DatabaseTheory]
    public async Task Compare_VersionRaisedByAnotherNode_TellsThePage(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        await using var other = world.AnotherNode();
        var page = world.OpenPage();

        await RaiseAsync(other.GetRequiredService<ConsoleWriter>(), world.Owner, world.Scope);
        await world.Watch.CompareAsync(default);

        await page.ToldAsync(times: 1);
    }

    [DatabaseTheory]
    public async Task Compare_OrganizationRaisedByAnotherNode_TellsPagesOfItsProjects(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        await using var other = world.AnotherNode();
        var page = world.OpenPage();

        await other.GetRequiredService<ConsoleWriter>().WriteAsync(
            Actors.Of(world.Owner),
            CommandTarget.InOrganization(world.Scope.OrganizationId, Permissions.OrganizationUpdate, AuditActions.OrganizationChanged, CommandLock.Access),
            _ => Task.FromResult(Result.Ok));
        await world.Watch.CompareAsync(default);

        await page.ToldAsync(times: 1);
    }

    [Fact]
    public async Task Watch_VersionRaisedBetweenDecidingAndWatching_TellsThePage()
    {
        await using var world = await World.CreateAsync();
        await using var other = world.AnotherNode();

        await RaiseAsync(other.GetRequiredService<ConsoleWriter>(), world.Owner, world.Scope);
        var page = world.OpenPage();
        await world.Watch.CompareAsync(default);

        await page.ToldAsync(times: 1);
    }

    [Fact]
    public async Task Compare_ProjectIsGone_TellsThePage()
    {
        await using var world = await World.CreateAsync();
        var never = world.Decided with { Project = world.Decided.Project with { Id = Guid.CreateVersion7() } };
        var page = new Page();
        using var subscription = world.Watch.Watch(never, page.AskAsync);

        await world.Watch.CompareAsync(default);

        await page.ToldAsync(times: 1);
    }

    [Fact]
    public async Task Compare_NothingChangedOrAlreadyUpdated_TellsNobody()
    {
        await using var world = await World.CreateAsync();
        await using var other = world.AnotherNode();
        var page = world.OpenPage();

        await world.Watch.CompareAsync(default);
        await RaiseAsync(other.GetRequiredService<ConsoleWriter>(), world.Owner, world.Scope);
        var now = await world.DecideAsync();
        page.Subscription!.Update(now);
        await world.Watch.CompareAsync(default);
        await RaiseAsync(other.GetRequiredService<ConsoleWriter>(), world.Owner, world.Scope);
        await world.Watch.CompareAsync(default);

        await page.ToldAsync(times: 1);
    }

    [Fact]
    public async Task Compare_PageCouldNotAsk_TellsItAgain()
    {
        await using var world = await World.CreateAsync();
        await using var other = world.AnotherNode();
        var page = world.OpenPage(failures: 1);
        await RaiseAsync(other.GetRequiredService<ConsoleWriter>(), world.Owner, world.Scope);

        await world.Watch.CompareAsync(default);
        await page.ToldAsync(times: 1);
        await page.IdleAsync();
        await world.Watch.CompareAsync(default);

        await page.ToldAsync(times: 2);
    }

    [Fact]
    public async Task Compare_PageFailsForAnUnknownReason_IsToldAgainAndThenTakenAway()
    {
        await using var world = await World.CreateAsync();
        await using var other = world.AnotherNode();
        var page = new Page(int.MaxValue, new InvalidOperationException("nobody thought of it"));
        var lost = new TaskCompletionSource();
        using var subscription = page.Subscription = world.Watch.Watch(world.Decided, page.AskAsync, () =>
        {
            lost.TrySetResult();
            return Task.CompletedTask;
        });
        await RaiseAsync(other.GetRequiredService<ConsoleWriter>(), world.Owner, world.Scope);

        for (var time = 1; time <= AccessSubscription.MostUnknownFailures; time++)
        {
            await world.Watch.CompareAsync(default);
            await page.ToldAsync(time);
            await page.IdleAsync();
            Assert.False(lost.Task.IsCompleted);
        }

        await world.Watch.CompareAsync(default);
        await lost.Task.WaitAsync(Patience);
        Assert.Equal(AccessSubscription.MostUnknownFailures, page.Count);
    }

    [Fact]
    public async Task Raised_CommandOnThisNode_TellsThePageWithoutAskingTheDatabase()
    {
        await using var world = await World.CreateAsync();
        var page = world.OpenPage();

        await RaiseAsync(world.Database.Get<ConsoleWriter>(), world.Owner, world.Scope);

        await page.ToldAsync(times: 1);
    }

    [Fact]
    public async Task Raised_DryRun_TellsNobody()
    {
        await using var world = await World.CreateAsync();
        var page = world.OpenPage();
        var writer = world.Database.Get<ConsoleWriter>();

        await writer.WriteAccessAsync(Actors.Previewing(world.Owner), Target(world.Scope), _ => Task.FromResult(Result.Ok));
        await world.Watch.CompareAsync(default);
        await RaiseAsync(writer, world.Owner, world.Scope);

        await page.ToldAsync(times: 1);
    }

    [Fact]
    public async Task Dispose_Page_IsNotToldAndNotWatched()
    {
        await using var world = await World.CreateAsync();
        var closed = world.OpenPage();
        var open = world.OpenPage();

        closed.Subscription!.Dispose();
        await RaiseAsync(world.Database.Get<ConsoleWriter>(), world.Owner, world.Scope);
        await open.ToldAsync(times: 1);
        open.Subscription!.Dispose();

        Assert.Equal(0, closed.Count);
        Assert.Equal(0, world.Watch.Count);
    }

    [Fact]
    public async Task Expiry_OfTheEarliestGrant_TellsThePageAtThatMoment()
    {
        await using var world = await World.CreateAsync(expires: TimeSpan.FromDays(3));
        var page = world.OpenPage();

        world.Database.Clock.Advance(TimeSpan.FromDays(2));
        var before = page.Count;
        var decided = await world.Database.Get<AccessControl>().OpenProjectAsync(Actors.Of(world.Member), "acme", "vision");
        world.Database.Clock.Advance(TimeSpan.FromDays(1));

        await page.ToldAsync(times: 1);
        Assert.Equal(0, before);
        Assert.NotNull(decided);
        Assert.Null(await world.Database.Get<AccessControl>().OpenProjectAsync(Actors.Of(world.Member), "acme", "vision"));
    }

    [Fact]
    public async Task Execute_DatabaseFailsForAWhile_GoesOnAskingAndTells()
    {
        await using var world = await World.CreateAsync();
        await using var other = world.AnotherNode();
        var failing = new FailingDatabases(world.Database.Get<IDbContextFactory<ConsoleDbContext>>(), failures: 2);
        using var watch = new AccessWatch(failing, new AccessSignals(), world.Database.Clock, NullLogger<AccessWatch>.Instance);
        var page = new Page();
        using var subscription = watch.Watch(world.Decided, page.AskAsync);
        await RaiseAsync(other.GetRequiredService<ConsoleWriter>(), world.Owner, world.Scope);

        await watch.StartAsync(default);
        // As long as it takes: on a busy machine the watch is late for any number of ticks.
        var since = TimeProvider.System.GetTimestamp();
        while (page.Count == 0 && TimeProvider.System.GetElapsedTime(since) < Patience)
        {
            world.Database.Clock.Advance(AccessWatch.Pace);
            await Task.Yield();
        }

        // A page that does not ask again stays behind, so a tick that was already on its way may tell it once more.
        await page.ToldAsync();
        await watch.StopAsync(default);
        Assert.True(failing.Failed >= 2);
    }

    [DatabaseTheory]
    public async Task Execute_TwoNodesOnOneDatabase_TheOtherIsToldWithinASecond(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        await using var first = world.AnotherNode(realTime: true);
        await using var second = world.AnotherNode(realTime: true);
        var watch = second.GetRequiredService<AccessWatch>();
        var page = new Page();
        using var subscription = watch.Watch(world.Decided, page.AskAsync);
        await ((IHostedService)watch).StartAsync(default);

        await RaiseAsync(first.GetRequiredService<ConsoleWriter>(), world.Owner, world.Scope);
        var committed = TimeProvider.System.GetTimestamp();
        await page.ToldAsync(times: 1);

        var took = TimeProvider.System.GetElapsedTime(committed);
        await ((IHostedService)watch).StopAsync(default);
        Assert.True(took < TimeSpan.FromSeconds(1), $"It took {took}.");
    }

    private static CommandTarget Target(ProjectScope scope) =>
        CommandTarget.InProject(scope, Permissions.CollaboratorsRemove, AuditActions.CollaboratorRemoved, CommandLock.Access);

    private static async Task RaiseAsync(ConsoleWriter writer, User actor, ProjectScope scope)
    {
        var result = await writer.WriteAsync(Actors.Of(actor), Target(scope), _ => Task.FromResult(Result.Ok));
        Assert.True(result.Succeeded, result.Error?.Message);
    }

    private sealed class World(TestDatabase database, User owner, User member, ProjectAccess decided) : IAsyncDisposable
    {
        public TestDatabase Database { get; } = database;

        public User Owner { get; } = owner;

        public User Member { get; } = member;

        public ProjectAccess Decided { get; } = decided;

        public ProjectScope Scope => Decided.Scope;

        public AccessWatch Watch => Database.Get<AccessWatch>();

        public static async Task<World> CreateAsync(DatabaseKind kind = DatabaseKind.Sqlite, TimeSpan? expires = null)
        {
            var database = await TestDatabase.CreateAsync(kind);
            var acme = await Given.OrganizationAsync(database);
            var member = await acme.MemberAsync("member");
            var vision = await acme.ProjectAsync("vision");
            await acme.GrantAsync(vision, member, ProjectRole.Developer, database.Clock.UtcNow + expires);
            var decided = await database.Get<AccessControl>().OpenProjectAsync(Actors.Of(member), "acme", "vision");
            return new World(database, acme.Owner, member, decided!);
        }

        public Page OpenPage(int failures = 0)
        {
            var page = new Page(failures);
            page.Subscription = Watch.Watch(Decided, page.AskAsync);
            return page;
        }

        public async Task<ProjectAccess> DecideAsync() =>
            (await Database.Get<AccessControl>().OpenProjectAsync(Actors.Of(Member), "acme", "vision"))!;

        public ServiceProvider AnotherNode(bool realTime = false)
        {
            var services = new ServiceCollection();
            Database.AddTo(services);
            if (realTime)
            {
                services.AddSingleton(TimeProvider.System);
            }

            return services.BuildServiceProvider();
        }

        public ValueTask DisposeAsync() => Database.DisposeAsync();
    }

    /// <summary>Counts how often it was told; fails at first where the test asks for that.</summary>
    private sealed class Page(int failures = 0, Exception? failure = null)
    {
        private readonly Channel<int> _told = Channel.CreateUnbounded<int>();
        private int _awaited;
        private int _count;

        public AccessSubscription? Subscription { get; set; }

        public int Count => Volatile.Read(ref _count);

        public Task AskAsync()
        {
            var number = Interlocked.Increment(ref _count);
            _told.Writer.TryWrite(number);
            return number <= failures ? throw failure ?? new SqliteException("busy", 5) : Task.CompletedTask;
        }

        public Task<int> ToldAsync() => _told.Reader.ReadAsync().AsTask().WaitAsync(Patience);

        public async Task ToldAsync(int times)
        {
            for (; _awaited < times; _awaited++)
            {
                await _told.Reader.ReadAsync().AsTask().WaitAsync(Patience);
            }

            Assert.Equal(times, Count);
        }

        /// <summary>Waits until its subscription is ready to ask again.</summary>
        public async Task IdleAsync()
        {
            for (var turn = 0; Subscription!.IsAsking && turn < 10_000; turn++)
            {
                await Task.Yield();
            }

            Assert.False(Subscription!.IsAsking);
        }
    }

    private sealed class FailingDatabases(IDbContextFactory<ConsoleDbContext> real, int failures) : IDbContextFactory<ConsoleDbContext>
    {
        public int Failed { get; private set; }

        public ConsoleDbContext CreateDbContext()
        {
            if (Failed < failures)
            {
                Failed++;
                throw new SqliteException("disk I/O error", 10);
            }

            return real.CreateDbContext();
        }
    }
}
