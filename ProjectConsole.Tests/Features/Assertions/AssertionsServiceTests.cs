#pragma warning disable xUnit1012 // The first parameter is the database, which the analyzer does not count: the null is a Type.
using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Teams;
using ProjectConsole.Features.Assertions;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Assertions;

public sealed class AssertionsServiceTests
{
    private static readonly NewAssertion NoExternalSecrets = new(AssertionForm.NotExternal, "secrets.view", "", null, "Customers' data");

    [DatabaseTheory]
    [InlineData("owner", null)]
    [InlineData("admin", null)]
    [InlineData("member", typeof(Forbidden))]
    [InlineData("auditor", typeof(Forbidden))]
    [InlineData("external", typeof(NotFound))]
    [InlineData("stranger", typeof(NotFound))]
    public async Task Create_ByRole_OnlyWhoManagesAssertionsCan(DatabaseKind kind, string who, Type? refusal)
    {
        await using var world = await World.CreateAsync(kind);
        if (refusal is null)
        {
            Assert.True((await world.Service.CreateAsync(world.Actor(who), world.Acme.Id, NoExternalSecrets)).Succeeded);
            Assert.IsType<AssertionThere>((await world.Service.CreateAsync(world.Actor(who), world.Acme.Id, NoExternalSecrets)).Error);
            return;
        }

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            Assert.IsType(refusal, (await world.Service.CreateAsync(world.Actor(who), world.Acme.Id, NoExternalSecrets)).Error);
            Assert.IsType(refusal, (await world.Service.PreviewAsync(world.Actor(who), world.Acme.Id, NoExternalSecrets)).Error);
            Assert.IsType(refusal, (await world.Service.ChoicesAsync(world.Actor(who), world.Acme.Id)).Error);
        });
    }

    [DatabaseTheory]
    public async Task Open_EachForm_SaysWhoBreaksItAndByWhichPath(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        var team = new Team(world.Acme.Id, "core", "core", "", world.Database.Clock.UtcNow);
        await world.Database.AddAsync(team, Principal.OfTeam(team.Id, world["member"].Id, world.Database.Clock.UtcNow));
        await world.Database.AddAsync(Grant.OnProject(world.Acme.Id, world.Vision.Id, team.Id, ProjectRole.Developer, Guid.Empty, "", world.Database.Clock.UtcNow));
        await world.CreateAsync(NoExternalSecrets);
        await world.CreateAsync(new NewAssertion(AssertionForm.Only, "clusters.operate", "vision", $"team:{team.Id}"));
        await world.CreateAsync(new NewAssertion(AssertionForm.Nobody, "project.delete", "vision"));
        await world.CreateAsync(new NewAssertion(AssertionForm.Only, "secrets.view", "vision", "role:viewer"));

        var rows = new Dictionary<string, OpenedAssertion>();
        foreach (var row in (await world.Service.ListAsync(world.Actor("member"), world.Acme.Id)).Value)
        {
            rows[row.Sentence] = (await world.Service.OpenAsync(world.Actor("member"), world.Acme.Id, row.Id)).Value;
            Assert.Equal(row, rows[row.Sentence].Row);
        }

        Assert.Equal(["external@partner.test, vision, Viewer by a direct grant"], Breaking(rows["External collaborators never hold “View secrets” in any project."]));
        Assert.Equal(["boss@acme.test, vision, Admin by a direct grant"], Breaking(rows["Only the team core may hold “Operate clusters” in vision."]));
        Assert.Equal(["boss@acme.test, vision, Admin by a direct grant"], Breaking(rows["Nobody may hold “Delete and restore the project” in vision."]));
        // The auditor's role gives it in every project; the external has it by the role that may.
        Assert.Equal(
            ["auditor@acme.test, vision, Auditor by Organization Auditor", "boss@acme.test, vision, Admin by a direct grant", "member@acme.test, vision, Developer by team core"],
            Breaking(rows["Only the role Viewer may hold “View secrets” in vision."]));
        Assert.All(rows.Values, row => Assert.True(row.State.IsComplete));
    }

    [DatabaseTheory]
    public async Task Open_WhoMayHoldItInTheDefaultProjectAndHoldsItEverywhere_BreaksItElsewhere(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        var standard = await world.Database.ReadAsync(db => db.Projects.SingleAsync(project => project.OrganizationId == world.Acme.Id && project.IsDefault));
        await world.Acme.GrantAsync(standard, world["auditor"], ProjectRole.Manager);
        var id = await world.CreateAsync(new NewAssertion(AssertionForm.Only, "secrets.view", Only: "role:manager"));

        var breaking = (await world.Service.OpenAsync(world.Actor("owner"), world.Acme.Id, id)).Value.State.Breaking;

        // The path that is let through is one of the Default Project alone.
        Assert.Equal(["vision, Auditor by Organization Auditor"], breaking.Where(each => each.Email == "auditor@acme.test").Select(each => $"{each.Project}, {each.Paths}"));
    }

    [DatabaseTheory]
    public async Task Open_HeldInADeletedProject_CountsAndNamesNobody(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        var id = await world.CreateAsync(NoExternalSecrets);
        await world.Acme.ChangeAsync(world.Vision, project => project.Delete(world.Database.Clock.UtcNow));
        var state = (await world.Service.OpenAsync(world.Actor("owner"), world.Acme.Id, id)).Value.State;
        Assert.Equal((0, 1), (state.Breaking.Count, state.Unnamed));
        Assert.Equal(0, (await world.Service.OpenAsync(world.Actor("member"), world.Acme.Id, id)).Value.State.Unnamed);
    }

    [DatabaseTheory]
    public async Task List_AboutAProjectThatOneDoesNotSee_IsLeftOut(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        await world.CreateAsync(new NewAssertion(AssertionForm.Nobody, "project.delete", "vision"));
        var id = await world.CreateAsync(new NewAssertion(AssertionForm.Nobody, "project.delete"));
        Assert.Equal([id], (await world.Service.ListAsync(world.Actor("outside"), world.Acme.Id)).Value.Select(row => row.Id));
        Assert.Empty((await world.Service.OpenAsync(world.Actor("outside"), world.Acme.Id, id)).Value.State.Breaking);
        Assert.NotEmpty((await world.Service.OpenAsync(world.Actor("auditor"), world.Acme.Id, id)).Value.State.Breaking);
    }

    [DatabaseTheory]
    public async Task Open_ByAReaderWhoMayNotSeeTheCollaborators_CountsThemAndNamesNobody(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        var restriction = new Restriction(world.Acme.Id, world.Vision.Id, world.Database.Clock.UtcNow);
        restriction.Change("nobody's names", "", RestrictionRules.Of([new(false, "collaborators.*")]));
        await world.Database.AddAsync(restriction);
        await world.Database.AddAsync(Grant.OnProject(world.Acme.Id, world.Vision.Id, world["member"].Id, ProjectRole.Viewer, Guid.Empty, "", world.Database.Clock.UtcNow).With(null, restriction.Id));
        var id = await world.CreateAsync(NoExternalSecrets);
        var inOne = await world.CreateAsync(new NewAssertion(AssertionForm.Nobody, "project.delete", "vision"));

        var opened = (await world.Service.OpenAsync(world.Actor("member"), world.Acme.Id, id)).Value.State;
        Assert.Equal((0, 1), (opened.Breaking.Count, opened.Unnamed));
        Assert.Equal((0, 1), ((await world.Service.OpenAsync(world.Actor("member"), world.Acme.Id, inOne)).Value.State.Breaking.Count, opened.Unnamed));
        var known = (await world.Service.OpenAsync(world.Actor("auditor"), world.Acme.Id, id)).Value.State;
        Assert.Equal(("external@partner.test", 0), (Assert.Single(known.Breaking).Email, known.Unnamed));
    }

    [DatabaseTheory]
    public async Task Create_OfWhatIsNotThere_NamesEveryWrongField(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        var other = await Given.OrganizationAsync(world.Database, "other");
        await other.ProjectAsync("theirs");
        var team = new Team(other.Id, "theirs", "theirs", "", world.Database.Clock.UtcNow);
        await world.Database.AddAsync(team);
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            var wrong = Assert.IsType<Invalid>((await world.Service.CreateAsync(
                world.Actor("owner"), world.Acme.Id, new NewAssertion(AssertionForm.Only, "members.manage", "theirs", $"team:{team.Id}", new string('x', 501)))).Error);
            Assert.Equal(["Permission", "Project", "Only", "Reason"], wrong.Fields.Select(field => field.Field));
            Assert.IsType<Invalid>((await world.Service.CreateAsync(world.Actor("owner"), world.Acme.Id, new NewAssertion(AssertionForm.Only, "secrets.view", "", "role:superuser"))).Error);
        });
    }

    [DatabaseTheory]
    public async Task Delete_NeighboursAssertion_IsNotFound_AndAnOwnOneGoes(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        var id = await world.CreateAsync(NoExternalSecrets);
        var other = await Given.OrganizationAsync(world.Database, "other");
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            Assert.IsType<NotFound>((await world.Service.DeleteAsync(Actors.Of(other.Owner), other.Id, id)).Error);
            Assert.IsType<NotFound>((await world.Service.DeleteAsync(Actors.Of(other.Owner), world.Acme.Id, id)).Error);
            Assert.IsType<Forbidden>((await world.Service.DeleteAsync(world.Actor("member"), world.Acme.Id, id)).Error);
        });
        Assert.True((await world.Service.DeleteAsync(world.Actor("admin"), world.Acme.Id, id)).Succeeded);
        Assert.Equal(0, await world.Database.ReadAsync(db => db.Assertions.CountAsync()));
    }

    private static List<string> Breaking(OpenedAssertion row) => [.. row.State.Breaking.Select(each => $"{each.Email}, {each.Project}, {each.Paths}")];

    private sealed record World(TestDatabase Database, GivenOrganization Acme, Project Vision, Dictionary<string, User> People) : IAsyncDisposable
    {
        public AssertionsService Service => Database.Get<AssertionsService>();

        public User this[string name] => People[name];

        public static async Task<World> CreateAsync(DatabaseKind kind)
        {
            var database = await TestDatabase.CreateAsync(kind, services => services.AddAssertionsFeature());
            var acme = await Given.OrganizationAsync(database);
            var people = new Dictionary<string, User>
            {
                ["owner"] = acme.Owner,
                ["admin"] = await acme.MemberAsync("admin", OrganizationRole.Admin),
                ["auditor"] = await acme.MemberAsync("auditor", OrganizationRole.Auditor),
                ["member"] = await acme.MemberAsync("member"),
                ["outside"] = await acme.MemberAsync("outside"),
                ["boss"] = await acme.MemberAsync("boss"),
                ["external"] = await Given.UserAsync(database, "external@partner.test"),
                ["stranger"] = await Given.UserAsync(database, "stranger@else.test"),
            };
            var vision = await acme.ProjectAsync("vision", (people["boss"], ProjectRole.Admin), (people["external"], ProjectRole.Viewer));
            return new World(database, acme, vision, people);
        }

        public ValueTask DisposeAsync() => Database.DisposeAsync();

        public Actor Actor(string name) => Actors.Of(People[name]);

        public async Task<Guid> CreateAsync(NewAssertion typed)
        {
            var created = await Service.CreateAsync(Actor("owner"), Acme.Id, typed);
            Assert.True(created.Succeeded, created.Error?.Message);
            return created.Value;
        }
    }
}
