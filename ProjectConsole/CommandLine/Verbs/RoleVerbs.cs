using System.Globalization;
using System.Text.Json.Nodes;

namespace ProjectConsole.CommandLine.Verbs;

/// <summary>Roles that the project may use.</summary>
internal static class RoleVerbs
{
    /// <summary>The commands.</summary>
    public static IReadOnlyList<Verb> List { get; } =
    [
        new("role list", "List the roles that the project may use", ListAsync) { Options = [Option.Limit] },
        new("role describe", "Show what a role gives", DescribeAsync) { Arguments = ["ROLE"] },
    ];

    private static Task<int> ListAsync(Invocation run) => run.ListAsync(
        $"{run.ProjectPath()}/roles", "", "No role is here.",
        Column.Member("ROLE", "key"), Column.Member("NAME", "name"), Column.Member("ORIGIN", "origin"), Column.Member("BASED ON", "basedOn"), Column.Member("HOLDERS", "holders"),
        new("PERMISSIONS", row => (row["permissions"] as JsonArray)?.Count.ToString(CultureInfo.InvariantCulture) ?? ""));

    private static async Task<int> DescribeAsync(Invocation run)
    {
        using var client = run.Open();
        var role = await client.GetAsync($"{run.ProjectPath()}/roles/{Uri.EscapeDataString(run.Typed.Argument(0)!)}");
        run.Report.WriteOne(
            role,
            ("role", (string?)role["key"]), ("name", (string?)role["name"]), ("description", (string?)role["description"]), ("origin", (string?)role["origin"]),
            ("based on", (string?)role["basedOn"]), ("holders", role["holders"]?.ToString()), ("permissions", Report.Names(role["permissions"])));
        return ExitCodes.Done;
    }
}
