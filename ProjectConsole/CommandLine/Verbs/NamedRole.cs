using System.Text.Json.Nodes;

namespace ProjectConsole.CommandLine.Verbs;

/// <summary>A role that a command names, as it was when it was read.</summary>
/// <param name="Path">Its address.</param>
/// <param name="Body">What it is.</param>
/// <param name="Version">The edit token under which it was read; null for one that the console brings.</param>
internal sealed record NamedRole(string Path, JsonNode Body, string? Version)
{
    /// <summary>The options that roles of every sort have.</summary>
    public static readonly Option NewName = new("--name", "TEXT", "Another name for people");

    /// <inheritdoc cref="NewName"/>
    public static readonly Option Description = new("--description", "TEXT", "What it is for");

    /// <inheritdoc cref="NewName"/>
    public static readonly Option Heir = new("--heir", "ADDRESS", "Who becomes Admin by it, where nobody else would be one");

    private string Name => Terminal.Plain((string?)Body["name"] ?? "");

    /// <summary>Finds a role by its stored name, or by a name for people that only one has.</summary>
    /// <param name="run">The command.</param>
    /// <param name="roles">Address of the roles among which it is.</param>
    /// <param name="overview">The command that lists them.</param>
    /// <param name="named">What was typed; null for the first word behind the command.</param>
    public static async Task<NamedRole> FindAsync(Invocation run, string roles, string overview, string? named = null)
    {
        named ??= run.Typed.Argument(0)!;
        using var client = run.Open();
        var (rows, _) = await client.ListAsync(roles, "", int.MaxValue);
        var keys = rows.Where(row => (string?)row!["key"] == named).DefaultIfEmpty().First() is { } exact ? [(string)exact["key"]!]
            : rows.Where(row => string.Equals((string?)row!["name"], named, StringComparison.OrdinalIgnoreCase)).Select(row => (string)row!["key"]!).ToList();
        if (keys is not [var key])
        {
            throw keys.Count == 0
                ? new CommandRefusedException(ExitCodes.NotFound, $"No role here is called {Terminal.Plain(named)}.", $"projectconsole {overview} shows which there are.")
                : CommandRefusedException.Usage($"{keys.Count} roles are called {Terminal.Plain(named)}.", $"Name one by what stands first in projectconsole {overview}.");
        }

        var path = $"{roles}/{Uri.EscapeDataString(key)}";
        var (body, version) = await client.GetWithVersionAsync(path);
        return new(path, body, version);
    }

    /// <summary>The values of an option as a body has them; null where it was not given.</summary>
    public static JsonArray? Texts(Invocation run, Option option) =>
        run.Typed.Values(option.Name) is { Count: > 0 } values ? new JsonArray([.. values.Select(value => (JsonNode)value)]) : null;

    /// <summary>Writes a member of a body where there is something to write.</summary>
    public static void Add(JsonObject body, string member, JsonNode? value)
    {
        if (value is not null)
        {
            body[member] = value;
        }
    }

    /// <summary>Says that a role was made, and by which name it is given.</summary>
    public static int SayMade(Invocation run, JsonNode? made, string? given)
    {
        var name = Terminal.Plain(run.Typed.Argument(0)!);
        var sentence = run.IsTried ? $"{name} is made." : $"{name} is made as role {made?["key"]}{(given is null ? "" : $", given by {given} {made?["key"]}")}.";
        run.Report.WriteChange(made, run.IsTried, sentence);
        return ExitCodes.Done;
    }

    /// <summary>Changes it, unless somebody did meanwhile.</summary>
    public Task<int> ChangeAsync(Invocation run, JsonObject body) => run.ChangeAndSayAsync(HttpMethod.Patch, Path, body, $"{Name} is changed.", Version);

    /// <summary>Deletes what was seen when it was confirmed, and nothing that became of it meanwhile.</summary>
    public Task<int> DeleteAsync(Invocation run)
    {
        run.Confirm($"Delete the role {Name}? (yes)", "yes");
        return run.ChangeAndSayAsync(HttpMethod.Delete, Path, null, $"{Name} is deleted.", Version);
    }
}
