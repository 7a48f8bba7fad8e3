using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Teams;
using ProjectConsole.Features.Account;
using ProjectConsole.Features.Installation;
using ProjectConsole.Features.Organizations;
using ProjectConsole.Features.Undo;
using ProjectConsole.Security;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Teams;

/// <summary>
/// The team crew, with cara in it, is Developer in vision and Viewer in the workspace lab, in which speech is. The keeper manages
/// teams and workspaces by an organization role and has nothing else but what a test gives.
/// </summary>
public sealed class TeamWorld : IAsyncDisposable
{
    private readonly Dictionary<string, User> _people = [];

    private TeamWorld(TestDatabase database, GivenOrganization acme) => (Database, Acme) = (database, acme);

    public static IReadOnlyList<string> Insiders { get; } = ["owner", "admin", "auditor", "member", "keeper", "cara"];

    public static IReadOnlyList<string> Outsiders { get; } = ["external", "stranger", "neighbour", "locked", "nobody"];

    public TestDatabase Database { get; }

    public GivenOrganization Acme { get; }

    public GivenOrganization Globex { get; private set; } = null!;

    public Team Crew { get; private set; } = null!;

    public Team Strangers { get; private set; } = null!;

    public Project Vision { get; private set; } = null!;

    public Project Speech { get; private set; } = null!;

    public Workspace Lab { get; private set; } = null!;

    public User this[string who] => _people[who];

    public static async Task<TeamWorld> CreateAsync(DatabaseKind kind, Func<OrganizationSettings, OrganizationSettings>? settings = null, string? publicUrl = null)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(PublicAddress.Setting, publicUrl)]).Build();
        var database = await TestDatabase.CreateAsync(
            kind, services => services.AddSingleton<IConfiguration>(configuration).AddOrganizationsFeature().AddInstallationFeature().AddUndoFeature());
        var world = new TeamWorld(database, await Given.OrganizationAsync(database, settings: settings));
        await world.FillAsync();
        return world;
    }

    public Actor As(string who) => who == "nobody" ? Actors.Anonymous : Actors.Of(_people[who]);

    public Actor Previewing(string who) => As(who) with { DryRun = true };

    public T Get<T>()
        where T : notnull => Database.Get<T>();

    /// <summary>What a person has in a project.</summary>
    public async Task<PermissionSet> HeldAsync(string who, Project project) =>
        (await Get<AccessControl>().InProjectAsync(As(who), Acme.Scope(project)))!.Access.Allowed;

    /// <summary>The effective role of a person in a project; null for none.</summary>
    public async Task<string?> RoleAsync(string who, Project project) => ProjectRole.LargestIn(await HeldAsync(who, project))?.Title;

    /// <summary>The addresses of who is in the team.</summary>
    public Task<List<string?>> PeopleAsync(Team team) => Database.ReadAsync(db => (
        from principal in db.Principals.Where(principal => principal.Id == team.Id)
        join user in db.Users on principal.UserId equals user.Id
        orderby user.Email
        select user.Email).ToListAsync());

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    private async Task FillAsync()
    {
        _people["owner"] = Acme.Owner;
        _people["admin"] = await Acme.MemberAsync("admin", OrganizationRole.Admin);
        _people["auditor"] = await Acme.MemberAsync("auditor", OrganizationRole.Auditor);
        _people["member"] = await Acme.MemberAsync("member");
        _people["cara"] = await Acme.MemberAsync("cara");
        var keeper = await Acme.OrganizationRoleAsync("Keeper", PermissionSet.Of(
            PermissionCatalogue.Get("organization.view"), Permissions.TeamsView, Permissions.TeamsManage,
            Permissions.WorkspacesView, Permissions.WorkspacesManage, Permissions.MembersView));
        _people["keeper"] = await Acme.MemberAsync("keeper", keeper);
        _people["external"] = await Given.UserAsync(Database, "external@partner.test");
        _people["stranger"] = await Given.UserAsync(Database, "stranger@elsewhere.test");
        Globex = await Given.OrganizationAsync(Database, "globex");
        _people["neighbour"] = Globex.Owner;
        _people["locked"] = await Acme.MemberAsync("locked", OrganizationRole.Owner);
        await Database.ChangeAsync<User>(user => user.LockedUtc = Database.Clock.UtcNow, _people["locked"].Id);
        Vision = await Acme.ProjectAsync("vision", (_people["external"], ProjectRole.Viewer));
        Speech = await Acme.ProjectAsync("speech");
        Lab = await Acme.WorkspaceAsync("lab");
        await Acme.ChangeAsync(Speech, project => project.MoveTo(Lab.Id));
        Crew = await Acme.TeamAsync("crew", _people["cara"]);
        await Acme.GrantAsync(Vision, Crew, ProjectRole.Developer);
        await Acme.GrantAsync(Lab, Crew, ProjectRole.Viewer);
        Strangers = await Globex.TeamAsync("strangers", Globex.Owner);
    }
}
