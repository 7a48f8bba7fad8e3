using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using ProjectConsole.Data;
using ProjectConsole.Data.Providers;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Security;

public sealed class AuditSealerTests
{
    [DatabaseTheory]
    public async Task Flush_WritersAndTwoNodesAtOnce_NumberEachChainWithoutGapOrDouble(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var other = database.OpenNode();
        Guid?[] chains = [Guid.NewGuid(), Guid.NewGuid(), null];
        const int writers = 4, each = 30;
        var isWriting = true;

        var sealing = new[] { database, other }.Select(node => Task.Run(async () =>
        {
            while (Volatile.Read(ref isWriting))
            {
                await node.Get<AuditSealer>().FlushAsync();
            }
        })).ToList();
        await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
        {
            for (var number = 0; number < each; number++)
            {
                await WriteAsync(database, 1, chains[(writer + number) % chains.Length]);
            }
        })));
        Volatile.Write(ref isWriting, false);
        await Task.WhenAll(sealing);
        await database.Get<AuditSealer>().FlushAsync();

        foreach (var chain in chains)
        {
            var numbers = await database.ReadAsync(db => db.AuditEntries.Where(entry => entry.OrganizationId == chain).OrderBy(entry => entry.SealNumber).Select(entry => entry.SealNumber).ToListAsync());
            Assert.Equal(Enumerable.Range(1, writers * each / chains.Length).Select(number => (long?)number), numbers);
            Assert.Equal((numbers.Count, null), (await VerifyAsync(database, chain)).Told());
        }
    }

    [DatabaseTheory]
    public async Task Flush_MoreThanABatch_SealsAllOfItInTheOrderOfWriting(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await WriteAsync(database, 600, null);

        await database.Get<AuditSealer>().FlushAsync();

        Assert.Equal((600, null), (await VerifyAsync(database, null)).Told());
        var order = await database.ReadAsync(db => db.AuditEntries.OrderBy(entry => entry.Id).Select(entry => entry.SealNumber).ToListAsync());
        Assert.Equal(Enumerable.Range(1, 600).Select(number => (long?)number), order);
    }

    [DatabaseTheory]
    public async Task Flush_EndsBetweenWritingAndCommitting_LeavesNothingHalf(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await WriteAsync(database, 3, null);
        using var killed = Sealer(database, db => db.SavedChanges += (_, _) => throw new OperationCanceledException("killed"));

        await Assert.ThrowsAsync<OperationCanceledException>(() => killed.FlushAsync());

        Assert.Equal(0, await database.ReadAsync(db => db.AuditChains.CountAsync()));
        Assert.False(await database.ReadAsync(db => db.AuditEntries.AnyAsync(entry => entry.SealNumber != null || entry.SealHash != null)));
        await database.Get<AuditSealer>().FlushAsync();
        Assert.Equal((3, null), (await VerifyAsync(database, null)).Told());

        // The same with a head that is there.
        await WriteAsync(database, 2, null);
        await Assert.ThrowsAsync<OperationCanceledException>(() => killed.FlushAsync());
        Assert.Equal((3, null), (await VerifyAsync(database, null)).Told());
        await database.Get<AuditSealer>().FlushAsync();
        Assert.Equal((5, null), (await VerifyAsync(database, null)).Told());
    }

    [DatabaseTheory]
    public async Task Flush_CountGrowsAfterItWasRead_SealsWhatItIsInTheEnd(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await WriteAsync(database, 2, null);
        using var overtaken = Sealer(database, db => db.SavingChanges += (_, _) => db.AuditEntries.ExecuteUpdate(set => set.SetProperty(entry => entry.Count, entry => entry.Count + 1)));

        await overtaken.FlushAsync();

        Assert.False(await database.ReadAsync(db => db.AuditEntries.AnyAsync(entry => entry.SealNumber != null)));
        await database.Get<AuditSealer>().FlushAsync();
        Assert.Equal((2, null), (await VerifyAsync(database, null)).Told());
    }

    [DatabaseTheory]
    public async Task Flush_EntryThatCannotBeRead_HoldsUpNoOtherChain(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var organization = Guid.NewGuid();
        await WriteAsync(database, 2, null);
        await WriteAsync(database, 3, organization);
        await using var db = database.Open();
        await db.Database.ExecuteSqlAsync($"""UPDATE "AuditEntries" SET "Result" = 'x' WHERE "OrganizationId" IS NULL""");
        database.Clock.Advance(AuditSealer.DeniedRest);

        await database.Get<AuditSealer>().FlushAsync();

        Assert.Equal((3, null), (await VerifyAsync(database, organization)).Told());
        Assert.Equal(2, await db.AuditEntries.CountAsync(entry => entry.SealNumber == null));
    }

    [DatabaseTheory]
    public async Task Flush_DeniedAttempts_RestUntilTheirCountIsFinal(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var (denied, clock, sealer) = (database.Get<DeniedAttempts>(), database.Clock, database.Get<AuditSealer>());
        async Task TryAsync()
        {
            denied.Report(Actors.Anonymous, null, null, AuditActions.ProjectDeleted, new NotFound(), clock.UtcNow);
            await denied.FlushAsync();
            await sealer.FlushAsync();
        }

        await TryAsync();
        clock.Advance(TimeSpan.FromSeconds(50));
        await TryAsync();
        Assert.Equal([(2, null)], await CountsAsync(database));

        clock.Advance(AuditSealer.DeniedRest);
        await sealer.FlushAsync();
        Assert.Equal([(2, 1L)], await CountsAsync(database));
        Assert.Equal((1, null), (await VerifyAsync(database, null)).Told());

        // It may come behind what happened after it, and the time up to which the chain is unbroken does not go back.
        await TryAsync();
        clock.Advance(TimeSpan.FromSeconds(30));
        await WriteAsync(database, 1, null);
        var latest = clock.UtcNow;
        await sealer.FlushAsync();
        clock.Advance(AuditSealer.DeniedRest);
        await sealer.FlushAsync();
        Assert.Equal([(2, 1L), (1, 3L), (1, 2L)], await CountsAsync(database));
        Assert.Equal(latest, (await VerifyAsync(database, null)).UpToUtc);
    }

    [DatabaseTheory]
    public async Task Flush_DeniedAttemptSealedByAClockThatIsAhead_NeverGrows(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var (denied, ahead) = (database.Get<DeniedAttempts>(), new TestClock());
        ahead.Set(database.Clock.GetUtcNow() + AuditSealer.DeniedRest);
        using var sealer = Sealer(database, _ => { }, ahead);
        denied.Report(Actors.Anonymous, null, null, AuditActions.ProjectDeleted, new NotFound(), database.Clock.UtcNow);
        await denied.FlushAsync();
        await sealer.FlushAsync();

        for (var attempt = 0; attempt < 2; attempt++)
        {
            denied.Report(Actors.Anonymous, null, null, AuditActions.ProjectDeleted, new NotFound(), database.Clock.UtcNow);
            await denied.FlushAsync();
        }

        Assert.Equal([(1, 1L), (2, null)], await CountsAsync(database));
        Assert.Equal((1, null), (await VerifyAsync(database, null)).Told());
    }

    [DatabaseTheory]
    public async Task Flush_NothingToDo_WritesNothing(DatabaseKind kind)
    {
        using var counter = new StatementCounter();
        await using var database = await TestDatabase.CreateAsync(kind);
        await WriteAsync(database, 1, null);
        await database.Get<AuditSealer>().FlushAsync();
        var head = await database.ReadAsync(db => db.AuditChains.SingleAsync());
        counter.Watch(database);

        await database.Get<AuditSealer>().FlushAsync();

        Assert.Equal(["SELECT"], counter.Kinds);
        Assert.Equal(head.Version, (await database.ReadAsync(db => db.AuditChains.SingleAsync())).Version);
    }

    private static Task<ChainVerdict> VerifyAsync(TestDatabase database, Guid? organizationId) => database.ReadAsync(db => AuditVerifier.VerifyAsync(db, organizationId, default));

    private static async Task<List<(int Count, long? Number)>> CountsAsync(TestDatabase database) =>
        [.. (await database.ReadAsync(db => db.AuditEntries.OrderBy(entry => entry.Id).ToListAsync())).Select(entry => (entry.Count, entry.SealNumber))];

    private static async Task WriteAsync(TestDatabase database, int count, Guid? organizationId)
    {
        using var turn = await database.Provider.EnterWriteAsync(default);
        await database.AddAsync([.. Enumerable.Range(0, count).Select(_ => (object)new AuditEntry(
            Actor.System.InAudit(organizationId, null, database.Clock.UtcNow), AuditActions.OrganizationChanged, new AuditObject("organization", organizationId, "o"), AuditResult.Done))]);
    }

    private static AuditSealer Sealer(TestDatabase database, Action<ConsoleDbContext> prepare, TimeProvider? clock = null) => new(
        new Prepared(database, prepare), new Prepared(database, prepare), database.Get<DatabaseProvider>(), clock ?? database.Clock, NullLogger<AuditSealer>.Instance);

    private sealed class Prepared(TestDatabase database, Action<ConsoleDbContext> prepare) : IDbContextFactory<ConsoleDbContext>
    {
        public ConsoleDbContext CreateDbContext()
        {
            var db = database.Open();
            prepare(db);
            return db;
        }
    }
}

/// <summary>What a test says of a verdict.</summary>
internal static class Verdicts
{
    /// <summary>How many entries are right and the sentence about the first that is not.</summary>
    public static (long Entries, string? Sentence) Told(this ChainVerdict verdict) => (verdict.Entries, verdict.Break?.Sentence);
}
