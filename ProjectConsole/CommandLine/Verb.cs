namespace ProjectConsole.CommandLine;

/// <summary>Something that can be typed.</summary>
/// <param name="Name">Its words: <c>project list</c>.</param>
/// <param name="Summary">What it does, as a command.</param>
/// <param name="RunAsync">Carries it out and answers the exit code.</param>
internal sealed record Verb(string Name, string Summary, Func<Invocation, Task<int>> RunAsync)
{
    /// <summary>What stands behind the words, in order; in brackets where it can be left out.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Its own options.</summary>
    public IReadOnlyList<Option> Options { get; init; } = [];

    /// <summary>Whether it changes something on the server, so that it can be tried.</summary>
    public bool IsChange { get; init; }

    /// <summary>Whether a person is asked before.</summary>
    public bool IsConfirmed { get; init; }

    /// <summary>Whether it works on the server, in an organization or project.</summary>
    public bool IsLocal { get; init; }

    /// <summary>Every option that it takes.</summary>
    public IEnumerable<Option> AllOptions =>
    [
        .. Options,
        .. IsChange ? [Option.DryRun] : Array.Empty<Option>(),
        .. IsConfirmed ? [Option.Yes] : Array.Empty<Option>(),
        .. IsLocal ? [] : Option.OfScope,
        Option.Help,
    ];

    /// <summary>How it is typed.</summary>
    public string Usage => string.Join(' ', [$"projectconsole {Name}", .. Arguments, "[options]"]);
}

/// <summary>An option of a command.</summary>
/// <param name="Name">With its dashes.</param>
/// <param name="Value">What stands behind it; null for nothing.</param>
/// <param name="Summary">What it says.</param>
internal sealed record Option(string Name, string? Value, string Summary)
{
    public static readonly Option Server = new("--server", "URL", "The console's address; else PROJECTCONSOLE_SERVER, else the one signed in to");
    public static readonly Option Organization = new("--organization", "ID", "The organization; else PROJECTCONSOLE_ORGANIZATION, .projectconsole, the active one");
    public static readonly Option Project = new("--project", "ID", "The project; else PROJECTCONSOLE_PROJECT, .projectconsole, the active one");
    public static readonly Option Output = new("--output", "table|json", "Tables for people, JSON for programs");
    public static readonly Option DryRun = new("--dry-run", null, "Change nothing; show what would change");
    public static readonly Option Yes = new("--yes", null, "Do not ask");
    public static readonly Option Help = new("--help", null, "Show this");
    public static readonly Option Limit = new("--limit", "N", "The most rows");

    /// <summary>What every command on the server takes.</summary>
    public static IReadOnlyList<Option> OfScope { get; } = [Organization, Project, Server, Output];

    /// <summary>Whether it may stand there several times.</summary>
    public bool IsRepeated { get; init; }
}
