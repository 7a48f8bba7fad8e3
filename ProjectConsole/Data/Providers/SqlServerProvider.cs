using System.Data;
using System.Data.Common;
using System.Reflection;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Storage;

namespace ProjectConsole.Data.Providers;

/// <summary>SQL Server 2019 and later, and Azure SQL.</summary>
public sealed class SqlServerProvider : DatabaseProvider
{
    /// <inheritdoc/>
    public override string Name => "SqlServer";

    /// <inheritdoc/>
    /// <remarks>A sparse package feed lacks an assembly that every parameter needs (see Build/Feed.props): without it the first query would fail.</remarks>
    public override string? UnusableBecause
    {
        get
        {
            try
            {
                Assembly.Load("Microsoft.SqlServer.Server");
                return null;
            }
            catch (FileNotFoundException)
            {
                return "This build cannot use SQL Server: the package Microsoft.SqlServer.Server was missing from the feed it was built with. "
                    + "Build it with a complete package feed such as nuget.org (dotnet build -p:CompleteFeed=true), or set Database:Provider to Sqlite or PostgreSql.";
            }
        }
    }

    /// <inheritdoc/>
    public override void AddContext(IServiceCollection services, string connectionString)
    {
        services.AddPooledDbContextFactory<SqlServerConsoleDbContext>(options => options.UseSqlServer(connectionString));
        AddByCommonType<SqlServerConsoleDbContext>(services);
    }

    /// <inheritdoc/>
    /// <remarks>Repeatable read: a shared lock that a read takes is held until the transaction ends.</remarks>
    public override Task<IDbContextTransaction> BeginWriteAsync(ConsoleDbContext db, CancellationToken ct) => BeginAsync(db, IsolationLevel.RepeatableRead, ct);

    /// <inheritdoc/>
    public override Task LockSharedAsync(ConsoleDbContext db, LockedTable table, Guid id, CancellationToken ct) => table switch
    {
        LockedTable.Organizations => db.Database.ExecuteSqlAsync($"SELECT 1 FROM [Organizations] WITH (REPEATABLEREAD, ROWLOCK) WHERE [Id] = {id}", ct),
        LockedTable.PersonalTokens => db.Database.ExecuteSqlAsync($"SELECT 1 FROM [PersonalTokens] WITH (REPEATABLEREAD, ROWLOCK) WHERE [Id] = {id}", ct),
        _ => db.Database.ExecuteSqlAsync($"SELECT 1 FROM [Projects] WITH (REPEATABLEREAD, ROWLOCK) WHERE [Id] = {id}", ct),
    };

    /// <inheritdoc/>
    public override Task LockExclusiveAsync(ConsoleDbContext db, LockedTable table, Guid id, CancellationToken ct) => table switch
    {
        LockedTable.Organizations => db.Database.ExecuteSqlAsync($"SELECT 1 FROM [Organizations] WITH (XLOCK, ROWLOCK) WHERE [Id] = {id}", ct),
        LockedTable.PersonalTokens => db.Database.ExecuteSqlAsync($"SELECT 1 FROM [PersonalTokens] WITH (XLOCK, ROWLOCK) WHERE [Id] = {id}", ct),
        _ => db.Database.ExecuteSqlAsync($"SELECT 1 FROM [Projects] WITH (XLOCK, ROWLOCK) WHERE [Id] = {id}", ct),
    };

    /// <inheritdoc/>
    /// <remarks>The range that is looked at stays locked until the transaction ends, so that nobody inserts the row in between.</remarks>
    public override Task InsertMissingUsageAsync(ConsoleDbContext db, Guid organizationId, Guid ownerId, string metric, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO [Usages] ([OwnerId], [Metric], [OrganizationId], [Used])
            SELECT {ownerId}, {metric}, {organizationId}, 0
            WHERE NOT EXISTS (SELECT 1 FROM [Usages] WITH (UPDLOCK, HOLDLOCK) WHERE [OwnerId] = {ownerId} AND [Metric] = {metric})
            """, ct);

    /// <inheritdoc/>
    public override bool IsUniqueViolation(DbException failure) => failure is SqlException { Number: 2601 or 2627 };

    /// <inheritdoc/>
    public override bool IsReferenceViolation(DbException failure) => failure is SqlException { Number: 547 };

    /// <inheritdoc/>
    protected override bool IsDeadlockVictim(DbException failure) => failure is SqlException { Number: 1205 };
}

/// <summary>The context of SQL Server.</summary>
public sealed class SqlServerConsoleDbContext(DbContextOptions<SqlServerConsoleDbContext> options) : ConsoleDbContext(options)
{
    /// <inheritdoc/>
    protected override string? BinaryCollation => "Latin1_General_100_BIN2";

    /// <inheritdoc/>
    protected override string IsTrue(string column) => $"[{column}] = CAST(1 AS bit)";
}

/// <summary>Lets the migration tools make the context without starting the program.</summary>
public sealed class SqlServerDesignTimeFactory : IDesignTimeDbContextFactory<SqlServerConsoleDbContext>
{
    /// <inheritdoc/>
    public SqlServerConsoleDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqlServerConsoleDbContext>().UseSqlServer("Server=localhost;Database=design").Options);
}
