using System.Text.Json.Nodes;

namespace ProjectConsole.CommandLine.Verbs;

/// <summary>The roles that members of the organization can have.</summary>
internal static class OrganizationRoleVerbs
{
    private const string Overview = "organization-role list";
    private const string Nothing = "none";

    private static readonly Option Right = new("--right", "NAME", "What it lets do in the organization, all of it: members.view") { IsRepeated = true };
    private static readonly Option InEveryProject = new("--in-every-project", "ROLE|none", "The project role that its holders have in every project");
    private static readonly Option Ceiling = new("--ceiling", "NAME|none", "The most that its holders can have in any project; none for no bound") { IsRepeated = true };

    /// <summary>The commands.</summary>
    public static IReadOnlyList<Verb> List { get; } =
    [
        new(Overview, "List the roles that members can have", ListAsync) { Options = [Option.Limit] },
        new("organization-role describe", "Show what an organization role lets do", DescribeAsync) { Arguments = ["ROLE"] },
        new("organization-role create", "Make an organization role", CreateAsync)
        {
            Arguments = ["NAME"], IsChange = true, Options = [Right, InEveryProject, Ceiling, NamedRole.Description],
        },
        new("organization-role set", "Change an organization role, for every member who has it; what is not given stays", SetAsync)
        {
            Arguments = ["ROLE"], IsChange = true, Options = [NamedRole.NewName, NamedRole.Description, Right, InEveryProject, Ceiling, NamedRole.Heir],
        },
        new("organization-role delete", "Delete an organization role that nobody has", DeleteAsync) { Arguments = ["ROLE"], IsChange = true, IsConfirmed = true },
    ];

    private static Task<int> ListAsync(Invocation run) => run.ListAsync(
        Roles(run), "", "No role is here.",
        Column.Member("ROLE", "key"), Column.Member("NAME", "name"), new("ORIGIN", row => (bool?)row["builtIn"] is true ? "builtIn" : "organization"),
        Column.Member("IN EVERY PROJECT", "inEveryProject"), Column.Member("MEMBERS", "members"));

    private static async Task<int> DescribeAsync(Invocation run)
    {
        var role = (await FindAsync(run)).Body;
        run.Report.WriteOne(
            role,
            ("role", (string?)role["key"]), ("name", (string?)role["name"]), ("description", (string?)role["description"]), ("members", role["members"]?.ToString()),
            ("rights", Report.Names(role["rights"])), ("in every project", (string?)role["inEveryProject"]), ("ceiling", Report.Names(role["ceiling"])));
        return ExitCodes.Done;
    }

    private static async Task<int> CreateAsync(Invocation run)
    {
        var body = Body(run);
        body["name"] = run.Typed.Argument(0);
        return NamedRole.SayMade(run, await run.ChangeAsync(HttpMethod.Post, Roles(run), body), null);
    }

    private static async Task<int> SetAsync(Invocation run)
    {
        var body = Body(run);
        NamedRole.Add(body, "name", run.Typed.Value(NamedRole.NewName.Name));
        if (body.Count == 0)
        {
            throw CommandRefusedException.Usage("Nothing is to be changed.", $"Give {NamedRole.NewName.Name}, {NamedRole.Description.Name}, {Right.Name}, {InEveryProject.Name} or {Ceiling.Name}.");
        }

        NamedRole.Add(body, "heir", run.Typed.Value(NamedRole.Heir.Name));
        return await (await FindAsync(run)).ChangeAsync(run, body);
    }

    private static async Task<int> DeleteAsync(Invocation run) => await (await FindAsync(run)).DeleteAsync(run);

    // What is null in a body is taken away; what does not stand in it stays.
    private static JsonObject Body(Invocation run)
    {
        var body = new JsonObject();
        NamedRole.Add(body, "description", run.Typed.Value(NamedRole.Description.Name));
        NamedRole.Add(body, "rights", NamedRole.Texts(run, Right));
        if (run.Typed.Value(InEveryProject.Name) is { } everywhere)
        {
            body["inEveryProject"] = everywhere == Nothing ? null : everywhere;
        }

        if (NamedRole.Texts(run, Ceiling) is { } ceiling)
        {
            body["ceiling"] = ceiling is [var only] && (string?)only == Nothing ? null : ceiling;
        }

        return body;
    }

    private static Task<NamedRole> FindAsync(Invocation run) => NamedRole.FindAsync(run, Roles(run), Overview);

    private static string Roles(Invocation run) => $"{run.OrganizationPath()}/organization-roles";
}
