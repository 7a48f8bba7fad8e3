using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProjectConsole.CommandLine.Verbs;

/// <summary>What is in a project.</summary>
internal static class ResourceVerbs
{
    private static readonly Option Spec = new("--spec", "FIELD=VALUE", "A field of its kind; a value that reads as JSON is taken as that") { IsRepeated = true };
    private static readonly Option SpecFile = new("--spec-file", "FILE", "A file with all fields as a JSON object; - reads what is piped in, for secrets among them");
    private static readonly Option Description = new("--description", "TEXT", "What it is for");
    private static readonly Option Label = new("--label", "WORD", "A free word") { IsRepeated = true };

    /// <summary>The commands.</summary>
    public static IReadOnlyList<Verb> List { get; } =
    [
        new("resource list", "List the resources of a kind, or count those of every kind", ListAsync)
        {
            Arguments = ["[KINDS]"],
            Options = [new("--search", "TEXT", "Part of the name"), new("--state", "STATE", "Those in this state"), new("--label", "WORD", "Those with this label"), Option.Limit],
        },
        new("resource get", "Show a resource", GetAsync) { Arguments = ["KINDS", "NAME"] },
        new("resource create", "Create a resource; a run or job starts by it", CreateAsync) { Arguments = ["KINDS", "NAME"], IsChange = true, Options = [Spec, SpecFile, Description, Label] },
        new("resource update", "Change a resource; what is not given stays", UpdateAsync) { Arguments = ["KINDS", "NAME"], IsChange = true, Options = [Spec, SpecFile, Description, Label] },
        new("resource delete", "Delete a resource", DeleteAsync) { Arguments = ["KINDS", "NAME"], IsChange = true, IsConfirmed = true },
    ];

    private static Task<int> ListAsync(Invocation run) => run.Typed.Argument(0) is null
        ? run.ListAsync(
            $"{run.ProjectPath()}/resources", "", "Nothing is in this project.",
            Column.Member("KINDS", "kind"), Column.Member("COUNT", "count"),
            new("STATES", row => string.Join(", ", (row["states"] as JsonObject)?.Select(state => $"{state.Value} {state.Key}") ?? [])))
        : run.ListAsync(
            Kind(run), run.Query("search", "state", "label"), "None of this kind is here.",
            Column.Member("NAME", "name"), Column.Member("STATE", "state"), new("LABELS", row => Report.Names(row["labels"])), Column.Member("CREATED BY", "createdBy"),
            Column.Time("CREATED", "createdUtc"), Column.Time("LAST USED", "lastUsedUtc"));

    private static async Task<int> GetAsync(Invocation run)
    {
        using var client = run.Open();
        var resource = await client.GetAsync(One(run));
        run.Report.WriteOne(
            resource,
            [
                ("kind", (string?)resource["kind"]), ("name", (string?)resource["name"]), ("state", $"{resource["state"]} since {Column.Minute(resource["stateUtc"])}"),
                ("description", (string?)resource["description"]), ("labels", Report.Names(resource["labels"])), ("shared by", (string?)resource["project"]),
                ("created by", $"{resource["createdBy"]} {Column.Minute(resource["createdUtc"])}"),
                .. (resource["spec"] as JsonObject ?? []).Select(field => ($"  {field.Key}", field.Value?.ToJsonString().Trim('"'))),
                ("secrets filled", Report.Names(resource["filledSecrets"])), ("used by", resource["usedByCount"]?.ToString()), ("actions", Report.Names(resource["actions"])),
            ]);
        return ExitCodes.Done;
    }

    private static async Task<int> CreateAsync(Invocation run)
    {
        var body = Body(run);
        body["name"] = run.Typed.Argument(1);
        return await run.ChangeAndSayAsync(HttpMethod.Post, Kind(run), body, $"{Named(run)} is created.");
    }

    private static Task<int> UpdateAsync(Invocation run) => Body(run) is { Count: > 0 } body
        ? run.ChangeAndSayAsync(HttpMethod.Patch, One(run), body, $"{Named(run)} is changed.")
        : throw CommandRefusedException.Usage("Nothing is to be changed.", $"Give {Spec.Name}, {SpecFile.Name}, {Description.Name} or {Label.Name}.");

    private static Task<int> DeleteAsync(Invocation run)
    {
        var path = One(run);
        run.Confirm($"Delete {Named(run)} in {run.Scope.Organization()}/{run.Scope.Project()}? Type its name:", run.Typed.Argument(1)!);
        return run.ChangeAndSayAsync(HttpMethod.Delete, path, null, $"{Named(run)} is deleted.");
    }

    private static JsonObject Body(Invocation run)
    {
        var (body, spec) = (new JsonObject(), SpecOf(run));
        if (run.Typed.Value(Description.Name) is { } description)
        {
            body["description"] = description;
        }

        if (run.Typed.Values(Label.Name) is { Count: > 0 } labels)
        {
            body["labels"] = new JsonArray([.. labels.Select(label => (JsonNode)label)]);
        }

        if (spec.Count > 0)
        {
            body["spec"] = spec;
        }

        return body;
    }

    private static JsonObject SpecOf(Invocation run)
    {
        var spec = run.Typed.Value(SpecFile.Name) switch
        {
            null => new JsonObject(),
            "-" => Parse(run.Terminal.ReadAll()) as JsonObject ?? throw CommandRefusedException.Usage("What is piped in is no JSON object."),
            var path => JsonFile.Read(Path.Combine(run.Around.Folder, path)),
        };
        foreach (var pair in run.Typed.Values(Spec.Name))
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            if (at < 1)
            {
                throw CommandRefusedException.Usage($"{Spec.Name} is written FIELD=VALUE.");
            }

            spec[pair[..at]] = Parse(pair[(at + 1)..]) ?? (pair[(at + 1)..] == "null" ? null : pair[(at + 1)..]);
        }

        return spec;
    }

    private static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Kind(Invocation run) => $"{run.ProjectPath()}/{Uri.EscapeDataString(run.Typed.Argument(0)!)}";

    private static string One(Invocation run) => $"{Kind(run)}/{Uri.EscapeDataString(run.Typed.Argument(1)!)}";

    private static string Named(Invocation run) => Terminal.Plain($"{run.Typed.Argument(0)}/{run.Typed.Argument(1)}");
}
