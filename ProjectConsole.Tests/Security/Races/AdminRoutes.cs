using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProjectConsole.Data;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Teams;
using ProjectConsole.Features.Account;
using ProjectConsole.Features.Installation;
using ProjectConsole.Features.Organizations;
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
        new("remove", Direct, (node, place) => OnGrantAsync(node, place.Owner, place, Permissions.CollaboratorsRemove, (command, grant) => command.Db.Grants.Remove(grant))),
        new("demote", Direct, (node, place) => OnGrantAsync(node, place.Owner, place, Permissions.CollaboratorsChange, (command, grant) =>
            grant.ChangeRole(ProjectRole.Manager, place.Owner.UserId, "", command.NowUtc))),
        new("leave", Direct, (node, place) => OnGrantAsync(node, Actors.Of(place.Person), place, Permissions.ProjectView, (command, grant) => command.Db.Grants.Remove(grant))),
        new("restrict", Restrictable, (node, place) => OnGrantAsync(node, place.Owner, place, Permissions.CollaboratorsChange, (command, grant) =>
            grant.Restrict(command.Db.Restrictions.Single(row => row.OwnerId == place.Project.Id && row.Name == place.Thing.ToString()).Id, place.Owner.UserId, "", command.NowUtc))),
        new("expire", Direct, (node, place) => OnGrantAsync(node, place.Owner, place, Permissions.CollaboratorsChange, (command, grant) =>
            grant.ChangeExpiry(command.NowUtc.AddHours(1), place.Owner.UserId, "", command.NowUtc))),
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

    private static Task<Error?> OnGrantAsync(TestDatabase node, Actor actor, AdminPlace place, Permission needs, Action<Command, Grant> change) =>
        WriteAsync(node, actor, CommandTarget.InProject(place.Scope, needs, AuditActions.CollaboratorRoleChanged, CommandLock.Access), async command =>
        {
            await command.AffectsAsync([place.Person.Id], default);
            change(command, await command.Db.Grants.SingleAsync(row => row.ProjectId == place.Project.Id && row.PrincipalId == place.Person.Id));
        });

    private static Task<Error?> EditRoleAsync(TestDatabase node, AdminPlace place) =>
        WriteAsync(node, place.Owner, CommandTarget.InProject(place.Scope, PermissionCatalogue.Get("roles.manage"), AuditActions.ProjectChanged, CommandLock.Access), async command =>
        {
            var (projectId, name) = (place.Project.Id, place.Thing.ToString());
            var role = await command.Db.ProjectRoles.SingleAsync(row => row.OwnerId == projectId && row.Name == name);
            await command.AffectsAsync(command.Db.Grants.Where(grant => grant.RoleKey == role.Key), default);
            role.Change(role.Name, "", WithoutAdmins);
        });

    private static Task<Error?> EditRestrictionAsync(TestDatabase node, AdminPlace place) =>
        WriteAsync(node, place.Owner, CommandTarget.InProject(place.Scope, PermissionCatalogue.Get("roles.manage"), AuditActions.ProjectChanged, CommandLock.Access), async command =>
        {
            var (projectId, name) = (place.Project.Id, place.Thing.ToString());
            var restriction = await command.Db.Restrictions.SingleAsync(row => row.OwnerId == projectId && row.Name == name);
            await command.AffectsAsync(command.Db.Grants.Where(grant => grant.RestrictionId == restriction.Id), default);
            restriction.Change(restriction.Name, "", RestrictionRules.Of([new(false, "collaborators.*")]));
        });

    private static async Task<Guid> TeamAsync(TestDatabase node, AdminPlace place)
    {
        var slug = place.Thing.ToString("N");
        return await node.ReadAsync(db => db.Teams.Where(row => row.OrganizationId == place.Acme.Id && row.Slug == slug).Select(row => row.Id).SingleAsync());
    }

    private static Task<Error?> LowerCeilingAsync(TestDatabase node, AdminPlace place) =>
        WriteAsync(node, place.Owner, CommandTarget.InOrganization(place.Acme.Id, PermissionCatalogue.Get("org-roles.manage"), AuditActions.OrganizationChanged, CommandLock.Access), async command =>
        {
            var name = place.Thing.ToString();
            var role = await command.Db.OrganizationRoles.SingleAsync(row => row.OrganizationId == place.Acme.Id && row.Name == name);
            await command.AffectsAsync([place.Person.Id], default);
            role.Change(role.Name, "", PermissionSet.Empty, null, WithoutAdmins);
        });

    private static async Task<Error?> WriteAsync(TestDatabase node, Actor actor, CommandTarget target, Func<Command, Task> change) =>
        (await node.Get<ConsoleWriter>().WriteAccessAsync(actor, target, async command =>
        {
            await change(command);
            return Result.Ok;
        })).Error;
}
