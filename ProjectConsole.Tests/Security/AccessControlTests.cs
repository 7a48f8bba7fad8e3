using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Security;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Security;

public sealed class AccessControlTests
{
    private const int Worlds = 6;

    [DatabaseTheory]
    public async Task InProjectAsync_RandomWorlds_AgreesWithTheSecondOpinion(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var access = database.Get<AccessControl>();
        var (somebodyMay, somebodyMayNot) = (0, 0);
        for (var seed = 1; seed <= Worlds; seed++)
        {
            var world = await RandomWorld.CreateAsync(database, seed);
            foreach (var user in world.Users)
            {
                foreach (var project in world.Projects)
                {
                    var expected = world.Allowed(user, project, database.Clock.UtcNow);
                    var decided = await access.InProjectAsync(Actors.Of(user), RandomWorld.ScopeOf(project));

                    AssertSame(expected, decided, $"world {seed}, {user.Email}, {project.Slug}");
                    (somebodyMay, somebodyMayNot) = expected.Count > 0 ? (somebodyMay + 1, somebodyMayNot) : (somebodyMay, somebodyMayNot + 1);
                }
            }
        }

        Assert.True(somebodyMay > 100 && somebodyMayNot > 100, "the worlds say both yes and no");
    }

    [DatabaseTheory]
    public async Task OfManyAsync_RandomWorlds_AgreesWithOneByOne(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var access = database.Get<AccessControl>();
        for (var seed = 1; seed <= Worlds; seed++)
        {
            var world = await RandomWorld.CreateAsync(database, seed);
            var (organizations, people) = (world.Organizations.Select(each => each.Id).ToList(), world.Users.Select(user => user.Id).ToList());
            var all = await database.ReadAsync(db => access.OfManyAsync(
                db, db.Projects.Where(project => organizations.Contains(project.OrganizationId)), db.Users.Where(user => people.Contains(user.Id)), default));

            Assert.Equal(world.Users.Count * world.Projects.Count, all.Count);
            foreach (var user in world.Users)
            {
                foreach (var project in world.Projects)
                {
                    AssertSame(world.Allowed(user, project, database.Clock.UtcNow), all[(user.Id, project.Id)], $"world {seed}, {user.Email}, {project.Slug}");
                }
            }
        }
    }

    [DatabaseTheory]
    public async Task VisibleProjects_RandomWorlds_AreThoseThatTheDecisionLetsView(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var access = database.Get<AccessControl>();
        var (shown, hidden) = (0, 0);
        for (var seed = 1; seed <= Worlds; seed++)
        {
            var world = await RandomWorld.CreateAsync(database, seed);
            foreach (var user in world.Users)
            {
                foreach (var organization in world.Organizations)
                {
                    var entered = (await access.InOrganizationAsync(Actors.Of(user), organization.Id))!;
                    var visible = await database.ReadAsync(db => access.VisibleProjects(db, entered).Select(project => project.Slug).ToListAsync());

                    var expected = world.Projects
                        .Where(project => project.OrganizationId == organization.Id && world.Allowed(user, project, database.Clock.UtcNow).Contains("project.view"))
                        .Select(project => project.Slug).ToList();
                    Assert.Equal(expected.Order(StringComparer.Ordinal), visible.Order(StringComparer.Ordinal));
                    (shown, hidden) = (shown + expected.Count, hidden + world.Projects.Count(project => project.OrganizationId == organization.Id) - expected.Count);
                }
            }
        }

        Assert.True(shown > 100 && hidden > 100, "the worlds show and hide");
    }

    [DatabaseTheory]
    public async Task OpenProjectAsync_Stranger_GetsTheSameForAProjectThatExistsAndOneThatDoesNot(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var other = await Given.OrganizationAsync(database, "other");
        await acme.ProjectAsync("churn");
        var access = database.Get<AccessControl>();

        foreach (var somebody in new[] { Actors.Of(other.Owner), Actors.Anonymous })
        {
            Assert.Null(await access.OpenProjectAsync(somebody, "acme", "churn"));
            Assert.Null(await access.OpenProjectAsync(somebody, "acme", "no-such-project"));
            Assert.Null(await access.OpenOrganizationAsync(somebody, "acme"));
            Assert.Null(await access.OpenOrganizationAsync(somebody, "no-such-organization"));
        }

        Assert.NotNull(await access.OpenProjectAsync(Actors.Of(acme.Owner), "acme", "churn"));
        Assert.Null(await access.OpenProjectAsync(Actors.Of(acme.Owner), "other", "churn"));
    }

    [DatabaseTheory]
    public async Task InProjectAsync_ProjectUnderAnotherOrganizationsId_IsNothing(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var other = await Given.OrganizationAsync(database, "other");
        var churn = await acme.ProjectAsync("churn");
        var access = database.Get<AccessControl>();

        Assert.Null(await access.InProjectAsync(Actors.Of(other.Owner), other.Scope(churn)));
        Assert.True((await access.InProjectAsync(Actors.Of(other.Owner), acme.Scope(churn)))!.Access.Allowed.IsEmpty);
    }

    [DatabaseTheory]
    public async Task OpenOrganizationAsync_ExternalCollaborator_EntersWhileAGrantIsInForce(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var zoe = await Given.UserAsync(database, "zoe@partner.test");
        var churn = await acme.ProjectAsync("churn");
        await acme.GrantAsync(churn, zoe, ProjectRole.Viewer, expiresUtc: database.Clock.UtcNow.AddHours(1));
        var access = database.Get<AccessControl>();

        Assert.True((await access.OpenOrganizationAsync(Actors.Of(zoe), "acme"))!.IsExternal);

        database.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Null(await access.OpenOrganizationAsync(Actors.Of(zoe), "acme"));
        Assert.Null(await access.OpenProjectAsync(Actors.Of(zoe), "acme", "churn"));
    }

    [DatabaseTheory]
    public async Task InProjectAsync_GrantOfARoleThatNoVersionKnows_GivesNothing(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var ann = await acme.MemberAsync("ann");
        var churn = await acme.ProjectAsync("churn", (ann, ProjectRole.Admin));
        await database.ReadAsync(db => db.Grants.Where(grant => grant.PrincipalId == ann.Id).ExecuteUpdateAsync(set => set.SetProperty(grant => grant.RoleKey, "superuser")));

        Assert.True((await database.Get<AccessControl>().InProjectAsync(Actors.Of(ann), acme.Scope(churn)))!.Access.Allowed.IsEmpty);
    }

    private static void AssertSame(HashSet<string> expected, ProjectAccess? decided, string where)
    {
        var actual = decided!.Access.Allowed.Select(permission => permission.Name).ToHashSet();
        Assert.True(
            expected.SetEquals(actual),
            $"{where}: missing {string.Join(' ', expected.Except(actual))}; too many {string.Join(' ', actual.Except(expected))}");
    }
}
