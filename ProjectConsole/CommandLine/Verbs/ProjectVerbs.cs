using System.Text.Json.Nodes;

namespace ProjectConsole.CommandLine.Verbs;

/// <summary>Projects.</summary>
internal static class ProjectVerbs
{
    private static readonly Option StopRunning = new("--stop-running", null, "Stop what runs in it");

    /// <summary>The commands.</summary>
    public static IReadOnlyList<Verb> List { get; } =
    [
        new("project list", "List the projects that you see", ListAsync)
        {
            Options =
            [
                new("--search", "TEXT", "Part of name or Project ID"),
                new("--state", "STATE", "active, suspended or deleted") { IsRepeated = true },
                new("--role", "ROLE", "Those in which you have this built-in role"),
                new("--workspace", "ID", "Those of a workspace"),
                new("--sort", "BY", "name, id, state, created or activity"),
                Option.Limit,
            ],
        },
        new("project create", "Create a project", CreateAsync)
        {
            Arguments = ["ID"],
            IsChange = true,
            Options =
            [
                new("--name", "TEXT", "Its display name; else its ID"),
                new("--description", "TEXT", "What it is for"),
                new("--structure", "KEY", "team, environment, workload, customer, use-case or product"),
                new("--workspace", "ID", "The workspace; else default"),
                new("--collaborator", "ADDRESS=ROLE", "Who works in it from the start") { IsRepeated = true },
            ],
        },
        new("project set", "Make a project the active one", SetAsync) { Arguments = ["ID"] },
        new("project describe", "Show a project", DescribeAsync) { Arguments = ["[ID]"] },
        new("project suspend", "Let nobody change or run anything in a project", SuspendAsync) { Arguments = ["[ID]"], IsChange = true },
        new("project activate", "Put a suspended project into use again", ActivateAsync) { Arguments = ["[ID]"], IsChange = true },
        new("project delete", "Delete a project; it can be restored for 30 days", DeleteAsync) { Arguments = ["ID"], IsChange = true, IsConfirmed = true, Options = [StopRunning] },
        new("project restore", "Bring a deleted project back", RestoreAsync) { Arguments = ["ID"], IsChange = true },
    ];

    private static Task<int> ListAsync(Invocation run) => run.ListAsync(
        $"{run.OrganizationPath()}/projects", run.Query("search", "state", "role", "workspace", "sort"), "No project is here for you.",
        Column.Member("PROJECT ID", "id"), Column.Member("NAME", "name"), Column.Member("STATE", "state"), Column.Member("ROLE", "role"),
        Column.Member("COLLABORATORS", "collaborators"), Column.Member("RESOURCES", "resources"), Column.Time("LAST ACTIVITY", "lastActivityUtc"));

    private static async Task<int> CreateAsync(Invocation run)
    {
        var id = run.Typed.Argument(0)!;
        var body = new JsonObject { ["id"] = id, ["name"] = run.Typed.Value("--name") ?? id };
        foreach (var name in new[] { "description", "structure", "workspace" })
        {
            if (run.Typed.Value($"--{name}") is { } value)
            {
                body[name] = value;
            }
        }

        if (run.Typed.Values("--collaborator") is { Count: > 0 } people)
        {
            body["collaborators"] = new JsonArray([.. people.Select(Collaborator)]);
        }

        var made = await run.ChangeAsync(HttpMethod.Post, $"{run.OrganizationPath()}/projects", body);
        run.Report.WriteChange(made, run.IsTried, $"{run.Scope.Organization()}/{made?["id"]} is created.");
        return ExitCodes.Done;
    }

    private static JsonNode Collaborator(string text)
    {
        var at = text.LastIndexOf('=');
        return at < 0 ? new JsonObject { ["address"] = text } : new JsonObject { ["address"] = text[..at], ["role"] = text[(at + 1)..] };
    }

    private static async Task<int> SetAsync(Invocation run)
    {
        using var client = run.Open();
        var project = await client.GetAsync(run.ProjectPath(0));
        var (organization, id) = ((string?)project["organization"], (string?)project["id"]);
        (run.Stored with { Organization = organization, Project = id, Server = run.Stored.Server ?? ServerAddress.Show(run.Server) }).Write(run.Around.SettingsPath);
        run.Report.WriteChange(project, isTried: false, $"{organization}/{id} is the active project.");
        if (run.Scope.FindProject() is { } meant && meant.Project != id)
        {
            run.Terminal.Say($"Here {meant.Project} is meant nevertheless, from {meant.Where}.");
        }

        return ExitCodes.Done;
    }

    private static async Task<int> DescribeAsync(Invocation run)
    {
        using var client = run.Open();
        var project = await client.GetAsync(run.ProjectPath(0));
        run.Report.WriteOne(
            project,
            ("project id", (string?)project["id"]), ("name", (string?)project["name"]), ("organization", (string?)project["organization"]),
            ("workspace", (string?)project["workspace"]), ("state", (string?)project["state"]), ("description", (string?)project["description"]),
            ("structure", (string?)project["structure"]), ("labels", Report.Names(project["labels"])),
            ("configuration", string.Join(", ", project["configuration"]!.AsArray().Select(value => $"{value!["name"]}={value["value"]}"))),
            ("you may", Report.Names(project["permissions"])));
        return ExitCodes.Done;
    }

    private static Task<int> SuspendAsync(Invocation run) =>
        run.ChangeAndSayAsync(HttpMethod.Post, $"{run.ProjectPath(0)}/suspend", null, $"{Named(run)} is suspended.");

    private static Task<int> ActivateAsync(Invocation run) =>
        run.ChangeAndSayAsync(HttpMethod.Post, $"{run.ProjectPath(0)}/activate", null, $"{Named(run)} is in use again.");

    private static Task<int> DeleteAsync(Invocation run)
    {
        var path = run.ProjectPath(0);
        run.Confirm($"Delete {Named(run)} on {ServerAddress.Show(run.Server)}? Everybody loses access. Type its Project ID:", run.Typed.Argument(0)!);
        return run.ChangeAndSayAsync(
            HttpMethod.Delete, run.Typed.Has(StopRunning) ? $"{path}?stopRunning=true" : path, null,
            $"{Named(run)} is deleted. projectconsole project restore {run.Typed.Argument(0)} brings it back within 30 days.");
    }

    private static async Task<int> RestoreAsync(Invocation run)
    {
        var restored = await run.ChangeAsync(HttpMethod.Post, $"{run.ProjectPath(0)}/restore");
        run.Report.WriteChange(restored, run.IsTried, $"{Named(run)} is back.{((bool?)restored?["restorerBecameAdmin"] is true ? " You are its Admin: nobody else was any more." : "")}");
        return ExitCodes.Done;
    }

    private static string Named(Invocation run) => Terminal.Plain($"{run.Scope.Organization()}/{run.Typed.Argument(0) ?? run.Scope.Project()}");
}
