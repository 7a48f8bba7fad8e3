using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data.Providers;
using ProjectConsole.Shared;

namespace ProjectConsole.Data;

/// <summary>Brings the database to the version of the program before it serves, or refuses to start with one sentence.</summary>
public static partial class DatabaseStart
{
    /// <summary>Applies migrations in Development and where <c>Database:MigrateAtStart</c> says so.</summary>
    /// <exception cref="StartRefusedException">The database cannot be used; the message says why and what to do.</exception>
    public static async Task PrepareDatabaseAsync(this WebApplication app)
    {
        var migrates = app.Configuration.GetValue("Database:MigrateAtStart", app.Environment.IsDevelopment());
        var provider = app.Services.GetRequiredService<DatabaseProvider>();
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<ConsoleDbContext>>().CreateDbContextAsync();
        try
        {
            await MigrateAsync(db, provider, migrates, app.Logger);
            await provider.PrepareAsync(db);
            LogDatabase(app.Logger, await provider.DescribeAsync(db));
        }
        catch (Exception failure) when (Cause(failure) is { } cause)
        {
            throw new StartRefusedException($"The {provider.Name} database cannot be used: {cause.Message.ReplaceLineEndings(" ")} Check ConnectionStrings:Console and that the server is running.");
        }
    }

    /// <summary>Names of migrations that the program knows and the database lacks.</summary>
    public static async Task<IReadOnlyList<string>> PendingAsync(ConsoleDbContext db, CancellationToken ct = default) =>
        [.. await db.Database.GetPendingMigrationsAsync(ct)];

    private static async Task MigrateAsync(ConsoleDbContext db, DatabaseProvider provider, bool migrates, ILogger logger)
    {
        var known = db.Database.GetMigrations().ToHashSet();
        var applied = (await db.Database.GetAppliedMigrationsAsync()).ToList();
        if (applied.Find(name => !known.Contains(name)) is { } unknown)
        {
            throw new StartRefusedException($"The database is newer than this program: it has the migration {unknown}. Start the newer version, or restore a backup.");
        }

        if (known.Count == applied.Count)
        {
            return;
        }

        if (!migrates)
        {
            throw new StartRefusedException($"The database lacks {known.Count - applied.Count} of this program's migrations. Back it up, and start once with Database:MigrateAtStart=true.");
        }

        if (await provider.MigrationObstacleAsync(db) is { } obstacle)
        {
            throw new StartRefusedException(obstacle);
        }

        LogMigrating(logger, known.Count - applied.Count);
        await db.Database.MigrateAsync();
    }

    // EF Core wraps what a server's driver calls transient, such as a refused connection.
    private static DbException? Cause(Exception failure) => failure as DbException ?? failure.InnerException as DbException;

    [LoggerMessage(LogLevel.Information, "Applying {Count} migrations to the database")]
    private static partial void LogMigrating(ILogger logger, int count);

    [LoggerMessage(LogLevel.Information, "Using {Database}")]
    private static partial void LogDatabase(ILogger logger, string database);
}
