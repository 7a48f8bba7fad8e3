namespace ProjectConsole.CommandLine;

/// <summary>What can be typed.</summary>
internal static class HelpText
{
    private static readonly (string Name, string Summary)[] OfTheHost =
    [
        ("serve [settings]", "Run the console; the default"),
        ("admin", "Commands for whoever has the host and the database; alone it lists them"),
    ];

    /// <summary>Every command.</summary>
    public static void WriteAll(Terminal terminal, IReadOnlyList<Verb> verbs)
    {
        terminal.WriteHeading("projectconsole: projects, who may use them, and what is in them");
        terminal.Write("");
        WriteRows(terminal, [.. verbs.Select(verb => (string.Join(' ', verb.Arguments.Prepend(verb.Name)), verb.Summary)), .. OfTheHost]);
        terminal.Write("");
        terminal.Write("projectconsole COMMAND --help shows the options of a command.");
    }

    /// <summary>One command.</summary>
    public static void Write(Terminal terminal, Verb verb)
    {
        terminal.WriteHeading(verb.Usage);
        terminal.Write($"{verb.Summary}.");
        terminal.Write("");
        WriteRows(terminal, [.. verb.AllOptions.Select(option => (option.Value is null ? option.Name : $"{option.Name} {option.Value}", option.Summary))]);
    }

    private static void WriteRows(Terminal terminal, (string Name, string Summary)[] rows)
    {
        var width = rows.Max(row => row.Name.Length);
        foreach (var (name, summary) in rows)
        {
            terminal.Write($"  {name.PadRight(width)}  {summary}");
        }
    }
}
