using ProjectConsole.Data.Protection;
using ProjectConsole.Data.Providers;
using ProjectConsole.Shared;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ProjectConsole.Data;

/// <summary>Reads <c>Database:Provider</c>, <c>ConnectionStrings:Console</c> and <c>Console:DataDirectory</c>.</summary>
public static class DatabaseSettings
{
    /// <summary>Adds the database that the settings name, and keeps the data-protection keys in it.</summary>
    /// <exception cref="StartRefusedException">The settings cannot be used; the message says why.</exception>
    public static WebApplicationBuilder AddConsoleDatabase(this WebApplicationBuilder builder)
    {
        var directory = DataDirectory.Of(builder.Configuration, builder.Environment);
        builder.Services.AddSingleton(directory);
        var provider = DataServices.Provider(builder.Configuration["Database:Provider"] ?? "Sqlite");
        if (provider.UnusableBecause is { } reason)
        {
            throw new StartRefusedException(reason);
        }

        try
        {
            builder.Services.AddConsoleData(provider, ConnectionString(builder.Configuration, provider, directory));
        }
        catch (Exception failure) when (failure is ArgumentException or FormatException)
        {
            // The exception's text may hold parts of the connection string, and with them a password.
            throw new StartRefusedException($"ConnectionStrings:Console cannot be read as a connection string of {provider.Name}.");
        }

        // The same application name on every node, or they could not read each other's cookies.
        builder.Services.AddDataProtection().SetApplicationName("ProjectConsole");
        builder.Services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(services => new ConfigureOptions<KeyManagementOptions>(
            options => options.XmlRepository = new ProtectionKeyRepository(services.GetRequiredService<IDbContextFactory<ConsoleDbContext>>())));
        return builder;
    }

    private static string ConnectionString(IConfiguration configuration, DatabaseProvider provider, DataDirectory directory) =>
        configuration.GetConnectionString("Console") is { Length: > 0 } given ? given
        : provider is SqliteProvider ? $"Data Source={directory.File("console.db")}"
        : throw new StartRefusedException($"Database:Provider is {provider.Name}, and ConnectionStrings:Console says nothing. Set it to the connection string.");
}
