using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProjectConsole.CommandLine;

/// <summary>Writes what was asked for: tables for people, JSON for programs.</summary>
internal sealed class Report(Terminal terminal, bool isJson)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Whether programs read it.</summary>
    public bool IsJson { get; } = isJson;

    /// <summary>Writes JSON as it is.</summary>
    public void WriteJson(JsonNode node) => terminal.Write(node.ToJsonString(Indented));

    /// <summary>A list.</summary>
    public void WriteList(JsonArray rows, bool hasMore, string nothing, params Column[] columns)
    {
        if (IsJson)
        {
            WriteJson(new JsonObject { ["items"] = rows, ["more"] = hasMore });
            return;
        }

        if (rows.Count == 0)
        {
            terminal.Say(nothing);
            return;
        }

        WriteTable([.. columns.Select(column => column.Heading)], [.. rows.Select(row => columns.Select(column => column.Of(row!)).ToArray())]);
        if (hasMore)
        {
            terminal.Say($"There are more: --limit {rows.Count * 2}");
        }
    }

    /// <summary>One thing.</summary>
    public void WriteOne(JsonNode node, params (string Name, string? Value)[] lines)
    {
        if (IsJson)
        {
            WriteJson(node);
            return;
        }

        var shown = lines.Where(line => !string.IsNullOrEmpty(line.Value)).ToArray();
        var width = shown.Max(line => line.Name.Length);
        foreach (var (name, value) in shown)
        {
            terminal.Write($"{name.PadRight(width)}  {Terminal.Plain(value!)}");
        }
    }

    /// <summary>That something was done, or what would be; with who gains and loses what where the server says it.</summary>
    public void WriteChange(JsonNode? answer, bool isTried, string sentence)
    {
        if (IsJson)
        {
            WriteJson(answer ?? new JsonObject { ["dryRun"] = isTried });
            return;
        }

        terminal.Write(isTried ? $"Nothing was changed. Without --dry-run: {sentence}" : sentence);
        var people = answer is JsonObject ? answer["people"] as JsonArray ?? [] : [];
        foreach (var person in people)
        {
            foreach (var project in person!["projects"]!.AsArray())
            {
                var (gains, loses) = (Names(project!["gains"]), Names(project["loses"]));
                terminal.Write(Terminal.Plain($"  {person["email"]} in {project["project"]}:{(gains.Length > 0 ? $" gains {gains}" : "")}{(gains.Length > 0 && loses.Length > 0 ? ";" : "")}"
                    + $"{(loses.Length > 0 ? $" loses {loses}{((bool?)project["keepsAccess"] is false ? " and has no access any more" : "")}" : "")}"));
            }
        }

        if ((int?)(answer as JsonObject)?["morePeople"] is > 0 and var more)
        {
            terminal.Write($"  and {more} more people");
        }

        foreach (var note in (answer as JsonObject)?["notes"] as JsonArray ?? [])
        {
            terminal.Write("  " + Terminal.Plain((string?)note ?? ""));
        }
    }

    /// <summary>Texts of an array in one line.</summary>
    public static string Names(JsonNode? array) => string.Join(", ", (array as JsonArray)?.Select(name => name?.ToString()) ?? []);

    private void WriteTable(string[] headings, List<string[]> rows)
    {
        var cells = rows.ConvertAll(row => Array.ConvertAll(row, Terminal.Plain));
        var widths = headings.Select((heading, index) => cells.Select(row => row[index].Length).Append(heading.Length).Max()).ToArray();
        terminal.WriteHeading(Line(headings));
        cells.ForEach(row => terminal.Write(Line(row)));

        string Line(string[] row)
        {
            var line = new StringBuilder();
            for (var index = 0; index < row.Length; index++)
            {
                line.Append(row[index].PadRight(widths[index])).Append("  ");
            }

            return line.ToString().TrimEnd();
        }
    }
}

/// <summary>A column of a table.</summary>
/// <param name="Heading">What stands above it.</param>
/// <param name="Of">What stands in a row.</param>
internal sealed record Column(string Heading, Func<JsonNode, string> Of)
{
    /// <summary>A column with a member of the rows.</summary>
    public static Column Member(string heading, string member) => new(heading, row => row[member]?.ToString() ?? "");

    /// <summary>A column with a time: to the minute, UTC.</summary>
    public static Column Time(string heading, string member) => new(heading, row => Minute(row[member]));

    /// <summary>A time to the minute.</summary>
    public static string Minute(JsonNode? time) => time?.ToString() is { Length: >= 16 } text ? text[..16].Replace('T', ' ') : "";
}
