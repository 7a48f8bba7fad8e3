using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Security;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Security;

public sealed class AuditVerifierTests
{
    // What somebody with the database does to a chain of six entries, and what is said of it.
    private static readonly Dictionary<string, (Func<World, ConsoleDbContext, Task> Forge, long Right, string Sentence)> Forgeries = new()
    {
        ["changed"] = ((world, db) => world.At(db, 3).ExecuteUpdateAsync(set => set.SetProperty(entry => entry.ObjectName, "other")), 2, "Entry 3 was changed after it was sealed."),
        ["hash changed"] = ((world, db) => world.At(db, 3).ExecuteUpdateAsync(set => set.SetProperty(entry => entry.SealHash, new string('0', 64))), 2, "Entry 3 was changed after it was sealed."),
        ["hash removed"] = ((world, db) => world.At(db, 3).ExecuteUpdateAsync(set => set.SetProperty(entry => entry.SealHash, (string?)null)), 2, "Entry 3 was changed after it was sealed."),
        ["unsealed"] = ((world, db) => world.At(db, 3).ExecuteUpdateAsync(set => set.SetProperty(entry => entry.SealNumber, (long?)null)), 2, "Entry 3 is missing."),
        ["deleted"] = ((world, db) => world.At(db, 3).ExecuteDeleteAsync(), 2, "Entry 3 is missing."),
        ["first deleted"] = ((world, db) => world.At(db, 1).ExecuteDeleteAsync(), 0, "Entry 1 is missing."),
        ["last deleted"] = ((world, db) => world.At(db, 6).ExecuteDeleteAsync(), 5, "Entry 6 is missing."),
        ["all deleted"] = ((world, db) => world.Chain(db).ExecuteDeleteAsync(), 0, "Entry 1 is missing."),
        ["swapped"] = ((world, db) => world.SwapAsync(db, 2, 5), 1, "Entry 2 is out of order: what stands there was sealed as entry 5."),
        ["neighbours swapped"] = ((world, db) => world.SwapAsync(db, 2, 3), 1, "Entry 2 is out of order: what stands there was sealed as entry 3."),
        ["first swapped"] = ((world, db) => world.SwapAsync(db, 1, 6), 0, "Entry 1 is out of order: what stands there was sealed as entry 6."),
        ["twice"] = ((world, db) => world.At(db, 4).ExecuteUpdateAsync(set => set.SetProperty(entry => entry.SealNumber, 3)), 3, "Entry 3 is out of order: the number stands twice or was never given."),
        ["hidden"] = ((world, db) => world.AddAsync(db, 0, ""), 0, "Entry 0 is out of order: the number stands twice or was never given."),
        ["head changed"] = ((world, db) => world.Head(db).ExecuteUpdateAsync(set => set.SetProperty(head => head.Hash, new string('0', 64))), 6, "The head of the chain does not match entry 6."),
        ["head raised"] = ((world, db) => world.Head(db).ExecuteUpdateAsync(set => set.SetProperty(head => head.Number, 8)), 6, "Entry 7 is missing."),
        ["head lowered"] = ((world, db) => world.Head(db).ExecuteUpdateAsync(set => set.SetProperty(head => head.Number, 4)), 6, "Entry 5 was added past the head of the chain."),
        ["head deleted"] = ((world, db) => world.Head(db).ExecuteDeleteAsync(), 6, "Entry 1 was added past the head of the chain."),
        ["tail forged"] = ((world, db) => world.ForgeTailAsync(db), 7, "Entry 7 was added past the head of the chain."),
    };

    public static TheoryData<string> Names() => [.. Forgeries.Keys];

    [DatabaseTheory]
    [MemberData(nameof(Names))]
    public async Task Verify_AfterAForgery_NamesTheFirstBrokenEntry(DatabaseKind kind, string name)
    {
        await using var world = await World.CreateAsync(kind);
        var (forge, right, sentence) = Forgeries[name];
        Assert.Equal((6, null), (await world.VerifyAsync(world.Organization)).Told());

        await using (var db = world.Database.Open())
        {
            await forge(world, db);
        }

        Assert.Equal((right, sentence), (await world.VerifyAsync(world.Organization)).Told());
        Assert.Equal((6, null), (await world.VerifyAsync(world.Neighbour)).Told());
        Assert.Equal((6, null), (await world.VerifyAsync(null)).Told());

        // Sealing goes on behind what was forged and heals nothing.
        await world.WriteAsync(1, world.Organization);
        await world.Database.Get<AuditSealer>().FlushAsync();
        Assert.NotNull((await world.VerifyAsync(world.Organization)).Break);
    }

    [DatabaseTheory]
    public async Task Verify_AnyStoredFieldChanged_IsFound(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        await using var db = world.Database.Open();
        var entry = await world.At(db, 4).SingleAsync();
        var fields = db.Entry(entry).Properties.Select(property => property.Metadata).Where(property => !property.IsPrimaryKey() && !property.Name.StartsWith("Seal", StringComparison.Ordinal)).ToList();
        Assert.True(fields.Count >= 18);
        foreach (var field in fields)
        {
            var property = db.Entry(entry).Property(field.Name);
            var original = property.CurrentValue;
            property.CurrentValue = Other(original, field.ClrType);
            await db.SaveChangesAsync();
            Assert.True(await world.VerifyAsync(world.Organization) is { Entries: 3, Break.Number: 4 }, field.Name);

            property.CurrentValue = original;
            await db.SaveChangesAsync();
            Assert.True(await world.VerifyAsync(world.Organization) is { Entries: 6, Break: null }, field.Name);
        }

        await db.Database.ExecuteSqlAsync($"""UPDATE "AuditEntries" SET "Id" = 1000000 WHERE "Id" = {entry.Id}""");
        Assert.Equal((3, "Entry 4 was changed after it was sealed."), (await world.VerifyAsync(world.Organization)).Told());
    }

    [Fact]
    public async Task Verify_MoreThanAPart_FindsWhatIsBrokenAtItsBorder()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        await world.WriteAsync(2_100, world.Organization);
        await world.Database.Get<AuditSealer>().FlushAsync();
        var verdict = await world.VerifyAsync(world.Organization);
        Assert.Equal((2_106, null), verdict.Told());
        Assert.Equal((world.Database.Clock.UtcNow, 64), (verdict.UpToUtc, verdict.Hash.Length));

        await using var db = world.Database.Open();
        var saved = await world.At(db, 1_001).AsNoTracking().SingleAsync();
        await world.At(db, 1_001).ExecuteUpdateAsync(set => set.SetProperty(entry => entry.SealNumber, 1_000));
        Assert.Equal((1_000, "Entry 1000 is out of order: the number stands twice or was never given."), (await world.VerifyAsync(world.Organization)).Told());
        await db.AuditEntries.Where(entry => entry.Id == saved.Id).ExecuteDeleteAsync();
        Assert.Equal((1_000, "Entry 1001 is missing."), (await world.VerifyAsync(world.Organization)).Told());
    }

    [DatabaseTheory]
    public async Task Verify_StoredValueThatIsNone_IsFoundAsAChange(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        await using var db = world.Database.Open();
        var third = await world.At(db, 3).Select(entry => entry.Id).SingleAsync();

        await db.Database.ExecuteSqlAsync($"""UPDATE "AuditEntries" SET "Result" = 'x' WHERE "Id" = {third}""");

        Assert.Equal((2, "Entry 3 was changed after it was sealed."), (await world.VerifyAsync(world.Organization)).Told());
    }

    [DatabaseTheory]
    public async Task Verify_NothingSealed_IsUnbroken(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);

        Assert.Equal(new ChainVerdict(0, null, "", null), await world.VerifyAsync(Guid.NewGuid()));
    }

    private static object Other(object? value, Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var known when known == typeof(string) => value is string text ? text + " " : "",
        var known when known == typeof(Guid) => Guid.NewGuid(),
        var known when known == typeof(DateTime) => ((DateTime)value!).AddMicroseconds(1),
        var known when known.IsEnum => Enum.GetValues(known).Cast<object>().First(other => !other.Equals(value)),
        _ => (int)value! + 1,
    };

    private sealed record World(TestDatabase Database, Guid Organization, Guid Neighbour) : IAsyncDisposable
    {
        public static async Task<World> CreateAsync(DatabaseKind kind)
        {
            var world = new World(await TestDatabase.CreateAsync(kind), Guid.NewGuid(), Guid.NewGuid());
            for (var number = 0; number < 6; number++)
            {
                await world.WriteAsync(1, world.Organization);
                await world.WriteAsync(1, world.Neighbour);
                await world.WriteAsync(1, null);
            }

            await world.Database.Get<AuditSealer>().FlushAsync();
            return world;
        }

        public Task<ChainVerdict> VerifyAsync(Guid? organizationId) => Database.ReadAsync(db => AuditVerifier.VerifyAsync(db, organizationId, default));

        public IQueryable<AuditEntry> Chain(ConsoleDbContext db) => db.AuditEntries.Where(entry => entry.OrganizationId == Organization);

        public IQueryable<AuditEntry> At(ConsoleDbContext db, long number) => Chain(db).Where(entry => entry.SealNumber == number);

        public IQueryable<AuditChain> Head(ConsoleDbContext db) => db.AuditChains.Where(head => head.OrganizationId == Organization);

        public async Task SwapAsync(ConsoleDbContext db, long one, long other)
        {
            var (first, second) = (await At(db, one).Select(entry => entry.Id).SingleAsync(), await At(db, other).Select(entry => entry.Id).SingleAsync());
            await db.AuditEntries.Where(entry => entry.Id == first).ExecuteUpdateAsync(set => set.SetProperty(entry => entry.SealNumber, other));
            await db.AuditEntries.Where(entry => entry.Id == second).ExecuteUpdateAsync(set => set.SetProperty(entry => entry.SealNumber, one));
        }

        // As somebody would who knows how the hash is made, and leaves the head alone.
        public async Task ForgeTailAsync(ConsoleDbContext db)
        {
            var last = await At(db, 6).Select(entry => entry.SealHash).SingleAsync();
            await AddAsync(db, 7, last!);
        }

        public async Task AddAsync(ConsoleDbContext db, long number, string previousHash)
        {
            var entry = Entry(Organization);
            db.AuditEntries.Add(entry);
            await db.SaveChangesAsync();
            await db.AuditEntries.Where(row => row.Id == entry.Id).ExecuteUpdateAsync(set => set
                .SetProperty(row => row.SealNumber, number).SetProperty(row => row.SealHash, AuditSeal.Of(entry, number, previousHash)));
        }

        public Task WriteAsync(int count, Guid? organizationId) => Database.AddAsync([.. Enumerable.Range(0, count).Select(_ => (object)Entry(organizationId))]);

        public ValueTask DisposeAsync() => Database.DisposeAsync();

        // A time between two microseconds, and letters of every length.
        private AuditEntry Entry(Guid? organizationId) => new AuditEntry(
            Actors.Anonymous.InAudit(organizationId, Guid.NewGuid(), Database.Clock.UtcNow.AddTicks(7)), AuditActions.OrganizationChanged, new AuditObject("organization", organizationId, "Straße ÷ 東京 😀"), AuditResult.Done)
            .With("""{"a":1}""", null);
    }
}
