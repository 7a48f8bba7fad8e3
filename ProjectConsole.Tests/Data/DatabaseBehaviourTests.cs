using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Data;

/// <summary>What must be the same on every database, tried on each that the run has.</summary>
public sealed class DatabaseBehaviourTests
{
    private static readonly string[] Names =
    [
        "alpha", "Alpha 2", "ÄRGER", "arger", "Zoo", "zebra", "_under", "-dash", "10", "9", "ßtraße", "strasse", "Ω omega", "日本", "a b", "a-b", "a_b", "İstanbul", "éclair", "e\u0301clair 2", "50 %", "c[1]", "😀",
    ];

    [DatabaseTheory]
    public async Task OrderByNameFolded_NastyNames_IsTheOrderOfTheirBytes(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        await AddProjectsAsync(database, acme);

        var sorted = await database.ReadAsync(db => db.Projects.Where(project => !project.IsDefault)
            .OrderBy(project => project.NameFolded).ThenBy(project => project.Slug).Select(project => project.NameFolded).ToListAsync());

        // SQL Server compares UTF-16 units, the others UTF-8 bytes; they differ beyond the basic plane only, and there is one such name, the last.
        Assert.Equal(Names.Select(TextRules.Fold).Order(StringComparer.Ordinal), sorted);
    }

    [DatabaseTheory]
    public async Task BeginWrite_ContextOfThePool_SavesWithoutSavepointsUntilItIsGivenBack(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var used = database.Open();
        await using (await database.Provider.BeginWriteAsync(used, default))
        {
            Assert.False(used.Database.AutoSavepointsEnabled);
        }

        await used.DisposeAsync();
        await using var next = database.Open();
        Assert.Same(used, next);
        Assert.True(next.Database.AutoSavepointsEnabled);
    }

    [DatabaseTheory]
    public async Task SearchText_FoldedPatterns_FindTheSameEverywhere(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        await AddProjectsAsync(database, acme);

        foreach (var (typed, found) in new[] { ("ARGER", 2), ("ECLAIR", 2), ("50 %", 1), ("%", 1), ("a_b", 1), ("c[1]", 1), ("_", 2), ("日本", 1), ("no such name", 0) })
        {
            var pattern = TextRules.LikePattern(TextRules.Fold(typed));
            var count = await database.ReadAsync(db => db.Projects.CountAsync(project => EF.Functions.Like(project.NameFolded, pattern, @"\")));
            Assert.True(found == count, $"{typed}: {count}");
        }
    }

    [DatabaseTheory]
    public async Task Times_RoundTrip_AreUtcAndCutToMicroseconds(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var time = new DateTime(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc).AddTicks(1_234_567);
        var user = await Given.UserAsync(database, "ann@acme.test", user => user.CreatedUtc = time);

        var read = await database.ReadAsync(db => db.Users.Where(row => row.Id == user.Id).Select(row => row.CreatedUtc).SingleAsync());

        Assert.Equal(time.AddTicks(-7), read);
        Assert.Equal(DateTimeKind.Utc, read.Kind);
        Assert.Equal(1, await database.ReadAsync(db => db.Users.CountAsync(row => row.CreatedUtc == time)));
    }

    [DatabaseTheory]
    [InlineData(DateTimeKind.Local)]
    [InlineData(DateTimeKind.Unspecified)]
    public async Task Times_ThatAreNotUtc_AreRefused(DatabaseKind kind, DateTimeKind wrong)
    {
        await using var database = await TestDatabase.CreateAsync(kind);

        var refused = await Assert.ThrowsAnyAsync<Exception>(() =>
            Given.UserAsync(database, "ann@acme.test", user => user.CreatedUtc = DateTime.SpecifyKind(database.Clock.UtcNow, wrong)));

        Assert.Contains("Times are stored in UTC", refused.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, await database.ReadAsync(db => db.Users.CountAsync()));
    }

    [DatabaseTheory]
    public async Task ForeignKeys_RowOfNobody_IsRefused(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var acme = await Given.OrganizationAsync(database);

        await Assert.ThrowsAsync<DbUpdateException>(() => database.AddAsync(new Project(acme.Id, Guid.NewGuid(), "lost", ProjectDetails.Named("lost"), acme.Owner.Id, database.Clock.UtcNow)));
        await Assert.ThrowsAsync<DbUpdateException>(() => database.AddAsync(Principal.OfUser(Guid.NewGuid())));
    }

    [DatabaseTheory]
    public async Task ForeignKeys_ParentWithRows_CannotBeDeleted(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var acme = await Given.OrganizationAsync(database);

        await Unchanged.AssertNothingWrittenAsync(database, () => Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() =>
            database.ReadAsync(db => db.Organizations.Where(organization => organization.Id == acme.Id).ExecuteDeleteAsync())));
    }

    [DatabaseTheory]
    public async Task UniqueIndexes_SecondRow_IsAUniqueViolation(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var ann = await acme.MemberAsync("ann");
        var churn = await acme.ProjectAsync("churn", (ann, ProjectRole.Viewer));
        Func<Task>[] seconds =
        [
            () => acme.GrantAsync(churn, ann, ProjectRole.Admin),
            () => database.AddAsync(new ProjectSlug(acme.Id, "churn")),
            () => database.AddAsync(new Project(acme.Id, acme.Workspace.Id, "churn", ProjectDetails.Named("Again"), ann.Id, database.Clock.UtcNow)),
            () => Given.UserAsync(database, "ann@acme.test"),
            () => Given.OrganizationAsync(database, "acme"),
        ];

        foreach (var second in seconds)
        {
            var refused = await Assert.ThrowsAsync<DbUpdateException>(second);
            Assert.True(database.Provider.IsUniqueViolation((System.Data.Common.DbException)refused.InnerException!), refused.InnerException!.Message);
        }
    }

    [DatabaseTheory]
    public async Task UniqueIndexes_WorkspaceGrantsOfOnePerson_DoNotCollideInTheirEmptyProject(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var ann = await acme.MemberAsync("ann");

        await acme.GrantAsync(acme.Workspace, ann, ProjectRole.Viewer);
        await acme.GrantAsync(await acme.WorkspaceAsync("research"), ann, ProjectRole.Viewer);

        Assert.Equal(2, await database.ReadAsync(db => db.Grants.CountAsync()));
    }

    [Fact]
    public async Task Sqlite_EveryConnection_HasForeignKeysWriteAheadLogAndFullSync()
    {
        await using var database = await TestDatabase.CreateAsync();

        for (var connection = 0; connection < 3; connection++)
        {
            await using var db = database.Open();
            Assert.Equal("1", await PragmaAsync(db, "foreign_keys"));
            Assert.Equal("wal", await PragmaAsync(db, "journal_mode"));
            Assert.Equal("2", await PragmaAsync(db, "synchronous"));
        }

        static async Task<string?> PragmaAsync(ProjectConsole.Data.ConsoleDbContext db, string name)
        {
            await db.Database.OpenConnectionAsync();
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = $"PRAGMA {name}";
            return Convert.ToString(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
        }
    }

    private static async Task AddProjectsAsync(TestDatabase database, GivenOrganization acme)
    {
        await using var db = database.Open();
        db.AddRange(Names.Select((name, number) => new Project(
            acme.Id, acme.Workspace.Id, $"p{number}", ProjectDetails.Named(name), acme.Owner.Id, database.Clock.UtcNow)));
        await db.SaveChangesAsync();
    }
}
