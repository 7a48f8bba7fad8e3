using System.Text.Json.Nodes;

namespace ProjectConsole.CommandLine.Verbs;

/// <summary>Who has access to a project.</summary>
internal static class CollaboratorVerbs
{
    private static readonly Option External = new("--external", null, "The person may be outside the organization");
    private static readonly Option Expires = new("--expires", "DATE|DAYSd", "When it ends: 2030-12-31, or 30d for 30 days from now");
    private static readonly Option Heir = new("--heir", "ADDRESS", "Who becomes Admin with it, where nobody else would be one");

    /// <summary>The commands.</summary>
    public static IReadOnlyList<Verb> List { get; } =
    [
        new("collaborator list", "List who has access to the project", ListAsync)
        {
            Options = [new("--search", "TEXT", "Part of the address"), new("--role", "ROLE", "Those with this role"), Option.Limit],
        },
        new("collaborator add", "Add a person or team to the project", AddAsync)
        {
            Arguments = ["ADDRESS"],
            IsChange = true,
            Options = [new("--role", "ROLE", "The role; else developer"), Expires, External],
        },
        new("collaborator role", "Give a collaborator another role", ChangeAsync) { Arguments = ["ADDRESS", "ROLE"], IsChange = true, Options = [Expires, Heir] },
        new("collaborator why", "Say why somebody may do something in the project, or may not", WhyAsync)
        {
            Arguments = ["[ADDRESS]"],
            Options = [new("--permission", "NAME", "What it is about; else project.view")],
        },
        new("collaborator remove", "Take somebody's access away", RemoveAsync) { Arguments = ["ADDRESS"], IsChange = true, IsConfirmed = true, Options = [Heir] },
    ];

    private static Task<int> ListAsync(Invocation run) => run.ListAsync(
        $"{run.ProjectPath()}/collaborators", run.Query("search", "role"), "Nobody is here.",
        Column.Member("ADDRESS", "address"), Column.Member("KIND", "kind"), Column.Member("ROLE", "role"),
        new("FROM", row => string.Join("; ", row["sources"]!.AsArray().Select(source => source!["text"]!.ToString()))),
        new("EXPIRES", row => Column.Minute(row["grant"]?["expiresUtc"])),
        new("NOTE", Note), Column.Time("LAST ACTIVITY", "lastActivityUtc"));

    private static string Note(JsonNode row) => string.Join(
        ", ",
        new[]
        {
            (bool?)row["external"] is true ? "external" : null,
            (bool?)row["blocked"] is true ? "has nothing" : null,
            Report.Names(row["restrictedBy"]) is { Length: > 0 } restrictions ? $"restricted by {restrictions}" : null,
            row["cappedBy"] is { } ceiling ? $"capped by {ceiling}" : null,
        }.OfType<string>());

    private static Task<int> AddAsync(Invocation run)
    {
        var (address, role) = (run.Typed.Argument(0)!, run.Typed.Value("--role") ?? "developer");
        var body = new JsonObject { ["address"] = address, ["role"] = role, ["external"] = run.Typed.Has(External) };
        if (End(run) is { } end)
        {
            body["expiresUtc"] = end;
        }

        return run.ChangeAndSayAsync(HttpMethod.Post, $"{run.ProjectPath()}/collaborators", body, Terminal.Plain($"{address} is {role} in {run.Scope.Project()}."));
    }

    private static Task<int> ChangeAsync(Invocation run)
    {
        var (address, role) = (run.Typed.Argument(0)!, run.Typed.Argument(1)!);
        var body = new JsonObject { ["role"] = role };
        if (End(run) is { } end)
        {
            body["expiresUtc"] = end;
        }

        if (run.Typed.Value(Heir.Name) is { } heir)
        {
            body["heir"] = heir;
        }

        return run.ChangeAndSayAsync(HttpMethod.Patch, One(run), body, Terminal.Plain($"{address} is {role} in {run.Scope.Project()}."));
    }

    private static async Task<int> RemoveAsync(Invocation run)
    {
        var path = run.Typed.Value(Heir.Name) is { } heir ? $"{One(run)}?heir={Uri.EscapeDataString(heir)}" : One(run);
        var sentence = Terminal.Plain($"{run.Typed.Argument(0)} is removed from {run.Scope.Project()}.");
        run.Confirm($"Remove {run.Typed.Argument(0)} from {run.Scope.Organization()}/{run.Scope.Project()}? (yes)", "yes");
        return await run.ChangeAndSayAsync(HttpMethod.Delete, path, null, sentence);
    }

    private static async Task<int> WhyAsync(Invocation run)
    {
        using var client = run.Open();
        var question = new JsonObject { ["collaborator"] = run.Typed.Argument(0), ["permission"] = run.Typed.Value("--permission") };
        var answer = await client.SendAsync(HttpMethod.Post, $"{run.ProjectPath()}/access:explain", question) ?? new JsonObject();
        run.Report.WriteOne(
            answer,
            [
                ("who", (string?)answer["collaborator"]), ("role", (string?)answer["role"]), ("permission", (string?)answer["permission"]),
                ("allowed", (bool?)answer["allowed"] is true ? "yes" : "no"), ("because", (string?)answer["reason"]),
                .. (answer["paths"] as JsonArray ?? []).Select(path => ("path", (string?)$"{path!["title"]}: {path["role"]}{((bool?)path["gives"] is true ? ", gives it" : "")}")),
                .. (answer["taken"] as JsonArray ?? []).Select(part => ("taken by", (string?)$"{part!["name"]}: {Report.Names(part["takes"])}")),
            ]);
        return ExitCodes.Done;
    }

    private static string One(Invocation run) => $"{run.ProjectPath()}/collaborators/{Uri.EscapeDataString(run.Typed.Argument(0)!)}";

    private static string? End(Invocation run) =>
        run.Typed.Value(Expires.Name) is { } text ? EndTime.Read(text, Expires.Name, run.Around.Clock) : null;
}
