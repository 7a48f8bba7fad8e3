using System.Globalization;
using System.Text.Json.Nodes;

namespace ProjectConsole.CommandLine.Verbs;

/// <summary>Project roles: those of the project, and with <c>--shared</c> those that the organization keeps for all its projects.</summary>
internal static class RoleVerbs
{
    private const string Overview = "role list";

    private static readonly Option Shared = new("--shared", null, "The roles that the organization keeps for all its projects");
    private static readonly Option BasedOn = new("--based-on", "ROLE", "The built-in role that it starts from; else viewer");
    private static readonly Option Permission = new("--permission", "NAME", "What it gives, all of it: clusters.view") { IsRepeated = true };

    /// <summary>The commands.</summary>
    public static IReadOnlyList<Verb> List { get; } =
    [
        new(Overview, "List the roles that the project may use", ListAsync) { Options = [Shared, Option.Limit] },
        new("role describe", "Show what a role gives", DescribeAsync) { Arguments = ["ROLE"], Options = [Shared] },
        new("role create", "Make a role with the permissions that are named, else with those of the role that it starts from", CreateAsync)
        {
            Arguments = ["NAME"], IsChange = true, Options = [BasedOn, Permission, NamedRole.Description, Shared],
        },
        new("role set", "Change a role, for everybody who holds it; what is not given stays", SetAsync)
        {
            Arguments = ["ROLE"], IsChange = true, Options = [NamedRole.NewName, NamedRole.Description, Permission, NamedRole.Heir, Shared],
        },
        new("role delete", "Delete a role that nobody holds", DeleteAsync) { Arguments = ["ROLE"], IsChange = true, IsConfirmed = true, Options = [Shared] },
    ];

    private static Task<int> ListAsync(Invocation run) => run.ListAsync(
        Roles(run), "", "No role is here.",
        Column.Member("ROLE", "key"), Column.Member("NAME", "name"), Column.Member("ORIGIN", "origin"), Column.Member("BASED ON", "basedOn"), Column.Member("HOLDERS", "holders"),
        new("PERMISSIONS", row => (row["permissions"] as JsonArray)?.Count.ToString(CultureInfo.InvariantCulture) ?? ""));

    private static async Task<int> DescribeAsync(Invocation run)
    {
        var role = (await NamedRole.FindAsync(run, Roles(run), Overview)).Body;
        run.Report.WriteOne(
            role,
            ("role", (string?)role["key"]), ("name", (string?)role["name"]), ("description", (string?)role["description"]), ("origin", (string?)role["origin"]),
            ("based on", (string?)role["basedOn"]), ("holders", role["holders"]?.ToString()), ("permissions", Report.Names(role["permissions"])));
        return ExitCodes.Done;
    }

    private static async Task<int> CreateAsync(Invocation run)
    {
        var roles = Roles(run);
        var start = (await NamedRole.FindAsync(run, roles, Overview, run.Typed.Value(BasedOn.Name) ?? "viewer")).Body;
        var body = new JsonObject { ["name"] = run.Typed.Argument(0), ["basedOn"] = (string?)start["key"] };
        body["permissions"] = NamedRole.Texts(run, Permission) ?? start["permissions"]?.DeepClone();
        NamedRole.Add(body, "description", run.Typed.Value(NamedRole.Description.Name));
        return NamedRole.SayMade(run, await run.ChangeAsync(HttpMethod.Post, roles, body), "projectconsole collaborator add ADDRESS --role");
    }

    private static async Task<int> SetAsync(Invocation run)
    {
        var body = new JsonObject();
        NamedRole.Add(body, "name", run.Typed.Value(NamedRole.NewName.Name));
        NamedRole.Add(body, "description", run.Typed.Value(NamedRole.Description.Name));
        NamedRole.Add(body, "permissions", NamedRole.Texts(run, Permission));
        if (body.Count == 0)
        {
            throw CommandRefusedException.Usage("Nothing is to be changed.", $"Give {NamedRole.NewName.Name}, {NamedRole.Description.Name} or {Permission.Name}.");
        }

        NamedRole.Add(body, "heir", run.Typed.Value(NamedRole.Heir.Name));
        return await (await NamedRole.FindAsync(run, Roles(run), Overview)).ChangeAsync(run, body);
    }

    private static async Task<int> DeleteAsync(Invocation run) => await (await NamedRole.FindAsync(run, Roles(run), Overview)).DeleteAsync(run);

    private static string Roles(Invocation run) => $"{(run.Typed.Has(Shared) ? run.OrganizationPath() : run.ProjectPath())}/roles";
}
