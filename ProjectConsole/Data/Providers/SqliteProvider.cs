using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Storage;

namespace ProjectConsole.Data.Providers;

/// <summary>The embedded default.</summary>
public sealed class SqliteProvider : DatabaseProvider, IDisposable
{
    private const int ConstraintError = 19;

    // SQLite has one writer. The provider waits for it in a loop that sleeps 150 ms and starves writers
    // (5.7 s at worst with 16 of them, against 27 ms in this queue), so writers of this process queue here.
    private readonly SemaphoreSlim _writer = new(1, 1);

    /// <inheritdoc/>
    public override string Name => "Sqlite";

    /// <inheritdoc/>
    public override void AddContext(IServiceCollection services, string connectionString)
    {
        var complete = new SqliteConnectionStringBuilder(connectionString)
        {
            // Only the bundled library is compiled with foreign keys on; a system library is not.
            ForeignKeys = true,
        }.ToString();
        services.AddSingleton(_ => new SqliteReadyConnections());
        services.AddPooledDbContextFactory<SqliteConsoleDbContext>(
            (provider, options) => options.UseSqlite(complete).AddInterceptors(provider.GetRequiredService<SqliteReadyConnections>()));
        AddByCommonType<SqliteConsoleDbContext>(services, provider => new SqliteWriterContexts(provider.GetRequiredService<DbContextOptions<SqliteConsoleDbContext>>()));
    }

    /// <inheritdoc/>
    public override async Task<IDisposable?> EnterWriteAsync(CancellationToken ct)
    {
        await _writer.WaitAsync(ct);
        return new Turn(_writer);
    }

    /// <inheritdoc/>
    /// <remarks>Serializable is BEGIN IMMEDIATE: the transaction is the only writer from its start.</remarks>
    public override Task<IDbContextTransaction> BeginWriteAsync(ConsoleDbContext db, CancellationToken ct) => BeginAsync(db, IsolationLevel.Serializable, ct);

    /// <inheritdoc/>
    public override Task LockSharedAsync(ConsoleDbContext db, LockedTable table, Guid id, CancellationToken ct) => Task.CompletedTask;

    /// <inheritdoc/>
    public override Task LockExclusiveAsync(ConsoleDbContext db, LockedTable table, Guid id, CancellationToken ct) => Task.CompletedTask;

    /// <inheritdoc/>
    /// <remarks>
    /// Without the write-ahead log a reader makes the writer's commit fail with "database is locked". EF Core turns it on only for a
    /// file that its own migration makes, and here the file is there by then, because what is applied was asked before.
    /// </remarks>
    public override async Task PrepareAsync(ConsoleDbContext db, CancellationToken ct = default)
    {
        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", ct);
        await SqliteStatistics.WriteAsync(db, ct);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// EF Core takes this lock by a row, because SQLite has no locks of its own for the purpose; a process that is killed while
    /// it migrates leaves the row, and every later start would wait for it without a word
    /// (https://learn.microsoft.com/ef/core/providers/sqlite/limitations#concurrent-migrations-protection).
    /// </remarks>
    public override async Task<string?> MigrationObstacleAsync(ConsoleDbContext db, CancellationToken ct = default)
    {
        var tables = await db.Database.SqlQuery<int>($"SELECT COUNT(*) AS Value FROM sqlite_master WHERE name = '__EFMigrationsLock'").SingleAsync(ct);
        if (tables == 0)
        {
            return null;
        }

        var since = await db.Database.SqlQuery<string>($"SELECT Timestamp AS Value FROM __EFMigrationsLock").FirstOrDefaultAsync(ct);
        return since is null
            ? null
            : $"The database is locked for migrations since {since} UTC: another start is migrating it, or one was killed while it did. "
                + $"When no other is running, clear the lock with: sqlite3 \"{db.Database.GetDbConnection().DataSource}\" 'DELETE FROM __EFMigrationsLock' and start again.";
    }

    /// <inheritdoc/>
    public override Task InsertMissingUsageAsync(ConsoleDbContext db, Guid organizationId, Guid ownerId, string metric, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync(
            $"""INSERT INTO "Usages" ("OwnerId", "Metric", "OrganizationId", "Used") VALUES ({ownerId}, {metric}, {organizationId}, 0) ON CONFLICT DO NOTHING""", ct);

    /// <inheritdoc/>
    public override bool IsUniqueViolation(DbException failure) => failure is SqliteException
    {
        SqliteErrorCode: ConstraintError,
        SqliteExtendedErrorCode: 1555 or 2067,
    };

    /// <inheritdoc/>
    public override bool IsReferenceViolation(DbException failure) => failure is SqliteException { SqliteErrorCode: ConstraintError, SqliteExtendedErrorCode: 787 };

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    private sealed class Turn(SemaphoreSlim writer) : IDisposable
    {
        public void Dispose() => writer.Release();
    }
}

/// <summary>The context of SQLite.</summary>
public sealed class SqliteConsoleDbContext(DbContextOptions<SqliteConsoleDbContext> options) : ConsoleDbContext(options)
{
    /// <inheritdoc/>
    protected override string? BinaryCollation => null;

    /// <inheritdoc/>
    protected override string IsTrue(string column) => $"\"{column}\"";
}

/// <summary>Lets the migration tools make the context without starting the program.</summary>
public sealed class SqliteDesignTimeFactory : IDesignTimeDbContextFactory<SqliteConsoleDbContext>
{
    /// <inheritdoc/>
    public SqliteConsoleDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteConsoleDbContext>().UseSqlite("Data Source=design.db").Options);
}
