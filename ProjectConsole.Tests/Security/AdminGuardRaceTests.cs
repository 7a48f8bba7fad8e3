using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Accounts;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Features.Installation;
using ProjectConsole.Features.Organizations;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;
using Route = System.Func<ProjectConsole.Tests.Infrastructure.TestDatabase, ProjectConsole.Data.Accounts.User, System.Threading.Tasks.Task<ProjectConsole.Shared.Error?>>;

namespace ProjectConsole.Tests.Security;

/// <summary>
/// Two people hold what must never be without a holder, and both lose it at the same moment, by every pair of routes (of Admins of projects see <see cref="Races.LastAdminRaceTests"/>):
/// one goes through, the other is told why.
/// </summary>
public sealed class AdminGuardRaceTests
{
    private const int Pairs = 16;

    private static readonly int AttemptsPerPair = RaceAttempts.Or(4);

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
        for (var attempt = 0; attempt < Pairs * AttemptsPerPair; attempt++)
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
}
