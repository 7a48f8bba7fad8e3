using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Accounts;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Features.Installation;
using ProjectConsole.Features.Organizations;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;
using Route = System.Func<ProjectConsole.Tests.Infrastructure.TestDatabase, ProjectConsole.Data.Accounts.User, System.Threading.Tasks.Task<ProjectConsole.Shared.Error?>>;

namespace ProjectConsole.Tests.Security;

/// <summary>
/// Two people hold what must never be without a holder, and both lose it at the same moment, by every pair of routes:
/// one goes through, the other is told why.
/// </summary>
public sealed class AdminGuardRaceTests
{
    private const int Attempts = 200;

    [DatabaseTheory]
    public async Task EveryPairOfRoutes_BothAdminsOfAProjectAtOnce_OneStays(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind, Features);
        await using var other = database.OpenNode(Features);
        var acme = await Given.OrganizationAsync(database);
        var administrator = Actors.Of(await Given.InstallationAdministratorAsync(database));
        var owner = Actors.Of(acme.Owner);
        var pairs = await PairsAsync(database, acme, OrganizationRole.Member);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var (churn, ann, eve) = pairs[attempt];
            var scope = acme.Scope(churn);
            Route[] routes =
            [
                (node, person) => RawAsync(node, owner, scope, Permissions.CollaboratorsRemove, person, null),
                (node, person) => RawAsync(node, owner, scope, Permissions.CollaboratorsChange, person, ProjectRole.Manager),
                (node, person) => RawAsync(node, Actors.Of(person), scope, Permissions.ProjectView, person, null),
                (node, person) => ErrorOf(node.Get<MembersService>().ChangeRoleAsync(owner, acme.Id, new MemberRoleChange(person.Id, "auditor"))),
                (node, person) => ErrorOf(node.Get<MembersService>().RemoveAsync(owner, acme.Id, new MemberRemoval(person.Id))),
                (node, person) => ErrorOf(node.Get<MembersService>().LeaveAsync(Actors.Of(person), acme.Id)),
                async (node, person) => (await node.Get<AccountLocks>().LockAsync(administrator, person.Id, ownersTakeOver: false)).Error,
            ];
            var (first, second) = Pick(attempt, routes.Length);

            var errors = await AtOnceAsync(() => routes[first](database, ann), () => routes[second](NodeFor(attempt, database, other), eve));

            var refusal = Assert.Single(errors.OfType<Error>());
            Assert.True(refusal is LastAdmin or LockLeavesProjects, $"{first} and {second}: {refusal}");
            Assert.Equal(1, await AdminsAsync(database, scope, ann, eve));
        }
    }

    [DatabaseTheory]
    public async Task EveryPairOfRoutes_BothOwnersAtOnce_OneStays(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind, Features);
        await using var other = database.OpenNode(Features);
        var administrator = Actors.Of(await Given.InstallationAdministratorAsync(database));
        Route[] Routes(Guid organization) =>
        [
            (node, person) => ErrorOf(node.Get<MembersService>().ChangeRoleAsync(Actors.Of(person), organization, new MemberRoleChange(person.Id, "member"))),
            (node, person) => ErrorOf(node.Get<MembersService>().RemoveAsync(Actors.Of(person), organization, new MemberRemoval(person.Id))),
            (node, person) => ErrorOf(node.Get<MembersService>().LeaveAsync(Actors.Of(person), organization)),
            async (node, person) => (await node.Get<AccountLocks>().LockAsync(administrator, person.Id, ownersTakeOver: true)).Error,
        ];
        for (var attempt = 0; attempt < Attempts / 4; attempt++)
        {
            var acme = await Given.OrganizationAsync(database, $"acme-{attempt}");
            var eve = await acme.MemberAsync("eve", OrganizationRole.Owner);
            var routes = Routes(acme.Id);
            var (first, second) = Pick(attempt, routes.Length);

            var errors = await AtOnceAsync(() => routes[first](database, acme.Owner), () => routes[second](NodeFor(attempt, database, other), eve));

            Assert.True(Assert.Single(errors.OfType<Error>()) is LastOwner or LockLeavesOrganizations);
            Assert.Equal(1, await database.ReadAsync(db => (
                from member in db.Members
                join user in db.Users on member.UserId equals user.Id
                where member.OrganizationId == acme.Id && member.RoleKey == "owner" && user.LockedUtc == null
                select user.Id).CountAsync()));
        }
    }

    private static void Features(IServiceCollection services)
    {
        services.AddOrganizationsFeature();
        services.AddInstallationFeature();
    }

    // Writers of one SQLite process queue; every eighth attempt goes through a second process's gate as well.
    private static TestDatabase NodeFor(int attempt, TestDatabase database, TestDatabase other) =>
        database.Kind != DatabaseKind.Sqlite || attempt % 8 == 0 ? other : database;

    private static (int First, int Second) Pick(int attempt, int routes)
    {
        var pair = attempt % (routes * routes);
        return (pair / routes, pair % routes);
    }

    private static async Task<Error?[]> AtOnceAsync(params Func<Task<Error?>>[] acts)
    {
        using var barrier = new Barrier(acts.Length);
        return await Task.WhenAll(acts.Select(act => Task.Run(() =>
        {
            barrier.SignalAndWait();
            return act();
        })));
    }

    private static async Task<Error?> ErrorOf(Task<Result<AccessChange>> command) => (await command).Error;

    private static async Task<Error?> RawAsync(TestDatabase node, Actor actor, ProjectScope scope, Permission needs, User person, ProjectRole? role)
    {
        var target = CommandTarget.InProject(scope, needs, AuditActions.CollaboratorRemoved, CommandLock.Access);
        var result = await node.Get<ConsoleWriter>().WriteAccessAsync(actor, target, async command =>
        {
            await command.AffectsAsync([person.Id], default);
            var grant = await command.Db.Grants.SingleAsync(row => row.ProjectId == scope.ProjectId && row.PrincipalId == person.Id);
            if (role is null)
            {
                command.Db.Grants.Remove(grant);
            }
            else
            {
                grant.ChangeRole(role, actor.UserId, actor.Name, command.NowUtc);
            }

            return Result.Ok;
        });
        return result.Error;
    }

    private static async Task<int> AdminsAsync(TestDatabase database, ProjectScope scope, params User[] people)
    {
        var count = 0;
        foreach (var person in people)
        {
            var access = await database.Get<AccessControl>().InProjectAsync(Actors.Of(person), scope);
            count += access!.Access.HoldsThrough(AccessSourceKind.Direct, Permissions.CollaboratorsManageAdmins) ? 1 : 0;
        }

        return count;
    }

    private static async Task<List<(Project Project, User Ann, User Eve)>> PairsAsync(TestDatabase database, GivenOrganization acme, OrganizationRole role)
    {
        var now = database.Clock.UtcNow;
        var pairs = new List<(Project, User, User)>();
        await using var db = database.Open();
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var project = new Project(acme.Id, acme.Workspace.Id, $"p{attempt}", ProjectDetails.Named($"p{attempt}"), acme.Owner.Id, now);
            var people = new List<User>();
            foreach (var name in (string[])["ann", "eve"])
            {
                var email = $"{name}-{attempt}@acme.test";
                var user = new User { UserName = email, Email = email, NormalizedUserName = email.ToUpperInvariant(), NormalizedEmail = email.ToUpperInvariant(), EmailConfirmed = true, CreatedUtc = now };
                people.Add(user);
                db.AddRange(user, Principal.OfUser(user.Id), new Member(acme.Id, user.Id, role, now));
                db.Add(Grant.OnProject(acme.Id, project.Id, user.Id, ProjectRole.Admin, acme.Owner.Id, "", now));
            }

            db.Add(project);
            pairs.Add((project, people[0], people[1]));
        }

        await db.SaveChangesAsync();
        return pairs;
    }
}
