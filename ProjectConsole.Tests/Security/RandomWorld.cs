using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Teams;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Security;

/// <summary>
/// Organizations, people and grants of every sort, written into a database, and a second opinion on who may do what there:
/// computed from names and lists, without the decision function and without SQL.
/// </summary>
internal sealed class RandomWorld
{
    private static readonly string[] KeptWhileSuspended = ["project.suspend", "project.delete", "collaborators.remove", "keys.revoke"];
    private static readonly string[] NeverForExternals = ["collaborators.manage-admins", "project.delete"];
    private static readonly string[] WorkspaceNames = ["default", "research"];
    private static readonly string[] TeamNames = ["vision-core", "annotators"];
    private static readonly string[] Everything = [.. PermissionCatalogue.Project.Select(permission => permission.Name)];

    private readonly List<Member> _members = [];
    private readonly List<Principal> _principals = [];
    private readonly List<(Grant Grant, DateTime? ExpiresUtc)> _grants = [];
    private readonly List<CustomProjectRole> _roles = [];
    private readonly List<CustomOrganizationRole> _organizationRoles = [];
    private readonly List<Restriction> _restrictions = [];
    private readonly Random _random;
    private readonly DateTime _now;

    private RandomWorld(int seed, DateTime now) => (_random, _now) = (new Random(seed), now);

    public List<User> Users { get; } = [];

    public List<Organization> Organizations { get; } = [];

    public List<Workspace> Workspaces { get; } = [];

    public List<Project> Projects { get; } = [];

    public List<Team> Teams { get; } = [];

    public IReadOnlyList<CustomProjectRole> Roles => _roles;

    public IReadOnlyList<Restriction> Restrictions => _restrictions;

    public IEnumerable<Grant> Grants => _grants.Select(entry => entry.Grant);

    public static async Task<RandomWorld> CreateAsync(TestDatabase database, int seed, int organizations = 3, int users = 10, int projects = 6)
    {
        var world = new RandomWorld(seed, database.Clock.UtcNow);
        world.AddUsers(seed, users);
        for (var number = 0; number < organizations; number++)
        {
            world.AddOrganization($"org-{seed}-{number}", projects);
        }

        await using var db = database.Open();
        db.AddRange(world.Users);
        db.AddRange(world._principals);
        db.AddRange(world.Organizations);
        db.AddRange(world.Teams);
        db.AddRange(world._roles);
        db.AddRange(world._organizationRoles);
        db.AddRange(world._restrictions);
        db.AddRange(world._members);
        db.AddRange(world.Workspaces);
        db.AddRange(world.Projects);
        foreach (var (grant, expiresUtc) in world._grants)
        {
            db.Add(grant).Property(entity => entity.ExpiresUtc).CurrentValue = expiresUtc;
        }

        await db.SaveChangesAsync();
        return world;
    }

    public Organization OrganizationOf(Project project) => Organizations.Single(organization => organization.Id == project.OrganizationId);

    public static ProjectScope ScopeOf(Project project) => new(project.OrganizationId, project.Id);

    /// <summary>Names of what the person may do in the project at the moment.</summary>
    public HashSet<string> Allowed(User user, Project project, DateTime now)
    {
        var organization = OrganizationOf(project);
        var role = _members.SingleOrDefault(member => member.OrganizationId == organization.Id && member.UserId == user.Id)?.RoleKey;
        if (user.LockedUtc is not null || organization.IsDeleted || (role is null && !organization.AllowsExternalCollaborators))
        {
            return [];
        }

        var custom = _organizationRoles.SingleOrDefault(each => each.Key == role);
        var names = new HashSet<string>();
        if (custom is { InEveryProject: { } everywhere })
        {
            names.UnionWith(Names(ProjectRole.Find(everywhere)!));
        }

        if (role is "owner" or "admin")
        {
            names.UnionWith(Everything);
        }

        if (role is "auditor")
        {
            names.UnionWith(Everything.Where(IsView));
        }

        if (role is not null && project.IsDefault)
        {
            names.UnionWith(Names(ProjectRole.Developer));
        }

        foreach (var grant in GrantsThatReach(user, project, now))
        {
            names.UnionWith(Given(grant));
        }

        if (custom is not null)
        {
            names.IntersectWith(custom.CeilingNames.Split(' ').Append("project.view"));
        }

        names.RemoveWhere(name => (role is "auditor" && !IsView(name)) || (role is null && NeverForExternals.Contains(name)));
        names.RemoveWhere(name => project.State switch
        {
            ProjectState.Suspended => !IsView(name) && !KeptWhileSuspended.Contains(name),
            ProjectState.Deleted => name != "project.delete",
            _ => false,
        });
        return names;
    }

    // Names and lists once more: the first rule that matches decides, what none matches falls back to the role, and what includes
    // something that is taken goes with it.
    private HashSet<string> Given(Grant grant)
    {
        HashSet<string> given = [.. ProjectRole.Find(grant.RoleKey) is { } builtIn
            ? Names(builtIn) : _roles.Single(role => role.Key == grant.RoleKey).PermissionNames.Split(' ')];
        if (_restrictions.SingleOrDefault(restriction => restriction.Id == grant.RestrictionId) is not { } restriction)
        {
            return given;
        }

        var rules = restriction.RuleText.Split('\n').Select(line => line.Split(' ')).ToList();
        foreach (var taken in Everything.Where(name => name != "project.view" && rules.Find(rule => Matches(rule[1], name)) is ["deny", _]))
        {
            given.ExceptWith(PermissionCatalogue.WithIncluding(PermissionCatalogue.Get(taken)).Select(permission => permission.Name));
        }

        return given;
    }

    private static bool Matches(string pattern, string name)
    {
        var (wanted, has) = (pattern.Split('.'), name.Split('.'));
        return pattern == "*" || ((wanted[0] == "*" || wanted[0] == has[0]) && (wanted[1] == "*" || wanted[1] == has[1]));
    }

    private static bool IsView(string name) => name.EndsWith(".view", StringComparison.Ordinal);

    private static IEnumerable<string> Names(ProjectRole role) => role.Permissions.Select(permission => permission.Name);

    private IEnumerable<Grant> GrantsThatReach(User user, Project project, DateTime now)
    {
        var principals = _principals.Where(principal => principal.UserId == user.Id).Select(principal => principal.Id).ToHashSet();
        return _grants
            .Where(entry => principals.Contains(entry.Grant.PrincipalId) && (entry.ExpiresUtc is not { } end || now < end))
            .Select(entry => entry.Grant)
            .Where(grant => grant.ProjectId == project.Id || grant.WorkspaceId == project.WorkspaceId);
    }

    private void AddUsers(int seed, int count)
    {
        for (var number = 0; number < count; number++)
        {
            var email = $"person-{seed}-{number}@console.test";
            var user = new User
            {
                UserName = email,
                Email = email,
                NormalizedUserName = email.ToUpperInvariant(),
                NormalizedEmail = email.ToUpperInvariant(),
                EmailConfirmed = true,
                CreatedUtc = _now,
                LockedUtc = _random.Next(8) == 0 ? _now : null,
            };
            Users.Add(user);
            _principals.Add(Principal.OfUser(user.Id));
        }
    }

    private void AddOrganization(string slug, int projects)
    {
        var organization = new Organization(slug, slug, null, _now);
        organization.Change(new OrganizationSettings { Name = slug, AllowsExternalCollaborators = _random.Next(3) > 0 });
        if (_random.Next(6) == 0)
        {
            organization.Delete(_now);
        }

        Organizations.Add(organization);
        AddRoles(organization);
        var own = _organizationRoles[^1];
        foreach (var user in Users.Where(_ => _random.Next(2) == 0))
        {
            _members.Add(new Member(organization.Id, user.Id, _random.Next(5) == 0 ? own.ToRole() : OrganizationRole.All[_random.Next(4)], _now));
        }

        var workspaces = WorkspaceNames.Select(name => new Workspace(organization.Id, name, name, _now)).ToList();
        Workspaces.AddRange(workspaces);
        AddTeams(organization);
        for (var number = 0; number < projects; number++)
        {
            AddProject(organization, workspaces[_random.Next(2)], number);
        }

        foreach (var workspace in workspaces)
        {
            AddGrants(organization, 3, (principal, role) => Grant.OnWorkspace(organization.Id, workspace.Id, principal, role, Guid.Empty, "", _now));
        }
    }

    private void AddTeams(Organization organization)
    {
        foreach (var name in TeamNames)
        {
            var team = new Team(organization.Id, name, name, "", _now);
            Teams.Add(team);
            _principals.AddRange(Users.Where(_ => _random.Next(4) == 0).Select(user => Principal.OfTeam(team.Id, user.Id, _now)));
        }
    }

    private void AddRoles(Organization organization)
    {
        for (var number = 0; number < 2; number++)
        {
            var role = new CustomProjectRole(organization.Id, null, "viewer", _now);
            role.Change($"role-{number}", "", AnySet(_random.Next(1, 25)));
            _roles.Add(role);
            var restriction = new Restriction(organization.Id, null, _now);
            restriction.Change($"restriction-{number}", "", RestrictionRules.Of([.. Enumerable.Range(0, _random.Next(1, 5)).Select(_ => AnyRule())]));
            _restrictions.Add(restriction);
        }

        var ceiling = new CustomOrganizationRole(organization.Id, _now);
        ceiling.Change(
            "contractor", "", PermissionSet.Of(Permissions.OrganizationView), _random.Next(2) == 0 ? null : ProjectRole.All[_random.Next(3)],
            _random.Next(2) == 0 ? ProjectRole.Manager.Permissions : AnySet(40));
        _organizationRoles.Add(ceiling);
    }

    private PermissionSet AnySet(int count) => Enumerable.Range(0, count).Aggregate(
        PermissionSet.Empty, (set, _) => set | PermissionCatalogue.WithIncluded(PermissionCatalogue.Get(Everything[_random.Next(Everything.Length)])));

    private RestrictionRule AnyRule()
    {
        var name = Everything[_random.Next(Everything.Length)].Split('.');
        return new RestrictionRule(_random.Next(3) == 0, _random.Next(4) switch
        {
            0 => $"{name[0]}.*",
            1 => $"*.{name[1]}",
            _ => $"{name[0]}.{name[1]}",
        });
    }

    private void AddProject(Organization organization, Workspace workspace, int number)
    {
        var slug = $"project-{number}";
        var project = new Project(organization.Id, workspace.Id, slug, ProjectDetails.Named(slug), Users[0].Id, _now, isDefault: number == 0);
        switch (_random.Next(5))
        {
            case 0:
                project.Suspend(_random.Next(2) == 0);
                break;
            case 1:
                project.Delete(_now);
                break;
        }

        Projects.Add(project);
        AddGrants(organization, 4, (principal, role) => Grant.OnProject(organization.Id, project.Id, principal, role, Guid.Empty, "", _now));
    }

    private void AddGrants(Organization organization, int most, Func<Guid, ProjectRole, Grant> grant)
    {
        var teams = Teams.Where(team => team.OrganizationId == organization.Id).Select(team => team.Id);
        foreach (var principal in Users.Select(user => user.Id).Concat(teams).OrderBy(_ => _random.Next()).Take(_random.Next(most + 1)))
        {
            DateTime? expiresUtc = _random.Next(3) == 0 ? _now.AddMinutes(_random.Next(-1, 2)) : null;
            _grants.Add((grant(principal, AnyRole(organization)).With(expiresUtc, AnyRestriction(organization)), expiresUtc));
            if (_random.Next(4) == 0)
            {
                var end = _now.AddMinutes(_random.Next(-1, 2));
                _grants.Add((grant(principal, AnyRole(organization)).AsUpgrade(end), end));
            }
        }
    }

    private Guid? AnyRestriction(Organization organization)
    {
        var own = _restrictions.Where(restriction => restriction.OrganizationId == organization.Id).ToList();
        return _random.Next(3) == 0 ? own[_random.Next(own.Count)].Id : null;
    }

    private ProjectRole AnyRole(Organization organization)
    {
        var own = _roles.Where(role => role.OrganizationId == organization.Id).ToList();
        return _random.Next(4) == 0 ? own[_random.Next(own.Count)].ToRole() : ProjectRole.All[_random.Next(ProjectRole.All.Count)];
    }
}
