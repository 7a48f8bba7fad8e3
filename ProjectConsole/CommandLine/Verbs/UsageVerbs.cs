namespace ProjectConsole.CommandLine.Verbs;

/// <summary>What is used in a project, and what happened in it.</summary>
internal static class UsageVerbs
{
    private static readonly Option OfOrganization = new("--whole-organization", null, "Of the organization and all its projects");

    /// <summary>The commands.</summary>
    public static IReadOnlyList<Verb> List { get; } =
    [
        new("usage", "Show what the project uses of its limits", UsageAsync) { Options = [Option.Limit] },
        new("audit", "List what happened in the project, newest first", AuditAsync)
        {
            Options =
            [
                OfOrganization,
                new("--actor", "TEXT", "Who did it"),
                new("--action", "TEXT", "What was done: project.collaborator.removed"),
                new("--from", "DAY", "Not before this day: 2030-01-31"),
                new("--to", "DAY", "Not after this day"),
                Option.Limit,
            ],
        },
    ];

    private static Task<int> UsageAsync(Invocation run) => run.ListAsync(
        $"{run.ProjectPath()}/limits", "", "Nothing is counted here.",
        Column.Member("METRIC", "metric"), Column.Member("USED", "used"), new("LIMIT", row => row["amount"]?.ToString() ?? "none"), Column.Member("UNIT", "unit"), Column.Member("SET BY", "setBy"));

    private static Task<int> AuditAsync(Invocation run) => run.ListAsync(
        $"{(run.Typed.Has(OfOrganization) ? run.OrganizationPath() : run.ProjectPath())}/audit", run.Query("actor", "action", "from", "to"), "Nothing happened.",
        Column.Time("WHEN (UTC)", "whenUtc"), Column.Member("ACTOR", "actor"), Column.Member("ACTION", "action"), Column.Member("OBJECT", "objectName"), Column.Member("RESULT", "result"),
        Column.Member("PROJECT", "project"));
}
