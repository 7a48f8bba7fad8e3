using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Security;

/// <summary>What predicates show through personal tokens is what the decision function says through the same tokens, over random worlds.</summary>
public sealed class TokenAgreementTests
{
    private const int Worlds = 4;

    private static readonly string[][] Sets =
    [
        [], ["project.view"], ["organization.view"], ["project.delete"], ["project.view", "organization.view"],
        ["clusters.create", "organization.view"], ["project.delete", "organization.delete"],
        [.. PermissionCatalogue.All.Select(permission => permission.Name)],
    ];

    [DatabaseTheory]
    public async Task Predicates_RandomWorldsAndTokens_AgreeWithTheDecision(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind, services => services.AddSingleton<ProjectSets>());
        var (access, sets) = (database.Get<AccessControl>(), database.Get<ProjectSets>());
        var (shown, hidden, entered, shut, restorable) = (0, 0, 0, 0, 0);
        for (var seed = 51; seed < 51 + Worlds; seed++)
        {
            var world = await RandomWorld.CreateAsync(database, seed);
            foreach (var (user, number) in world.Users.Select((user, number) => (user, number)))
            {
                var actor = Through(user, Sets[(number + seed) % Sets.Length]);
                await using var db = database.Open();
                var everywhere = await (await access.VisibleProjectsEverywhereAsync(db, actor, default)).Select(project => project.Id).ToListAsync();
                var enterable = await access.EnterableOrganizations(db, actor).ToListAsync();
                var all = world.Projects.Select(project => project.Id).ToList();
                var decided = await access.OfActorAsync(db, actor, all, default);
                foreach (var organization in world.Organizations)
                {
                    var where = $"world {seed}, {user.Email}, {organization.Slug}, {actor.Credential!.Permissions}";
                    var place = (await access.InOrganizationAsync(actor, organization.Id))!;
                    var projects = world.Projects.Where(project => project.OrganizationId == organization.Id).ToList();
                    List<Guid> seen = [.. projects.Where(project => project.State != ProjectState.Deleted && decided[project.Id].May(Permissions.ProjectView)).Select(project => project.Id).Order()];
                    List<Guid> gone = [.. projects.Where(project => project.State == ProjectState.Deleted && decided[project.Id].May(Permissions.ProjectDelete)).Select(project => project.Id).Order()];

                    Assert.True(seen.SequenceEqual((await access.VisibleProjects(db, place).Select(project => project.Id).ToListAsync()).Order()), where);
                    Assert.True(seen.SequenceEqual(everywhere.Where(id => projects.Exists(project => project.Id == id)).Order()), where);
                    Assert.True(gone.SequenceEqual((await (await sets.RestorableAsync(db, place, default)).Select(project => project.Id).ToListAsync()).Order()), where);
                    Assert.True(place.Access.MayEnterOrganization == enterable.Contains(organization.Id), where);
                    (shown, hidden, restorable) = (shown + seen.Count, hidden + projects.Count - seen.Count, restorable + gone.Count);
                    _ = place.Access.MayEnterOrganization ? entered++ : shut++;
                }
            }
        }

        Assert.True(shown > 30 && hidden > 30 && entered > 10 && shut > 10 && restorable > 3, $"the worlds show {shown}, hide {hidden}, let in {entered}, shut out {shut} and restore {restorable}");
    }

    [DatabaseTheory]
    public async Task OfActor_ManyProjectsInRandomWorlds_DecidesLikeForEachByItself(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind, services => services.AddSingleton<ProjectSets>());
        var (access, sources, restricted) = (database.Get<AccessControl>(), 0, 0);
        for (var seed = 71; seed < 71 + Worlds; seed++)
        {
            var world = await RandomWorld.CreateAsync(database, seed);
            await using var db = database.Open();
            var all = world.Projects.Select(project => project.Id).ToList();
            // More than one statement takes, some of them named in two of them, and some that are not there.
            List<Guid> asked = [.. all, .. Enumerable.Range(0, 300).Select(_ => Guid.NewGuid()), .. all];
            foreach (var user in world.Users)
            {
                foreach (var actor in (Actor[])[Actors.Of(user), Through(user, Sets[seed % Sets.Length])])
                {
                    var known = await access.OfActorAsync(db, actor, asked, default);

                    Assert.Equal(all.Order(), known.Keys.Order());
                    foreach (var project in world.Projects)
                    {
                        var alone = await access.InProjectAsync(db, actor, new ProjectScope(project.OrganizationId, project.Id), default);
                        Assert.Equal(Told(alone!), Told(known[project.Id]));
                    }

                    (sources, restricted) = (sources + known.Values.Sum(each => each.Access.Sources.Count), restricted + known.Values.Count(each => each.Access.IsRestricted));
                }
            }

            var stranger = Actors.Of(await Given.UserAsync(database, $"nobody-{seed}@other.test"));
            Assert.All((await access.OfActorAsync(db, stranger, asked, default)).Values, each => Assert.Empty(each.Access.Sources));
        }

        Assert.True(sources > 100 && restricted > 5, $"the worlds have {sources} sources and restrict {restricted}");
    }

    private static string Told(ProjectAccess access)
    {
        var effective = access.Access;
        var sources = effective.Sources.Select(source => source.ToString()).Order(StringComparer.Ordinal);
        return string.Join('\n', [access.Organization.ToString(), access.Project.ToString(), access.Versions.ToString(), effective.Block.ToString(), PermissionText.Of(effective.Allowed),
            PermissionText.Of(effective.Ceiling), PermissionText.Of(effective.RoleCeiling), effective.EarliestExpiryUtc?.ToString("O"), .. sources]);
    }

    private static Actor Through(ProjectConsole.Data.Accounts.User user, string[] permissions) => Actors.Of(user) with
    {
        Credential = new TokenCredential(Guid.NewGuid(), "narrow", PermissionSet.Of(permissions.SelectMany(name => PermissionCatalogue.WithIncluded(PermissionCatalogue.Get(name)))), null, ""),
    };
}
