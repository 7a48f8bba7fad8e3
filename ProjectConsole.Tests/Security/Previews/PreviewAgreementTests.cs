using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Teams;
using ProjectConsole.Features.Collaborators;
using ProjectConsole.Features.Organizations;
using ProjectConsole.Features.Projects;
using ProjectConsole.Features.Restrictions;
using ProjectConsole.Features.Roles;
using ProjectConsole.Features.Teams;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Security.Previews;

/// <summary>
/// What a preview says is what then happens, for every kind of command that changes access: each is shown and then done in random
/// worlds, and what everybody may do in every project before and after, by the decision, is held against what was shown.
/// </summary>
public sealed class PreviewAgreementTests
{
    private const int Worlds = 3;
    private const int MoreWorlds = 20;

    [DatabaseTheory]
    public async Task Preview_OfEveryKindOfCommand_IsWhatThenHappens(DatabaseKind kind)
    {
        await using var database = await CreateAsync(kind);
        var (acts, random, forbidden, outlived) = (new RandomActs(database), new Random(61), 0, 0);
        var (done, changed, refused) = (new HashSet<string>(), new HashSet<string>(), new Dictionary<string, string>());
        for (var seed = 610; seed < 610 + Worlds; seed++)
        {
            // Twice, so that what one act made another can end.
            await RunAsync(seed, [.. acts.Kinds.Keys.OrderBy(_ => random.Next()), .. acts.Kinds.Keys.OrderBy(_ => random.Next())]);
        }

        // What chance left out is tried in worlds that nobody has emptied yet.
        for (var seed = 700; (Missing().Count > 0 || outlived == 0) && seed < 700 + MoreWorlds; seed++)
        {
            await RunAsync(seed, [.. Missing(), .. acts.Kinds.Keys.OrderBy(_ => random.Next()), .. Missing()]);
        }

        Assert.Empty(acts.Kinds.Keys.Except(done).Select(name => $"{name}: {refused[name]}"));
        Assert.Equal([], Missing());
        Assert.True(forbidden > 0, "no assertion refused anything");
        Assert.True(outlived > 0, "nobody tried to give for longer than they hold");

        List<string> Missing() => [.. acts.Kinds.Keys.Where(IsMissing)];

        bool IsMissing(string name) => !changed.Contains(name) && !(done.Contains(name) && RandomActs.Harmless.Contains(name));

        async Task RunAsync(int seed, List<string> names)
        {
            var (organization, owner, forDays) = await AddWorldAsync(database, seed);
            var last = await DecideAsync(database, organization);
            foreach (var name in names)
            {
                // What has changed something already is tried once more in each world, by anybody; until then the Owner tries again.
                var isNew = IsMissing(name);
                for (var (attempt, isDone) = (0, false); attempt < (isNew ? 6 : 1) && !isDone; attempt++)
                {
                    var held = await Holdings.ReadAsync(database, organization, random);
                    var actor = name == "left" ? held.Collaborator : name == "organization left" ? held.User
                        : isNew ? owner : random.Next(4) switch { 0 => held.User, 1 or 2 => forDays, _ => owner };
                    var step = new Step(database, $"world {seed}, {name} by {actor.Email}", actor, organization);
                    var (refusal, after) = await step.RunAsync(acts.Kinds[name](held), last);
                    (forbidden, outlived) = (forbidden + (refusal is AssertionBroken ? 1 : 0), outlived + (refusal is OutlivesOwn ? 1 : 0));
                    _ = refusal is null ? done.Add(name) : refused.TryAdd(name, refusal.Message);
                    isDone = after.Any(pair => pair.Value != last.GetValueOrDefault(pair.Key)) && (changed.Add(name) || true);
                    last = after;
                }
            }
        }
    }

    [DatabaseTheory]
    [InlineData(20, 19)]
    [InlineData(20, 20)]
    [InlineData(21, 21)]
    [InlineData(5, 110)]
    public async Task Preview_OfARoleAtTheBoundsOfWhatIsCompared_ListsTrueChangesAndCountsTheRest(DatabaseKind kind, int people, int projects)
    {
        await using var database = await CreateAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var (workspace, now) = (await acme.WorkspaceAsync("many"), database.Clock.UtcNow);
        var role = new CustomProjectRole(acme.Id, null, "viewer", now);
        role.Change("Runs", "", PermissionCatalogue.WithIncluded(PermissionCatalogue.Get("runs.view")));
        await database.AddAsync([role, .. Enumerable.Range(0, projects).Select(number =>
            (object)new Project(acme.Id, workspace.Id, $"p{number}", ProjectDetails.Named($"p{number}"), acme.Owner.Id, now))]);
        var users = new List<User>();
        for (var number = 0; number < people; number++)
        {
            users.Add(await acme.MemberAsync($"person-{number}"));
        }

        await acme.GrantAsync(workspace, await acme.TeamAsync("crew", [.. users]), role.ToRole());
        var before = await DecideAsync(database, acme.Id);
        Task<Result<AccessChange>> ChangeAsync(Actor actor) =>
            database.Get<RolesService>().ChangeAsync(actor, RoleOwner.Of(acme.Id), role.Key, new RoleDraft("Runs", "", "viewer", ["secrets.view"]), null);

        var shown = (await ChangeAsync(Actors.Previewing(acme.Owner))).Value;
        Assert.True((await ChangeAsync(Actors.Of(acme.Owner))).Succeeded);
        var after = await DecideAsync(database, acme.Id);

        foreach (var (person, change) in shown.People.SelectMany(person => person.Projects.Select(change => (person, change))))
        {
            var pair = (person.UserId, change.ProjectId);
            Assert.Equal((after[pair] - before[pair], before[pair] - after[pair]), (change.Gains, change.Loses));
            Assert.False(change.Gains.IsEmpty);
        }

        // Everybody, and each of them in every project, is either shown or counted.
        Assert.Equal(people, shown.People.Count + shown.MorePeople);
        Assert.Equal(people * projects, shown.People.Sum(person => person.Projects.Count + person.MoreProjects) + shown.MoreElsewhere);
    }

    private static Task<TestDatabase> CreateAsync(DatabaseKind kind) => TestDatabase.CreateAsync(kind, services =>
    {
        services.AddCollaboratorsFeature();
        services.AddOrganizationsFeature();
        services.AddProjectsFeature();
        services.AddRestrictionsFeature();
        services.AddRolesFeature();
        services.AddTeamsFeature();
    });

    // A random world, in one of whose organizations an Owner acts, and an Admin of all its projects for some days; with a role and a
    // restriction that one project keeps for itself.
    private static async Task<(Guid Organization, User Owner, User ForDays)> AddWorldAsync(TestDatabase database, int seed)
    {
        var world = await RandomWorld.CreateAsync(database, seed * 10, organizations: 6, users: 8, projects: 5);
        var now = database.Clock.UtcNow;
        var organization = world.Organizations.First(each => each is { IsDeleted: false, AllowsExternalCollaborators: true });
        var owner = await Given.UserAsync(database, $"owner-{seed}@console.test");
        var forDays = await Given.UserAsync(database, $"for-days-{seed}@console.test");
        var project = world.Projects.First(each => each.OrganizationId == organization.Id && each.State != ProjectState.Deleted);
        var role = new CustomProjectRole(organization.Id, project.Id, "viewer", now);
        role.Change("of the project", "", ProjectRole.Contributor.Permissions);
        var unused = new CustomProjectRole(organization.Id, project.Id, "viewer", now);
        unused.Change("unused", "", ProjectRole.Contributor.Permissions);
        var restriction = new Restriction(organization.Id, project.Id, now);
        restriction.Change("of the project", "", RestrictionRules.Of([new(false, "clusters.*")]));
        var guest = new CustomOrganizationRole(organization.Id, now);
        guest.Change("guest", "", PermissionSet.Of(Permissions.OrganizationView), null, ProjectRole.Developer.Permissions);
        var team = new Team(organization.Id, "of-the-project", "of the project", "", now);
        var person = await Given.UserAsync(database, $"person-of-{seed}@console.test");
        await database.AddAsync(role, unused, restriction, guest, team);
        await database.AddAsync(
            new Member(organization.Id, owner.Id, OrganizationRole.Owner, now), new Member(organization.Id, person.Id, guest.ToRole(), now),
            Principal.OfTeam(team.Id, person.Id, now),
            Grant.OnProject(organization.Id, project.Id, team.Id, role.ToRole(), owner.Id, "", now).With(null, restriction.Id));
        await database.AddAsync(
            [new Member(organization.Id, forDays.Id, OrganizationRole.Member, now), .. world.Projects.Where(each => each.OrganizationId == organization.Id).Select(
                each => (object)Grant.OnProject(organization.Id, each.Id, forDays.Id, ProjectRole.Admin, owner.Id, "", now).With(now.AddDays(4), null))]);
        if (seed % 2 == 0)
        {
            await AssertAsync(database, organization.Id, project.Id, team.Id);
        }

        return (organization.Id, owner, forDays);
    }

    // In every second world: assertions of each form, over people who break them already, so that some changes are refused by them.
    private static Task AssertAsync(TestDatabase database, Guid organization, Guid project, Guid team)
    {
        var now = database.Clock.UtcNow;
        return database.AddAsync(
            new Assertion(organization, null, AssertionForm.NotExternal, PermissionCatalogue.Get("secrets.view"), "", now),
            new Assertion(organization, project, AssertionForm.Nobody, PermissionCatalogue.Get("clusters.delete"), "", now),
            new Assertion(organization, null, AssertionForm.Only, Permissions.LimitsSet, "", now).OnlyRole(ProjectRole.Admin.Key),
            new Assertion(organization, project, AssertionForm.Only, PermissionCatalogue.Get("runs.create"), "", now).OnlyTeam(team));
    }

    // What everybody may do in every project of the organization that is not deleted.
    private static async Task<Dictionary<(Guid UserId, Guid ProjectId), PermissionSet>> DecideAsync(TestDatabase database, Guid organization) =>
        (await DecisionsAsync(database, organization)).ToDictionary(pair => pair.Key, pair => pair.Value.Allowed);

    private static async Task<Dictionary<(Guid UserId, Guid ProjectId), EffectiveAccess>> DecisionsAsync(TestDatabase database, Guid organization)
    {
        await using var db = database.Open();
        var decided = await database.Get<AccessControl>().OfManyAsync(
            db, db.Projects.Where(project => project.OrganizationId == organization && project.State != ProjectState.Deleted), db.Users, default);
        return decided.ToDictionary(pair => pair.Key, pair => pair.Value.Access);
    }

    private sealed record Step(TestDatabase Database, string Name, User Actor, Guid Organization)
    {
        public async Task<(Error? Refusal, Dictionary<(Guid UserId, Guid ProjectId), PermissionSet> After)> RunAsync(
            RandomAct act, Dictionary<(Guid UserId, Guid ProjectId), PermissionSet> last)
        {
            var seen = await SeenAsync();
            var shown = await act(Actors.Previewing(Actor));
            var before = await DecideAsync(Database, Organization);
            Assert.True(before.OrderBy(pair => pair.Key).SequenceEqual(last.OrderBy(pair => pair.Key)), $"{Name}: the dry run left something");
            var result = await act(Actors.Of(Actor));
            Assert.True(shown.Error?.Message == result.Error?.Message, $"{Name}: shown {shown.Error?.Message ?? "done"}, then {result.Error?.Message ?? "done"}");
            var after = await DecisionsAsync(Database, Organization);
            Compare(shown.Succeeded ? shown.Value.People : [], seen, before, after);
            return (result.Error, after.ToDictionary(pair => pair.Key, pair => pair.Value.Allowed));
        }

        private void Compare(
            IReadOnlyList<PersonChange> shown, HashSet<Guid> seen,
            Dictionary<(Guid UserId, Guid ProjectId), PermissionSet> before, Dictionary<(Guid UserId, Guid ProjectId), EffectiveAccess> after)
        {
            var people = shown.ToDictionary(person => person.UserId);
            foreach (var (userId, projects) in before.Keys.Union(after.Keys).GroupBy(pair => pair.UserId, pair => pair.ProjectId).Select(group => (group.Key, group.ToList())))
            {
                var person = people.GetValueOrDefault(userId);
                var hidden = 0;
                foreach (var project in projects)
                {
                    var (was, becomes) = (before.GetValueOrDefault((userId, project)), after.GetValueOrDefault((userId, project)));
                    var now = becomes?.Allowed ?? PermissionSet.Empty;
                    var change = person?.Projects.SingleOrDefault(each => each.ProjectId == project);
                    hidden += change is null && !seen.Contains(project) && was != now ? 1 : 0;
                    Assert.True(change is null || seen.Contains(project), $"{Name}: names a project that the actor does not see");
                    if (change is not null || seen.Contains(project))
                    {
                        var promised = (was | (change?.Gains ?? PermissionSet.Empty)) - (change?.Loses ?? PermissionSet.Empty);
                        Assert.True(promised == now, $"{Name}: {person?.Email ?? "somebody not shown"} was promised {string.Join(' ', promised)} and has {string.Join(' ', now)}");
                        Assert.True(change is null || Paths(change.KeepsThrough).SequenceEqual(Paths(now.IsEmpty ? [] : becomes!.Sources)), $"{Name}: keeps by other paths than shown");
                    }
                }

                Assert.True((person?.MoreProjects ?? 0) == hidden, $"{Name}: {person?.MoreProjects ?? 0} unseen projects counted, {hidden} changed");
            }
        }

        private static IEnumerable<string> Paths(IEnumerable<AccessSource> sources) =>
            sources.Select(source => $"{source.Kind} {source.RoleTitle} {source.Grant?.RestrictionId} {source.Grant?.ExpiresUtc:O}").Order(StringComparer.Ordinal);

        private async Task<HashSet<Guid>> SeenAsync()
        {
            await using var db = Database.Open();
            return await (await Database.Get<AccessControl>().VisibleProjectsEverywhereAsync(db, Actors.Of(Actor), default)).Select(project => project.Id).ToHashSetAsync();
        }
    }
}
