using System.Reflection;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Projects;
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
    private static readonly string[] Everything = [.. PermissionCatalogue.Project.Select(permission => permission.Name)];

    private readonly List<Member> _members = [];
    private readonly List<Principal> _principals = [];
    private readonly List<(Grant Grant, DateTime? ExpiresUtc)> _grants = [];
    private readonly Random _random;
    private readonly DateTime _now;

    private RandomWorld(int seed, DateTime now) => (_random, _now) = (new Random(seed), now);

    public List<User> Users { get; } = [];

    public List<Organization> Organizations { get; } = [];

    public List<Workspace> Workspaces { get; } = [];

    public List<Project> Projects { get; } = [];

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

        var names = new HashSet<string>();
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
            names.UnionWith(Names(ProjectRole.Find(grant.RoleKey)!));
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
        foreach (var user in Users.Where(_ => _random.Next(2) == 0))
        {
            _members.Add(new Member(organization.Id, user.Id, OrganizationRole.All[_random.Next(4)], _now));
        }

        var workspaces = WorkspaceNames.Select(name => new Workspace(organization.Id, name, name, _now)).ToList();
        Workspaces.AddRange(workspaces);
        var team = AddTeam();
        for (var number = 0; number < projects; number++)
        {
            AddProject(organization, workspaces[_random.Next(2)], number, team);
        }

        foreach (var workspace in workspaces)
        {
            AddGrants(3, principal => Grant.OnWorkspace(organization.Id, workspace.Id, principal, AnyRole(), Guid.Empty, "", _now), team);
        }
    }

    // Teams have no pages yet; their rows decide already.
    private Guid AddTeam()
    {
        var team = Guid.CreateVersion7();
        foreach (var user in Users.Where(_ => _random.Next(4) == 0))
        {
            _principals.Add((Principal)Activator.CreateInstance(
                typeof(Principal), BindingFlags.Instance | BindingFlags.NonPublic, null, [team, user.Id], null)!);
        }

        return team;
    }

    private void AddProject(Organization organization, Workspace workspace, int number, Guid team)
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
        AddGrants(4, principal => Grant.OnProject(organization.Id, project.Id, principal, AnyRole(), Guid.Empty, "", _now), team);
    }

    private void AddGrants(int most, Func<Guid, Grant> grant, Guid team)
    {
        var principals = Users.Select(user => user.Id).Append(team).OrderBy(_ => _random.Next()).Take(_random.Next(most + 1));
        foreach (var principal in principals)
        {
            DateTime? expiresUtc = _random.Next(3) == 0 ? _now.AddMinutes(_random.Next(-1, 2)) : null;
            _grants.Add((grant(principal), expiresUtc));
        }
    }

    private ProjectRole AnyRole() => ProjectRole.All[_random.Next(ProjectRole.All.Count)];
}
