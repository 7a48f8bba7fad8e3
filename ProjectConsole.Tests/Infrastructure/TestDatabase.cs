using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ProjectConsole.Data;
using ProjectConsole.Data.Providers;
using ProjectConsole.Security;

namespace ProjectConsole.Tests.Infrastructure;

/// <summary>A migrated, empty database of its own with the real services over it and a clock that the test moves.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly bool _isNode;

    private TestDatabase(DatabaseKind kind, string connectionString, Action<IServiceCollection>? configure, TestDatabase? nodeOf = null)
    {
        (Kind, ConnectionString, Provider) = (kind, connectionString, DataServices.Provider(kind.ToString()));
        (_isNode, Clock) = (nodeOf is not null, nodeOf?.Clock ?? new TestClock());
        var services = new ServiceCollection();
        AddTo(services);
        configure?.Invoke(services);
        _services = services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
    }

    /// <summary>Which database it is.</summary>
    public DatabaseKind Kind { get; }

    /// <summary>How to connect to it.</summary>
    public string ConnectionString { get; }

    /// <summary>Its provider, with the one write gate of SQLite.</summary>
    public DatabaseProvider Provider { get; }

    /// <summary>The clock of every service.</summary>
    public TestClock Clock { get; }

    /// <summary>Makes one. Close it with <c>await using</c>.</summary>
    /// <param name="kind">Which database.</param>
    /// <param name="configure">Adds features: <c>services => services.AddCollaboratorsFeature()</c>.</param>
    public static async Task<TestDatabase> CreateAsync(DatabaseKind kind = DatabaseKind.Sqlite, Action<IServiceCollection>? configure = null) =>
        new(kind, await DatabaseTemplate.CopyAsync(kind), configure);

    /// <summary>A second server on this database: services, signals and write gate of its own, the same clock. Close it first.</summary>
    public TestDatabase OpenNode(Action<IServiceCollection>? configure = null) => new(Kind, ConnectionString, configure, this);

    /// <summary>A singleton service.</summary>
    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>A singleton service of several, by its key.</summary>
    public T GetKeyed<T>(string key)
        where T : notnull => _services.GetRequiredKeyedService<T>(key);

    /// <summary>A scope, for scoped services.</summary>
    public AsyncServiceScope Scope() => _services.CreateAsyncScope();

    /// <summary>Opens a context on it.</summary>
    public ConsoleDbContext Open() => Get<IDbContextFactory<ConsoleDbContext>>().CreateDbContext();

    /// <summary>Reads something in a context of its own, so that nothing comes from a change tracker.</summary>
    public async Task<T> ReadAsync<T>(Func<ConsoleDbContext, Task<T>> read)
    {
        await using var db = Open();
        return await read(db);
    }

    /// <summary>Inserts entities.</summary>
    public async Task AddAsync(params object[] entities)
    {
        await using var db = Open();
        db.AddRange(entities);
        await db.SaveChangesAsync();
    }

    /// <summary>Loads one entity, changes it and saves it.</summary>
    public async Task ChangeAsync<T>(Action<T> change, params object[] key)
        where T : class
    {
        await using var db = Open();
        change(await db.FindAsync<T>(key) ?? throw new InvalidOperationException($"There is no {typeof(T).Name} {string.Join(", ", key)}."));
        await db.SaveChangesAsync();
    }

    /// <summary>Registers the data, security and clock over this same database in another container.</summary>
    public void AddTo(IServiceCollection services)
    {
        services.AddLogging();
        services.AddConsoleData(Provider, ConnectionString);
        services.AddConsoleSecurity();
        services.RemoveAll<TimeProvider>();
        services.AddSingleton<TimeProvider>(Clock);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        string complete;
        await using (var db = Open())
        {
            complete = db.Database.GetConnectionString()!;
        }

        // First: pooled contexts may keep their connections open.
        await _services.DisposeAsync();
        if (!_isNode)
        {
            await DatabaseTemplate.DropAsync(Kind, complete);
        }
    }
}
