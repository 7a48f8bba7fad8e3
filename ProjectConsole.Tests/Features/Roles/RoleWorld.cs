using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Features.Organizations;
using ProjectConsole.Features.Restrictions;
using ProjectConsole.Features.Roles;
using ProjectConsole.Security;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Roles;

/// <summary>A project with somebody in every role, people around it, and a second organization.</summary>
internal sealed class RoleWorld : IAsyncDisposable
{
    private readonly Dictionary<string, User> _people = [];

    private RoleWorld(TestDatabase database, GivenOrganization acme, GivenOrganization other) => (Database, Acme, Other) = (database, acme, other);

    public static IReadOnlyList<string> Everybody { get; } =
        ["owner", "org-admin", "auditor", "project-admin", "manager", "developer", "viewer", "member", "external", "stranger", "neighbour", "nobody"];

    public TestDatabase Database { get; }

    public GivenOrganization Acme { get; }

    public GivenOrganization Other { get; }

    public Project Vision { get; private set; } = null!;

    public Project Speech { get; private set; } = null!;

    public RoleOwner InVision => RoleOwner.Of(Acme.Scope(Vision));

    public RoleOwner InAcme => RoleOwner.Of(Acme.Id);

    public RolesService Roles => Database.Get<RolesService>();

    public OrganizationRolesService OrganizationRoles => Database.Get<OrganizationRolesService>();

    public RestrictionsService Restrictions => Database.Get<RestrictionsService>();

    public User this[string who] => _people[who];

    public static void Features(IServiceCollection services) => services.AddRolesFeature().AddRestrictionsFeature().AddOrganizationsFeature();

    public static async Task<RoleWorld> CreateAsync(DatabaseKind kind = DatabaseKind.Sqlite)
    {
        var database = await TestDatabase.CreateAsync(kind, Features);
        var world = new RoleWorld(database, await Given.OrganizationAsync(database), await Given.OrganizationAsync(database, "globex"));
        await world.FillAsync();
        return world;
    }

    public Actor As(string who) => who == "nobody" ? Actors.Anonymous : Actors.Of(_people[who]);

    public static RoleDraft Draft(string name, params string[] permissions) => new(name, "", "developer", permissions);

    public static RoleDraft Draft(string name, PermissionSet permissions) => new(name, "", "developer", [.. permissions.Select(permission => permission.Name)]);

    /// <summary>A custom role, written past the service.</summary>
    public async Task<CustomProjectRole> RoleAsync(RoleOwner owner, string name, PermissionSet permissions)
    {
        var role = new CustomProjectRole(owner.OrganizationId, owner.ProjectId, "developer", Database.Clock.UtcNow);
        role.Change(name, "", permissions);
        await Database.AddAsync(role);
        return role;
    }

    /// <summary>A restriction, written past the service.</summary>
    public async Task<Restriction> RestrictionAsync(RoleOwner owner, string name, params RestrictionRule[] rules)
    {
        var restriction = new Restriction(owner.OrganizationId, owner.ProjectId, Database.Clock.UtcNow);
        restriction.Change(name, "", RestrictionRules.Of(rules));
        await Database.AddAsync(restriction);
        return restriction;
    }

    /// <summary>An organization role, written past the service.</summary>
    public async Task<CustomOrganizationRole> OrganizationRoleAsync(string name, PermissionSet rights, ProjectRole? everywhere, PermissionSet ceiling)
    {
        var role = new CustomOrganizationRole(Acme.Id, Database.Clock.UtcNow);
        role.Change(name, "", rights, everywhere, ceiling);
        await Database.AddAsync(role);
        return role;
    }

    public Task RestrictAsync(Grant grant, Restriction restriction) => Database.ChangeAsync<Grant>(row => row.With(row.ExpiresUtc, restriction.Id), grant.Id);

    public async Task<EffectiveAccess> AccessAsync(User user, Project project) =>
        (await Database.Get<AccessControl>().InProjectAsync(Actors.Of(user), Acme.Scope(project)))!.Access;

    /// <summary>Takes away every custom role and restriction, for the next attempt.</summary>
    public async Task ForgetAsync()
    {
        await using var db = Database.Open();
        await db.ProjectRoles.ExecuteDeleteAsync();
        await db.OrganizationRoles.ExecuteDeleteAsync();
        await db.Restrictions.ExecuteDeleteAsync();
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    private async Task FillAsync()
    {
        _people["owner"] = Acme.Owner;
        _people["org-admin"] = await Acme.MemberAsync("org-admin", OrganizationRole.Admin);
        _people["auditor"] = await Acme.MemberAsync("auditor", OrganizationRole.Auditor);
        foreach (var name in (string[])["project-admin", "manager", "developer", "viewer", "member"])
        {
            _people[name] = await Acme.MemberAsync(name);
        }

        _people["external"] = await Given.UserAsync(Database, "external@partner.test");
        _people["stranger"] = await Given.UserAsync(Database, "stranger@elsewhere.test");
        _people["neighbour"] = Other.Owner;
        Vision = await Acme.ProjectAsync(
            "vision", (this["project-admin"], ProjectRole.Admin), (this["manager"], ProjectRole.Manager), (this["developer"], ProjectRole.Developer),
            (this["viewer"], ProjectRole.Viewer), (this["external"], ProjectRole.Admin));
        Speech = await Acme.ProjectAsync("speech", (this["member"], ProjectRole.Admin));
    }
}
