namespace ProjectConsole.E2E.Infrastructure;

/// <summary>How a <see cref="ServerProcess"/> is started.</summary>
public sealed record ServerOptions
{
    /// <summary>The data directory; null gives the server one of its own, which goes with it.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>The hosting environment: Development seeds the sample, Production waits for /setup.</summary>
    public string HostingEnvironment { get; init; } = "Development";

    /// <summary>Further settings, named as in appsettings.json (<c>Database:Provider</c>).</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>The same, and the <see cref="StartupHook" /> runs inside the server before the server's own code.</summary>
    /// <param name="variable">What the hook is to do.</param>
    /// <param name="value">With what.</param>
    public ServerOptions Hooked(string variable, string value) => this with
    {
        Settings = new Dictionary<string, string>(Settings) { ["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location, [variable] = value },
    };
}
