using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Teams;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Security.Previews;

/// <summary>What an organization holds at the moment, to take targets from at random. Deleted projects and their grants are left out.</summary>
internal sealed class Holdings(Guid organizationId, DateTime now, Random random)
{
    private readonly List<User> _users = [];
    private readonly List<Member> _members = [];
    private readonly List<Project> _projects = [];
    private readonly List<Workspace> _workspaces = [];
    private readonly List<Team> _teams = [];
    private readonly List<Principal> _teamPeople = [];
    private readonly List<Grant> _grants = [];
    private readonly List<CustomProjectRole> _roles = [];
    private readonly List<CustomOrganizationRole> _organizationRoles = [];
    private readonly List<Restriction> _restrictions = [];

    public Guid OrganizationId => organizationId;

    public Random Random => random;

    public static async Task<Holdings> ReadAsync(TestDatabase database, Guid organizationId, Random random)
    {
        var holdings = new Holdings(organizationId, database.Clock.UtcNow, random);
        await using var db = database.Open();
        holdings._users.AddRange(await db.Users.OrderBy(user => user.Email).ToListAsync());
        holdings._members.AddRange(await db.Members.Where(row => row.OrganizationId == organizationId).OrderBy(row => row.UserId).ToListAsync());
        holdings._projects.AddRange(await db.Projects.Where(row => row.OrganizationId == organizationId && row.State != ProjectState.Deleted).OrderBy(row => row.Slug).ToListAsync());
        holdings._workspaces.AddRange(await db.Workspaces.Where(row => row.OrganizationId == organizationId).OrderBy(row => row.Slug).ToListAsync());
        holdings._teams.AddRange(await db.Teams.Where(row => row.OrganizationId == organizationId).OrderBy(row => row.Slug).ToListAsync());
        holdings._teamPeople.AddRange(await db.Principals.Where(row => db.Teams.Any(team => team.OrganizationId == organizationId && team.Id == row.Id)).ToListAsync());
        holdings._grants.AddRange(await db.Grants.Where(row => row.OrganizationId == organizationId).OrderBy(row => row.Id).ToListAsync());
        holdings._roles.AddRange(await db.ProjectRoles.Where(row => row.OrganizationId == organizationId).OrderBy(row => row.Id).ToListAsync());
        holdings._organizationRoles.AddRange(await db.OrganizationRoles.Where(row => row.OrganizationId == organizationId).ToListAsync());
        holdings._restrictions.AddRange(await db.Restrictions.Where(row => row.OrganizationId == organizationId).OrderBy(row => row.Id).ToListAsync());
        return holdings;
    }

    public bool Sometimes => random.Next(3) == 0;

    public DateTime Later => now.AddDays(random.Next(1, 9));

    public User User => Any(_users)!;

    /// <summary>Where there is one, somebody with a role of their own in a project.</summary>
    public User Collaborator => Any([.. _users.Where(user => _grants.Exists(grant => grant.PrincipalId == user.Id && grant.ProjectId is not null && !grant.IsUpgrade))]) ?? User;

    public Member? Member => Any(_members);

    /// <summary>Now and then somebody who is named to become Admin where nobody else would be.</summary>
    public string? Heir => random.Next(4) == 0 ? User.Email : null;

    public Project Project => Any(_projects)!;

    /// <summary>Where there is one, a project in this state.</summary>
    public Project ProjectIn(ProjectState state) => Any([.. _projects.Where(project => project.State == state)]) ?? Project;

    public Guid Workspace => Any(_workspaces)!.Id;

    public Guid Team => Any(_teams)?.Id ?? Guid.NewGuid();

    public Guid OtherTeam(Guid person) => Any([.. _teams.Where(team => !_teamPeople.Exists(row => row.Id == team.Id && row.UserId == person))])?.Id ?? Team;

    public (Guid Team, Guid Person) InTeam => Any(_teamPeople) is { } principal ? (principal.Id, principal.UserId) : (Team, User.Id);

    /// <summary>A person's address or a team's ID.</summary>
    public string Address => _teams.Count > 0 && Sometimes ? Any(_teams)!.Slug : User.Email!;

    /// <summary>Whether the address is one of somebody outside the organization.</summary>
    public bool IsOutside(string address) => _users.Find(user => user.Email == address) is { } user && !_members.Exists(member => member.UserId == user.Id);

    /// <summary>A grant on a project that lives, with the project.</summary>
    public (ProjectScope Scope, Guid Principal) Granted(bool isUpgrade = false) =>
        Any([.. _grants.Where(grant => grant.IsUpgrade == isUpgrade && _projects.Exists(project => project.Id == grant.ProjectId))]) is { } grant
            ? (new ProjectScope(organizationId, grant.ProjectId!.Value), grant.PrincipalId)
            : (Scope(Project), User.Id);

    /// <summary>The first project in which the person has a role of their own: the same when it is asked again.</summary>
    public ProjectScope GrantedTo(Guid userId) =>
        _grants.Find(grant => grant.PrincipalId == userId && !grant.IsUpgrade && _projects.Exists(project => project.Id == grant.ProjectId)) is { } grant
            ? new ProjectScope(organizationId, grant.ProjectId!.Value)
            : Scope(_projects[0]);

    /// <summary>Everybody to whom one project grants a role.</summary>
    public (ProjectScope Scope, List<Guid> Principals) Several()
    {
        var (scope, _) = Granted();
        return (scope, [.. _grants.Where(grant => grant.ProjectId == scope.ProjectId && !grant.IsUpgrade).Select(grant => grant.PrincipalId).Where(_ => random.Next(2) == 0)]);
    }

    public Grant? OnWorkspace => Any([.. _grants.Where(grant => grant.WorkspaceId is not null)]);

    public string RoleKey(Guid? project) => Sometimes && Any([.. _roles.Where(role => role.ProjectId is null || role.ProjectId == project)]) is { } role
        ? role.Key : Any(ProjectRole.All)!.Key;

    public Guid? RestrictionId(Guid? project) =>
        random.Next(2) == 0 ? Any([.. _restrictions.Where(restriction => restriction.ProjectId is null || restriction.ProjectId == project)])?.Id : null;

    public CustomProjectRole? Role => Any(_roles);

    public Restriction? Restriction => Any(_restrictions);

    /// <summary>Where there is one, a restriction that hangs on a grant.</summary>
    public Restriction? Attached => Any([.. _restrictions.Where(restriction => _grants.Exists(grant => grant.RestrictionId == restriction.Id))]) ?? Restriction;

    public CustomOrganizationRole? OrganizationRole => Any(_organizationRoles);

    public string MemberRole => Sometimes && OrganizationRole is { } custom ? custom.Key : Any(ProjectConsole.Domain.Access.OrganizationRole.All)!.Key;

    public ProjectScope Scope(Project project) => new(organizationId, project.Id);

    public T? Any<T>(IReadOnlyList<T> list) => list.Count == 0 ? default : list[random.Next(list.Count)];
}
