using ProjectConsole.Data.Limits;
using ProjectConsole.Data.Providers;
using ProjectConsole.Shared;

namespace ProjectConsole.Data;

/// <summary>Registers the database.</summary>
public static class DataServices
{
    /// <summary>Every provider, by the name that the setting <c>Database:Provider</c> uses.</summary>
    public static DatabaseProvider Provider(string name) => name.ToUpperInvariant() switch
    {
        "SQLITE" => new SqliteProvider(),
        "POSTGRESQL" => new PostgreSqlProvider(),
        "SQLSERVER" => new SqlServerProvider(),
        _ => throw new StartRefusedException($"Database:Provider is \"{name}\". Set it to Sqlite, PostgreSql or SqlServer."),
    };

    /// <summary>Adds the context of a provider.</summary>
    public static IServiceCollection AddConsoleData(this IServiceCollection services, DatabaseProvider provider, string connectionString)
    {
        services.AddSingleton(provider);
        services.AddSingleton<UsageLedger>();
        services.AddSingleton<MailQueue>();
        provider.AddContext(services, connectionString);
        return services;
    }
}
