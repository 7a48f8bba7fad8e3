using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Teams;
using ProjectConsole.Features.Explanations;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Explanations;

public sealed class ExplanationServiceTests
{
    private static readonly Permission DeleteClusters = PermissionCatalogue.Get("clusters.delete");

    [DatabaseTheory]
    public async Task OfPerson_ThroughARestrictedTeam_NamesTeamRoleGrantorAndRule(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        var explained = (await world.Service.OfPersonAsync(Actors.Of(world.Viewer), world.Scope, world.Manager.Id)).Value;

        var path = Assert.Single(explained.Paths);
        Assert.Equal(("vision-core", "Manager", "owner@acme.test"), (path.Team, path.Source.RoleTitle, path.GrantedByName));
        Assert.Equal(world.Database.Clock.UtcNow, path.InTeamSinceUtc);
        Assert.Equal("Team vision-core", ExplanationWords.Title(path));
        Assert.Equal("Rule 2 of no-cluster-deletes takes it: deny clusters.*", ExplanationWords.Ruling(path, DeleteClusters));
        Assert.Equal("Rule 1 of no-cluster-deletes spares it: allow clusters.view", ExplanationWords.Ruling(path, PermissionCatalogue.Get("clusters.view")));
        Assert.Equal("No rule of no-cluster-deletes speaks of it, so it falls back to the role", ExplanationWords.Ruling(path, PermissionCatalogue.Get("runs.delete")));
        Assert.Equal("Part of Manager, through Developer", ExplanationWords.PartOf(path.Source, PermissionCatalogue.Get("runs.operate")));
        Assert.Equal("The restriction no-cluster-deletes takes it, and no other path gives it.", Answer(explained, DeleteClusters));
        Assert.Equal("One path gives it, nothing takes it away.", Answer(explained, Permissions.ProjectView));
        Assert.Contains(explained.Taken, part => part is { By: TakenBy.Restriction, Name: "no-cluster-deletes" } && part.Takes.Contains(DeleteClusters));
        Assert.Contains(explained.Foremost, explained.Taken[0].Takes);
    }

    [DatabaseTheory]
    public async Task OfPerson_ARestrictedPathAndAFreeOne_SaysThatOneIsEnough(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        await world.Acme.GrantAsync(world.Vision, world.Manager, ProjectRole.Manager);
        var explained = (await world.Service.OfPersonAsync(Actors.Of(world.Viewer), world.Scope, world.Manager.Id)).Value;

        Assert.True(explained.Of(DeleteClusters).Allowed);
        Assert.Equal("One path gives it. The restriction no-cluster-deletes takes it elsewhere, which changes nothing: one path is enough.", Answer(explained, DeleteClusters));
        Assert.Contains(DeleteClusters, Assert.Single(explained.Taken).GivenBack);
    }

    [DatabaseTheory]
    public async Task OfPerson_CappedOrSuspendedOrLocked_SaysWhatStandsInTheWay(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        var auditor = await world.Acme.MemberAsync("auditor", OrganizationRole.Auditor);
        await world.Acme.GrantAsync(world.Vision, auditor, ProjectRole.Admin);
        var capped = (await world.Service.OfPersonAsync(Actors.Of(world.Viewer), world.Scope, auditor.Id)).Value;
        Assert.Equal("The organization role Auditor does not allow it, so no project role can.", Answer(capped, DeleteClusters));
        Assert.Equal(["owner@acme.test"], capped.Managers);

        await world.Acme.ChangeAsync(world.Vision, project => project.Suspend(throughOrganizationRole: false));
        var suspended = (await world.Service.OfPersonAsync(Actors.Of(world.Viewer), world.Scope, world.Acme.Owner.Id)).Value;
        Assert.StartsWith("The project is suspended.", Answer(suspended, DeleteClusters), StringComparison.Ordinal);

        await world.Database.ChangeAsync<User>(user => user.LockedUtc = world.Database.Clock.UtcNow, world.Manager.Id);
        var locked = (await world.Service.OfPersonAsync(Actors.Of(world.Viewer), world.Scope, world.Manager.Id)).Value;
        Assert.Equal("The account is locked by an administrator of the installation.", Answer(locked, Permissions.ProjectView));
    }

    [DatabaseTheory]
    public async Task OfPerson_StrangersAndPeopleInNoList_AreNotFound(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        var stranger = await Given.UserAsync(world.Database, "zoe@else.test");
        var external = await Given.UserAsync(world.Database, "external@partner.test");
        await world.Acme.GrantAsync(world.Vision, external, ProjectRole.Viewer);
        var plain = await world.Acme.MemberAsync("plain");
        var other = await Given.OrganizationAsync(world.Database, "other");

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            Assert.IsType<NotFound>((await world.Service.OfPersonAsync(Actors.Of(stranger), world.Scope, world.Manager.Id)).Error);
            Assert.IsType<NotFound>((await world.Service.OfPersonAsync(Actors.Of(stranger), world.Scope, stranger.Id)).Error);
            Assert.IsType<NotFound>((await world.Service.OfPersonAsync(Actors.Anonymous, world.Scope, world.Manager.Id)).Error);
            Assert.IsType<NotFound>((await world.Service.OfPersonAsync(Actors.Of(world.Viewer), world.Scope, stranger.Id)).Error);
            Assert.IsType<NotFound>((await world.Service.OfPersonAsync(Actors.Of(world.Viewer), world.Scope, other.Owner.Id)).Error);
            Assert.IsType<NotFound>((await world.Service.OfPersonAsync(Actors.Of(world.Viewer), new ProjectScope(other.Id, world.Vision.Id), world.Manager.Id)).Error);
            // A member without any path is known to members, and to nobody from outside.
            Assert.True((await world.Service.OfPersonAsync(Actors.Of(world.Viewer), world.Scope, plain.Id)).Succeeded);
            Assert.IsType<NotFound>((await world.Service.OfPersonAsync(Actors.Of(external), world.Scope, plain.Id)).Error);
        });
    }

    [DatabaseTheory]
    public async Task OfPerson_WithoutCollaboratorsView_ExplainsOnlyOneself(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        var narrow = await world.Acme.MemberAsync("narrow");
        var role = new CustomProjectRole(world.Acme.Id, null, "viewer", world.Database.Clock.UtcNow);
        role.Change("Runs only", "", PermissionCatalogue.WithIncluded(PermissionCatalogue.Get("runs.view")));
        await world.Database.AddAsync(role);
        await world.Acme.GrantAsync(world.Vision, narrow, role.ToRole());

        Assert.IsType<Forbidden>((await world.Service.OfPersonAsync(Actors.Of(narrow), world.Scope, world.Manager.Id)).Error);
        Assert.IsType<Forbidden>((await world.Service.OfTeamAsync(Actors.Of(narrow), world.Scope, world.Team.Id)).Error);
        var own = (await world.Service.OfPersonAsync(Actors.Of(narrow), world.Scope, narrow.Id)).Value;
        Assert.Equal("No role on the one path holds it.", Answer(own, DeleteClusters));
        Assert.True(own.IsYou);
    }

    [DatabaseTheory]
    public async Task OfPerson_GrantThatEnded_IsListedAsEnded(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        var ann = await world.Acme.MemberAsync("ann");
        await world.Acme.GrantAsync(world.Vision, ann, ProjectRole.Developer, world.Database.Clock.UtcNow.AddHours(1));
        world.Database.Clock.Advance(TimeSpan.FromHours(1));
        var explained = (await world.Service.OfPersonAsync(Actors.Of(world.Viewer), world.Scope, ann.Id)).Value;

        Assert.Empty(explained.Paths);
        Assert.Equal("Developer", Assert.Single(explained.Ended).Source.RoleTitle);
        Assert.Equal("No path leads here.", Answer(explained, Permissions.ProjectView));
    }

    [DatabaseTheory]
    public async Task OfTeam_SaysWhatItGives_AndNeighboursTeamsAreNotFound(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        var explained = (await world.Service.OfTeamAsync(Actors.Of(world.Viewer), world.Scope, world.Team.Id)).Value;
        Assert.True(explained.IsTeam);
        Assert.False(explained.Of(DeleteClusters).Allowed);
        Assert.True(explained.Of(PermissionCatalogue.Get("runs.delete")).Allowed);
        Assert.Equal(("Manager", "owner@acme.test"), (Assert.Single(explained.Paths).Source.RoleTitle, explained.Paths[0].GrantedByName));

        var other = await Given.OrganizationAsync(world.Database, "other");
        var theirs = new Team(other.Id, "theirs", "theirs", "", world.Database.Clock.UtcNow);
        await world.Database.AddAsync(theirs);
        Assert.IsType<NotFound>((await world.Service.OfTeamAsync(Actors.Of(world.Viewer), world.Scope, theirs.Id)).Error);
        Assert.IsType<NotFound>((await world.Service.OfTeamAsync(Actors.Of(other.Owner), world.Scope, world.Team.Id)).Error);
    }

    private static string Answer(AccessExplanation explained, Permission permission) => ExplanationWords.Answer(explained, explained.Of(permission));

    private sealed record World(TestDatabase Database, GivenOrganization Acme, Project Vision, User Viewer, User Manager, Team Team) : IAsyncDisposable
    {
        public ExplanationService Service => Database.Get<ExplanationService>();

        public ProjectScope Scope => Acme.Scope(Vision);

        public static async Task<World> CreateAsync(DatabaseKind kind)
        {
            var database = await TestDatabase.CreateAsync(kind, services => services.AddExplanationsFeature());
            var acme = await Given.OrganizationAsync(database);
            var (viewer, manager) = (await acme.MemberAsync("viewer"), await acme.MemberAsync("manager"));
            var vision = await acme.ProjectAsync("vision", (viewer, ProjectRole.Viewer));
            var team = new Team(acme.Id, "vision-core", "vision-core", "", database.Clock.UtcNow);
            var restriction = new Restriction(acme.Id, vision.Id, database.Clock.UtcNow);
            restriction.Change("no-cluster-deletes", "", RestrictionRules.Of([new(true, "clusters.view"), new(false, "clusters.*")]));
            await database.AddAsync(team, Principal.OfTeam(team.Id, manager.Id, database.Clock.UtcNow), restriction);
            await database.AddAsync(Grant.OnProject(acme.Id, vision.Id, team.Id, ProjectRole.Manager, acme.Owner.Id, acme.Owner.Email!, database.Clock.UtcNow)
                .With(null, restriction.Id));
            return new World(database, acme, vision, viewer, manager, team);
        }

        public ValueTask DisposeAsync() => Database.DisposeAsync();
    }
}
