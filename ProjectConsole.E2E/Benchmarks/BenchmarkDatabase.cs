using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using ProjectConsole.Data;
using ProjectConsole.Data.Providers;
using ProjectConsole.Security;

namespace ProjectConsole.E2E.Benchmarks;

/// <summary>A migrated database of a benchmark's own with the services over it; it goes with the benchmark.</summary>
internal sealed class BenchmarkDatabase : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly bool _isKept;

    private BenchmarkDatabase(string provider, string connectionString, DirectoryInfo folder, bool isKept) =>
        (ProviderName, ConnectionString, _folder, _isKept, Services) = (provider, connectionString, folder, isKept, Node(provider, connectionString));

    /// <summary>The PostgreSQL server that may be used; null where none is named.</summary>
    public static string? PostgresServer => Environment.GetEnvironmentVariable("PROJECTCONSOLE_TEST_POSTGRES") is { Length: > 0 } server ? server : null;

    public string ProviderName { get; }

    public string ConnectionString { get; }

    public ServiceProvider Services { get; }

    /// <summary>The folder beside it, for a server's data directory.</summary>
    public string Folder => _folder.FullName;

    /// <summary>Whether an earlier run left its data.</summary>
    public bool IsFilled { get; private init; }

    /// <param name="provider">The database system.</param>
    /// <param name="keep">For SQLite, a folder that stays; without it everything goes with the benchmark.</param>
    public static async Task<BenchmarkDatabase> CreateAsync(string provider, string? keep = null)
    {
        var isKept = keep is not null && provider == "Sqlite";
        var folder = isKept ? Directory.CreateDirectory(keep!) : Directory.CreateTempSubdirectory("projectconsole-bench-");
        var isFilled = File.Exists(Path.Combine(folder.FullName, "console.db"));
        var connectionString = $"Data Source={Path.Combine(folder.FullName, "console.db")}";
        if (provider == "PostgreSql")
        {
            var name = folder.Name.Replace('-', '_').ToLowerInvariant();
            await OnPostgresAsync($"CREATE DATABASE {name}");
            connectionString = new NpgsqlConnectionStringBuilder(PostgresServer) { Database = name }.ToString();
        }

        var database = new BenchmarkDatabase(provider, connectionString, folder, isKept) { IsFilled = isFilled };
        await using var db = database.Open();
        await db.Database.MigrateAsync();
        await database.PrepareAsync();
        return database;
    }

    /// <summary>The services of one more node on the database, with those of some features.</summary>
    public ServiceProvider OpenNode(Action<IServiceCollection>? configure = null) => Node(ProviderName, ConnectionString, configure);

    /// <summary>A connection that nobody else gets afterwards, for settings that are no business of the console's own.</summary>
    public DbConnection Connect() =>
        ProviderName == "PostgreSql" ? new NpgsqlConnection(ConnectionString) : new SqliteConnection(ConnectionString + ";Pooling=False");

    /// <summary>What a start of the console does to a database that has its tables.</summary>
    public async Task PrepareAsync()
    {
        await using var db = Open();
        await Services.GetRequiredService<DatabaseProvider>().PrepareAsync(db);
    }

    public ConsoleDbContext Open() => Services.GetRequiredService<IDbContextFactory<ConsoleDbContext>>().CreateDbContext();

    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        NpgsqlConnection.ClearAllPools();
        if (ProviderName == "PostgreSql")
        {
            await OnPostgresAsync($"DROP DATABASE {new NpgsqlConnectionStringBuilder(ConnectionString).Database} WITH (FORCE)");
        }

        if (!_isKept)
        {
            _folder.Delete(recursive: true);
        }
    }

    private static ServiceProvider Node(string provider, string connectionString, Action<IServiceCollection>? configure = null)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddConsoleData(DataServices.Provider(provider), connectionString);
        services.AddConsoleSecurity();
        configure?.Invoke(services);
        return services.BuildServiceProvider();
    }

    private static async Task OnPostgresAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(PostgresServer);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
