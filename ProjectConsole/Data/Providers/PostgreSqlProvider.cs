using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace ProjectConsole.Data.Providers;

/// <summary>PostgreSQL 13 and later.</summary>
public sealed class PostgreSqlProvider : DatabaseProvider
{
    /// <inheritdoc/>
    public override string Name => "PostgreSql";

    /// <inheritdoc/>
    public override void AddContext(IServiceCollection services, string connectionString)
    {
        var connection = new NpgsqlConnectionStringBuilder(connectionString);
        if (connection.MaxAutoPrepare == 0)
        {
            connection.MaxAutoPrepare = 100;
        }

        services.AddPooledDbContextFactory<PostgreSqlConsoleDbContext>(options => options.UseNpgsql(connection.ToString()));
        AddByCommonType<PostgreSqlConsoleDbContext>(services);
    }

    /// <inheritdoc/>
    /// <remarks>Read committed: every statement after the row locks sees what was committed before them.</remarks>
    public override Task<IDbContextTransaction> BeginWriteAsync(ConsoleDbContext db, CancellationToken ct) => BeginAsync(db, IsolationLevel.ReadCommitted, ct);

    /// <inheritdoc/>
    public override Task LockSharedAsync(ConsoleDbContext db, LockedTable table, Guid id, CancellationToken ct) => table switch
    {
        LockedTable.Organizations => db.Database.ExecuteSqlAsync($"""SELECT 1 FROM "Organizations" WHERE "Id" = {id} FOR SHARE""", ct),
        LockedTable.PersonalTokens => db.Database.ExecuteSqlAsync($"""SELECT 1 FROM "PersonalTokens" WHERE "Id" = {id} FOR SHARE""", ct),
        _ => db.Database.ExecuteSqlAsync($"""SELECT 1 FROM "Projects" WHERE "Id" = {id} FOR SHARE""", ct),
    };

    /// <inheritdoc/>
    public override Task LockExclusiveAsync(ConsoleDbContext db, LockedTable table, Guid id, CancellationToken ct) => table switch
    {
        LockedTable.Organizations => db.Database.ExecuteSqlAsync($"""SELECT 1 FROM "Organizations" WHERE "Id" = {id} FOR NO KEY UPDATE""", ct),
        LockedTable.PersonalTokens => db.Database.ExecuteSqlAsync($"""SELECT 1 FROM "PersonalTokens" WHERE "Id" = {id} FOR NO KEY UPDATE""", ct),
        _ => db.Database.ExecuteSqlAsync($"""SELECT 1 FROM "Projects" WHERE "Id" = {id} FOR NO KEY UPDATE""", ct),
    };

    /// <inheritdoc/>
    public override Task InsertMissingUsageAsync(ConsoleDbContext db, Guid organizationId, Guid ownerId, string metric, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync(
            $"""INSERT INTO "Usages" ("OwnerId", "Metric", "OrganizationId", "Used") VALUES ({ownerId}, {metric}, {organizationId}, 0) ON CONFLICT DO NOTHING""", ct);

    /// <inheritdoc/>
    public override bool IsUniqueViolation(DbException failure) => failure is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    /// <inheritdoc/>
    public override bool IsReferenceViolation(DbException failure) => failure is PostgresException { SqlState: PostgresErrorCodes.ForeignKeyViolation };

    /// <inheritdoc/>
    protected override bool IsDeadlockVictim(DbException failure) => failure is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected };
}

/// <summary>The context of PostgreSQL.</summary>
public sealed class PostgreSqlConsoleDbContext(DbContextOptions<PostgreSqlConsoleDbContext> options) : ConsoleDbContext(options)
{
    /// <inheritdoc/>
    protected override string? BinaryCollation => "C";

    /// <inheritdoc/>
    protected override string IsTrue(string column) => $"\"{column}\"";
}

/// <summary>Lets the migration tools make the context without starting the program.</summary>
public sealed class PostgreSqlDesignTimeFactory : IDesignTimeDbContextFactory<PostgreSqlConsoleDbContext>
{
    /// <inheritdoc/>
    public PostgreSqlConsoleDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgreSqlConsoleDbContext>().UseNpgsql("Host=localhost;Database=design").Options);
}
