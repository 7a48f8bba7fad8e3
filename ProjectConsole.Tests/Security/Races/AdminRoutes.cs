using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProjectConsole.Data;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Teams;
using ProjectConsole.Features.Account;
using ProjectConsole.Features.Collaborators;
using ProjectConsole.Features.Installation;
using ProjectConsole.Features.Organizations;
using ProjectConsole.Features.Restrictions;
using ProjectConsole.Features.Roles;
using ProjectConsole.Features.Teams;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Security.Races;

/// <summary>One way by which a person stops being Admin of a project.</summary>
/// <param name="Name">What is done.</param>
/// <param name="Arrange">Makes the person Admin in the way that this route takes away.</param>
/// <param name="Act">Does it.</param>
internal sealed record AdminRoute(string Name, Action<ConsoleDbContext, AdminPlace> Arrange, Func<TestDatabase, AdminPlace, Task<Error?>> Act);

/// <summary>One person who is Admin of one project.</summary>
internal sealed record AdminPlace(GivenOrganization Acme, Actor Owner, Actor Administrator, Project Project, User Person)
{
    /// <summary>The person's own role, team, restriction or organization role, where the route needs one.</summary>
    public Guid Thing { get; } = Guid.CreateVersion7();

    /// <summary>The project as services take it.</summary>
    public ProjectScope Scope => Acme.Scope(Project);
}

/// <summary>Every route by which a project can lose an Admin.</summary>
internal static class AdminRoutes
{
    private static readonly PermissionSet WithoutAdmins = ProjectRole.Admin.Permissions - PermissionSet.Of(Permissions.CollaboratorsManageAdmins);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<AdminRoute> All { get; } =
    [
        new("remove", Direct, async (node, place) =>
            (await node.Get<CollaboratorsService>().RemoveAsync(place.Owner, place.Scope, new Removal(place.Person.Id))).Error),
        new("demote", Direct, async (node, place) =>
            (await node.Get<CollaboratorsService>().ChangeRoleAsync(place.Owner, place.Scope, new RoleChange(place.Person.Id, ProjectRole.Manager))).Error),
        new("leave", Direct, async (node, place) =>
            (await node.Get<CollaboratorsService>().LeaveAsync(Actors.Of(place.Person), place.Scope)).Error),
        new("restrict", Restrictable, async (node, place) => (await node.Get<CollaboratorsService>().RestrictAsync(
            place.Owner, place.Scope, new RestrictionChange(place.Person.Id, await RestrictionAsync(node, place)))).Error),
        new("expire", Direct, async (node, place) => (await node.Get<CollaboratorsService>().ChangeExpiryAsync(
            place.Owner, place.Scope, new ExpiryChange(place.Person.Id, place.Acme.Database.Clock.UtcNow.AddHours(1)))).Error),
        new("edit the role", CustomRole, EditRoleAsync),
        new("edit the restriction", Restricted, EditRestrictionAsync),
        new("take out of the team", InTeam, async (node, place) => (await node.Get<TeamsService>().RemoveMemberAsync(
            place.Owner, place.Acme.Id, new TeamMemberRemoval(await TeamAsync(node, place), place.Person.Id))).Error),
        new("delete the team", InTeam, async (node, place) => (await node.Get<TeamsService>().DeleteAsync(
            place.Owner, place.Acme.Id, new TeamDeletion(await TeamAsync(node, place)))).Error),
        new("lower the ceiling", CustomCeiling, LowerCeilingAsync),
        new("change the organization role", Direct, async (node, place) =>
            (await node.Get<MembersService>().ChangeRoleAsync(place.Owner, place.Acme.Id, new MemberRoleChange(place.Person.Id, "auditor"))).Error),
        new("remove the member", Direct, async (node, place) =>
            (await node.Get<MembersService>().RemoveAsync(place.Owner, place.Acme.Id, new MemberRemoval(place.Person.Id))).Error),
        new("leave the organization", Direct, async (node, place) =>
            (await node.Get<MembersService>().LeaveAsync(Actors.Of(place.Person), place.Acme.Id)).Error),
        new("lock the account", Direct, async (node, place) =>
            (await node.Get<AccountLocks>().LockAsync(place.Administrator, place.Person.Id, ownersTakeOver: false)).Error),
        new("delete the account", Direct, async (node, place) =>
        {
            using var scope = node.Scope();
            return (await scope.ServiceProvider.GetRequiredService<AccountDeletion>().DeleteAsync(Actors.Of(place.Person), AdminPairs.Password)).Error;
        }),
    ];

    private static void Direct(ConsoleDbContext db, AdminPlace place) => Member(db, place, OrganizationRole.Member.Key, ProjectRole.Admin);

    private static void Restrictable(ConsoleDbContext db, AdminPlace place)
    {
        Direct(db, place);
        var restriction = new Restriction(place.Acme.Id, place.Project.Id, DateTime.UnixEpoch);
        restriction.Change(place.Thing.ToString(), "", RestrictionRules.Of([new(false, "collaborators.manage-admins")]));
        db.Add(restriction);
    }

    private static void Restricted(ConsoleDbContext db, AdminPlace place)
    {
        var restriction = new Restriction(place.Acme.Id, place.Project.Id, DateTime.UnixEpoch);
        restriction.Change(place.Thing.ToString(), "", RestrictionRules.Of([new(false, "clusters.delete")]));
        db.Add(restriction);
        Member(db, place, OrganizationRole.Member.Key, ProjectRole.Admin).With(null, restriction.Id);
    }

    private static void CustomRole(ConsoleDbContext db, AdminPlace place)
    {
        var role = new CustomProjectRole(place.Acme.Id, place.Project.Id, ProjectRole.Admin.Key, DateTime.UnixEpoch);
        role.Change(place.Thing.ToString(), "", ProjectRole.Admin.Permissions);
        db.Add(role);
        Member(db, place, OrganizationRole.Member.Key, role.ToRole());
    }

    private static void CustomCeiling(ConsoleDbContext db, AdminPlace place)
    {
        var role = new CustomOrganizationRole(place.Acme.Id, DateTime.UnixEpoch);
        role.Change(place.Thing.ToString(), "", PermissionSet.Empty, null, PermissionCatalogue.Project);
        db.Add(role);
        Member(db, place, role.Key, ProjectRole.Admin);
    }

    private static void InTeam(ConsoleDbContext db, AdminPlace place)
    {
        var now = place.Acme.Database.Clock.UtcNow;
        var team = new Team(place.Acme.Id, place.Thing.ToString("N"), place.Thing.ToString(), "", now);
        db.AddRange(team, Principal.OfTeam(team.Id, place.Person.Id, now), new Member(place.Acme.Id, place.Person.Id, OrganizationRole.Member, now));
        db.Add(Grant.OnProject(place.Acme.Id, place.Project.Id, team.Id, ProjectRole.Admin, place.Owner.UserId, "", now));
    }

    private static Grant Member(ConsoleDbContext db, AdminPlace place, string organizationRole, ProjectRole role)
    {
        var now = place.Acme.Database.Clock.UtcNow;
        var member = new Member(place.Acme.Id, place.Person.Id, OrganizationRole.Member, now);
        db.Add(member).Property(row => row.RoleKey).CurrentValue = organizationRole;
        var grant = Grant.OnProject(place.Acme.Id, place.Project.Id, place.Person.Id, role, place.Owner.UserId, "", now);
        db.Add(grant);
        return grant;
    }

    private static async Task<Error?> EditRoleAsync(TestDatabase node, AdminPlace place)
    {
        var (projectId, name) = (place.Project.Id, place.Thing.ToString());
        var key = await node.ReadAsync(db => db.ProjectRoles.Where(row => row.OwnerId == projectId && row.Name == name).Select(row => row.Key).SingleAsync());
        var draft = new RoleDraft(name, "", ProjectRole.Admin.Key, [.. WithoutAdmins.Select(permission => permission.Name)]);
        return (await node.Get<RolesService>().ChangeAsync(place.Owner, RoleOwner.Of(place.Scope), key, draft, null)).Error;
    }

    private static async Task<Error?> EditRestrictionAsync(TestDatabase node, AdminPlace place)
    {
        var draft = new RestrictionDraft(place.Thing.ToString(), "", [new RestrictionRule(false, "collaborators.*")]);
        return (await node.Get<RestrictionsService>().ChangeAsync(place.Owner, RoleOwner.Of(place.Scope), await RestrictionAsync(node, place), draft, null)).Error;
    }

    private static Task<Guid> RestrictionAsync(TestDatabase node, AdminPlace place)
    {
        var (projectId, name) = (place.Project.Id, place.Thing.ToString());
        return node.ReadAsync(db => db.Restrictions.Where(row => row.OwnerId == projectId && row.Name == name).Select(row => row.Id).SingleAsync());
    }

    private static async Task<Guid> TeamAsync(TestDatabase node, AdminPlace place)
    {
        var slug = place.Thing.ToString("N");
        return await node.ReadAsync(db => db.Teams.Where(row => row.OrganizationId == place.Acme.Id && row.Slug == slug).Select(row => row.Id).SingleAsync());
    }

    private static async Task<Error?> LowerCeilingAsync(TestDatabase node, AdminPlace place)
    {
        var name = place.Thing.ToString();
        var key = await node.ReadAsync(db => db.OrganizationRoles.Where(row => row.OrganizationId == place.Acme.Id && row.Name == name).Select(row => row.Key).SingleAsync());
        var draft = new OrganizationRoleDraft(name, "", [], null, [.. WithoutAdmins.Select(permission => permission.Name)]);
        return (await node.Get<OrganizationRolesService>().ChangeAsync(place.Owner, place.Acme.Id, key, draft, null)).Error;
    }
}
