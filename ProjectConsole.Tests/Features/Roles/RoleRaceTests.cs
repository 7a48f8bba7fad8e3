using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Features.Roles;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Roles;

/// <summary>Two commands on one role at the same moment: whatever comes first, the state stays legal and the loser is told why.</summary>
public sealed class RoleRaceTests
{
    private static readonly int Attempts = RaceAttempts.Or(200);

    [DatabaseTheory]
    public async Task DeleteWhileItIsGranted_NobodyHoldsARoleThatIsGone(DatabaseKind kind)
    {
        await using var world = await RoleWorld.CreateAsync(kind);
        await using var other = world.Database.OpenNode(RoleWorld.Features);
        var ann = await world.Acme.MemberAsync("ann");
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            // Every second role is the organization's, whose lock is another row.
            var owner = attempt % 2 == 0 ? world.InVision : world.InAcme;
            var role = await world.RoleAsync(owner, $"Role {attempt}", ProjectRole.Viewer.Permissions);

            var errors = await AtOnceAsync(
                async () => (await NodeFor(attempt, world.Database, other).Get<RolesService>().DeleteAsync(world.As("owner"), owner, role.Key, null)).Error,
                () => GiveAsync(world, ann, role.Key));

            var held = await world.Database.ReadAsync(db => db.Grants.AnyAsync(grant => grant.RoleKey == role.Key));
            var exists = await world.Database.ReadAsync(db => db.ProjectRoles.AnyAsync(row => row.Key == role.Key));
            Assert.Equal(held, exists);
            Assert.True(errors is [RoleInUse, null] or [null, NoSuchRole], $"{errors[0]} and {errors[1]}");
            await RemoveAsync(world.Database, ann);
        }
    }

    [DatabaseTheory]
    public async Task EditWhileTheOtherAdminIsRemoved_AnAdminStays(DatabaseKind kind)
    {
        await using var world = await RoleWorld.CreateAsync(kind);
        await using var other = world.Database.OpenNode(RoleWorld.Features);
        var (ann, eve) = (await world.Acme.MemberAsync("ann"), await world.Acme.MemberAsync("eve"));
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var churn = await ProjectAsync(world, attempt, eve);
            var owner = attempt % 2 == 0 ? RoleOwner.Of(world.Acme.Scope(churn)) : world.InAcme;
            var lead = await world.RoleAsync(owner, $"Lead {attempt}", PermissionCatalogue.Project);
            await world.Acme.GrantAsync(churn, ann, lead.ToRole());

            var errors = await AtOnceAsync(
                async () => (await NodeFor(attempt, world.Database, other).Get<RolesService>().ChangeAsync(
                    world.As("owner"), owner, lead.Key, RoleWorld.Draft($"Lead {attempt}", ProjectRole.Manager.Permissions), null)).Error,
                () => EndAsync(world, churn, eve));

            Assert.IsType<LastAdmin>(Assert.Single(errors.OfType<Error>()));
            Assert.True(await HasAdminAsync(world, churn, ann, eve));
        }
    }

    private static async Task<Project> ProjectAsync(RoleWorld world, int attempt, User admin)
    {
        var now = world.Database.Clock.UtcNow;
        var project = new Project(world.Acme.Id, world.Acme.Workspace.Id, $"churn-{attempt}", ProjectDetails.Named($"churn-{attempt}"), world.Acme.Owner.Id, now);
        await world.Database.AddAsync(project);
        await world.Acme.GrantAsync(project, admin, ProjectRole.Admin);
        return project;
    }

    // As adding a collaborator does: the role is looked up under the locks.
    private static async Task<Error?> GiveAsync(RoleWorld world, User user, string key)
    {
        var scope = world.Acme.Scope(world.Vision);
        var target = CommandTarget.InProject(scope, Permissions.CollaboratorsAdd, AuditActions.CollaboratorAdded, CommandLock.Access);
        return (await world.Database.Get<ConsoleWriter>().WriteAccessAsync(world.As("owner"), target, async command =>
        {
            if (await RoleCatalogue.FindProjectRoleAsync(command.Db, scope, key, default) is not { } role)
            {
                return new NoSuchRole();
            }

            await command.AffectsAsync([user.Id], default);
            command.Db.Grants.Add(Grant.OnProject(scope.OrganizationId, scope.ProjectId, user.Id, role, command.Actor.UserId, "", command.NowUtc));
            return Result.Ok;
        })).Error;
    }

    private static async Task<Error?> EndAsync(RoleWorld world, Project project, User user)
    {
        var target = CommandTarget.InProject(world.Acme.Scope(project), Permissions.CollaboratorsRemove, AuditActions.CollaboratorRemoved, CommandLock.Access);
        return (await world.Database.Get<ConsoleWriter>().WriteAccessAsync(world.As("owner"), target, async command =>
        {
            await command.AffectsAsync([user.Id], default);
            command.Db.Grants.Remove(await command.Db.Grants.SingleAsync(grant => grant.ProjectId == project.Id && grant.PrincipalId == user.Id));
            return Result.Ok;
        })).Error;
    }

    private static async Task RemoveAsync(TestDatabase database, User user)
    {
        await using var db = database.Open();
        await db.Grants.Where(grant => grant.PrincipalId == user.Id).ExecuteDeleteAsync();
    }

    private static async Task<bool> HasAdminAsync(RoleWorld world, Project project, params User[] people)
    {
        foreach (var person in people)
        {
            if ((await world.AccessAsync(person, project)).HoldsThrough(AccessSourceKind.Direct, Permissions.CollaboratorsManageAdmins))
            {
                return true;
            }
        }

        return false;
    }

    // Writers of one SQLite process queue; every eighth attempt goes through a second process's gate as well.
    private static TestDatabase NodeFor(int attempt, TestDatabase database, TestDatabase other) =>
        database.Kind != DatabaseKind.Sqlite || attempt % 8 == 0 ? other : database;

    private static async Task<Error?[]> AtOnceAsync(params Func<Task<Error?>>[] acts)
    {
        using var barrier = new Barrier(acts.Length);
        return await Task.WhenAll(acts.Select(act => Task.Run(() =>
        {
            barrier.SignalAndWait();
            return act();
        })));
    }
}
