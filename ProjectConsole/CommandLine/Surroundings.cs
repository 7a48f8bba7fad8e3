namespace ProjectConsole.CommandLine;

/// <summary>Where a command is typed: what it finds beside its arguments.</summary>
/// <param name="Variable">Reads an environment variable.</param>
/// <param name="Folder">The working folder.</param>
/// <param name="Clock">For ends that are given as days from now.</param>
internal sealed record Surroundings(Func<string, string?> Variable, string Folder, TimeProvider Clock)
{
    /// <summary>Those of this process.</summary>
    public static Surroundings OfProcess() => new(Environment.GetEnvironmentVariable, Environment.CurrentDirectory, TimeProvider.System)
    {
        OpenBrowser = WebBrowser.TryOpen,
        Machine = $"{Short(Environment.MachineName)} ({Short(Environment.UserName)})",
    };

    /// <summary>Opens an address for the person; false where nothing would show it.</summary>
    public Func<Uri, bool> OpenBrowser { get; init; } = _ => false;

    /// <summary>What the person knows this machine by.</summary>
    public string Machine { get; init; } = "this machine";

    /// <summary>The file in which server, token and active project are kept.</summary>
    public string SettingsPath
    {
        get
        {
            // Relative paths are no paths here: the XDG specification says so.
            var folder = Find("XDG_CONFIG_HOME") is { } typed && Path.IsPathRooted(typed) ? typed
                : Path.Combine(Find("HOME") ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config");
            return Path.Combine(folder, "projectconsole", "config.json");
        }
    }

    private static string Short(string name) => name.Length <= 28 ? name : name[..28];

    /// <summary>A variable that says something.</summary>
    public string? Find(string name) => Variable(name) is { Length: > 0 } value ? value : null;
}
