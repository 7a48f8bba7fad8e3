using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using ProjectConsole.Data;
using ProjectConsole.Data.Providers;

namespace ProjectConsole.Tests.Infrastructure;

/// <summary>Databases for tests: migrated once per run, copied per test.</summary>
internal static class DatabaseTemplate
{
    private static readonly string Run = $"projectconsole_{Environment.ProcessId}_{Guid.NewGuid():N}"[..32];
    private static readonly string Folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), Run)).FullName;
    private static readonly SemaphoreSlim PostgresTurn = new(1, 1);
    private static readonly Lazy<Task<string>> SqliteFile = new(MigrateSqliteAsync);
    private static readonly Lazy<Task<string>> PostgresDatabase = new(MigratePostgresAsync);
    private static int _number;

    /// <summary>Makes an empty database with the current schema and answers its connection string.</summary>
    public static async Task<string> CopyAsync(DatabaseKind kind)
    {
        var name = $"{Run}_{Interlocked.Increment(ref _number)}";
        switch (kind)
        {
            case DatabaseKind.Sqlite:
                var file = Path.Combine(Folder, name + ".db");
                File.Copy(await SqliteFile.Value, file);
                return $"Data Source={file}";
            case DatabaseKind.PostgreSql:
                var template = await PostgresDatabase.Value;
                await OnPostgresAsync($"CREATE DATABASE {name} TEMPLATE {template}");
                return Postgres(name);
            default:
                var server = new SqlConnectionStringBuilder(DatabaseKinds.ServerOf(kind)) { InitialCatalog = name };
                await MigrateAsync(kind, server.ToString());
                return server.ToString();
        }
    }

    /// <summary>Removes a copy that no context uses any more.</summary>
    public static async Task DropAsync(DatabaseKind kind, string connectionString)
    {
        ClearPool(kind, connectionString);
        switch (kind)
        {
            case DatabaseKind.Sqlite:
                var file = new SqliteConnectionStringBuilder(connectionString).DataSource;
                foreach (var ending in (string[])["", "-wal", "-shm"])
                {
                    File.Delete(file + ending);
                }

                break;
            case DatabaseKind.PostgreSql:
                await OnPostgresAsync($"DROP DATABASE {new NpgsqlConnectionStringBuilder(connectionString).Database} WITH (FORCE)");
                break;
            default:
                await using (var services = Services(kind, connectionString))
                {
                    await using var db = await services.GetRequiredService<IDbContextFactory<ConsoleDbContext>>().CreateDbContextAsync();
                    await db.Database.EnsureDeletedAsync();
                }

                break;
        }
    }

    private static async Task<string> MigrateSqliteAsync()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Folder, recursive: true);
        var file = Path.Combine(Folder, "template.db");
        await MigrateAsync(DatabaseKind.Sqlite, $"Data Source={file}");
        return file;
    }

    private static async Task<string> MigratePostgresAsync()
    {
        var name = Run + "_template";
        AppDomain.CurrentDomain.ProcessExit += (_, _) => OnPostgresAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)").GetAwaiter().GetResult();
        await OnPostgresAsync($"CREATE DATABASE {name}");
        await MigrateAsync(DatabaseKind.PostgreSql, Postgres(name));
        return name;
    }

    private static async Task MigrateAsync(DatabaseKind kind, string connectionString)
    {
        string complete;
        await using (var services = Services(kind, connectionString))
        {
            await using var db = await services.GetRequiredService<IDbContextFactory<ConsoleDbContext>>().CreateDbContextAsync();
            await db.Database.MigrateAsync();
            await services.GetRequiredService<DatabaseProvider>().PrepareAsync(db);
            complete = db.Database.GetConnectionString()!;
        }

        // A template must have no connection left, and a SQLite file no log beside it.
        ClearPool(kind, complete);
    }

    private static ServiceProvider Services(DatabaseKind kind, string connectionString) =>
        new ServiceCollection().AddConsoleData(DataServices.Provider(kind.ToString()), connectionString).BuildServiceProvider();

    // A pool is found by the very text that its connections were opened with.
    private static void ClearPool(DatabaseKind kind, string connectionString)
    {
        switch (kind)
        {
            case DatabaseKind.Sqlite:
                using (var sqlite = new SqliteConnection(connectionString))
                {
                    SqliteConnection.ClearPool(sqlite);
                }

                break;
            case DatabaseKind.PostgreSql:
                using (var postgres = new NpgsqlConnection(connectionString))
                {
                    NpgsqlConnection.ClearPool(postgres);
                }

                break;
        }
    }

    // Small pools: every test has a database, so a pool, of its own.
    private static string Postgres(string database) =>
        new NpgsqlConnectionStringBuilder(DatabaseKinds.ServerOf(DatabaseKind.PostgreSql)) { Database = database, MaxPoolSize = 40 }.ToString();

    // One at a time: copying a template waits for nobody else to be connected to it.
    private static async Task OnPostgresAsync(string sql)
    {
        await PostgresTurn.WaitAsync();
        try
        {
            await using var connection = new NpgsqlConnection(DatabaseKinds.ServerOf(DatabaseKind.PostgreSql));
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync();
        }
        finally
        {
            PostgresTurn.Release();
        }
    }
}
