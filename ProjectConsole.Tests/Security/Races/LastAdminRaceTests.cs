using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Accounts;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Security.Races;

/// <summary>
/// The two Admins of a project lose it at the same moment, by every pair of routes: one goes through, the other is told why, and the
/// project keeps an Admin.
/// </summary>
public sealed class LastAdminRaceTests
{
    // All pairs together are tried at least two hundred times on each database.
    private static readonly int AttemptsPerPair = RaceAttempts.Or(4);

    private const int AtOnce = 4;

    [DatabaseTheory]
    public async Task EveryPairOfRoutes_BothAdminsOfAProjectAtOnce_OneStays(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind, AdminPairs.Services);
        await using var other = database.OpenNode(AdminPairs.Services);
        var acme = await Given.OrganizationAsync(database);
        var world = new AdminPairs(acme, Actors.Of(await Given.InstallationAdministratorAsync(database)));
        foreach (var (first, second) in AdminRoutes.All.SelectMany((first, index) => AdminRoutes.All.Skip(index).Select(second => (first, second))))
        {
            var pairs = await world.MakeAsync(first, second, AttemptsPerPair);
            await Parallel.ForEachAsync(pairs, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (pair, _) =>
            {
                // Writers of one SQLite process queue, so a second process's gate would only be waited for; one pair in four goes through it.
                var node = kind != DatabaseKind.Sqlite || pair.First.Person.Id.GetHashCode() % 4 == 0 ? other : database;
                var errors = await AtOnceAsync(() => first.Act(database, pair.First), () => second.Act(node, pair.Second));

                Assert.True(errors.OfType<Error>().Count() == 1, $"{first.Name} and {second.Name}: {string.Join(" / ", errors.Select(error => error?.ToString() ?? "done"))}");
                Assert.True(errors.OfType<Error>().Single() is LastAdmin or LockLeavesProjects, $"{first.Name} and {second.Name}: {errors.OfType<Error>().Single()}");
            });
            await AssertOneAdminEachAsync(database, pairs, $"{first.Name} and {second.Name}");
        }
    }

    [DatabaseTheory]
    public async Task EveryRoute_OnlyAdmin_IsRefusedAndNothingIsWritten(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind, AdminPairs.Services);
        var acme = await Given.OrganizationAsync(database);
        var world = new AdminPairs(acme, Actors.Of(await Given.InstallationAdministratorAsync(database)));
        foreach (var route in AdminRoutes.All)
        {
            var (first, second) = (await world.MakeAsync(route, route, 1))[0];
            Assert.Null(await route.Act(database, first));

            await Unchanged.AssertNothingWrittenAsync(database, async () =>
                Assert.True(await route.Act(database, second) is LastAdmin or LockLeavesProjects, route.Name));
        }
    }

    // Both wait at the same gate and then go on threads of their own.
    private static async Task<Error?[]> AtOnceAsync(params Func<Task<Error?>>[] acts)
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = acts.Select(async act =>
        {
            await gate.Task;
            return await act();
        }).ToArray();
        gate.SetResult();
        return await Task.WhenAll(running);
    }

    private static async Task AssertOneAdminEachAsync(TestDatabase database, List<(AdminPlace First, AdminPlace Second)> pairs, string what)
    {
        await using var db = database.Open();
        Guid[] projects = [.. pairs.Select(pair => pair.First.Project.Id)];
        Guid[] people = [.. pairs.SelectMany(pair => new[] { pair.First.Person.Id, pair.Second.Person.Id })];
        var decisions = await database.Get<AccessControl>().OfManyAsync(
            db, db.Projects.Where(project => projects.Contains(project.Id)), db.Users.Where(user => people.Contains(user.Id)), default);
        foreach (var (first, second) in pairs)
        {
            var admins = new[] { first.Person.Id, second.Person.Id }.Count(person =>
                decisions[(person, first.Project.Id)].Access is var access
                && access.HeldUntil(null).Contains(Permissions.CollaboratorsManageAdmins) && access.Block == AccessBlock.None);
            Assert.True(admins == 1, $"{what}: {admins} Admins");
        }
    }
}
