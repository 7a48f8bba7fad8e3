using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Security;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Security;

public sealed class ProjectFinderTests
{
    [DatabaseTheory]
    public async Task Everywhere_EachPerson_FindsWhatTheListsOfTheOrganizationsShow(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var acme = await Given.OrganizationAsync(database, "acme");
        var closed = await Given.OrganizationAsync(database, "closed", settings: start => start with { AllowsExternalCollaborators = false });
        var member = await acme.MemberAsync("member");
        var auditor = await acme.MemberAsync("auditor", OrganizationRole.Auditor);
        var outsider = await Given.UserAsync(database, "external@partner.test");
        var research = await acme.WorkspaceAsync("research");
        var vision = await acme.ProjectAsync("vision", (member, ProjectRole.Viewer), (outsider, ProjectRole.Developer));
        var deleted = await acme.ProjectAsync("deleted", (member, ProjectRole.Viewer));
        await acme.ChangeAsync(deleted, project => project.Delete(database.Clock.UtcNow));
        var expired = await acme.ProjectAsync("expired");
        await acme.GrantAsync(expired, member, ProjectRole.Viewer, database.Clock.UtcNow.AddMinutes(-1));
        var inResearch = await acme.ProjectAsync("in-research");
        await acme.ChangeAsync(inResearch, project => project.MoveTo(research.Id));
        await acme.GrantAsync(research, member, ProjectRole.Viewer);
        await closed.ProjectAsync("secret", (outsider, ProjectRole.Viewer));
        var stranger = await Given.UserAsync(database, "stranger@elsewhere.test");
        var locked = await acme.MemberAsync("locked");
        await database.ChangeAsync<User>(user => user.LockedUtc = database.Clock.UtcNow, locked.Id);

        foreach (var person in new[] { acme.Owner, closed.Owner, member, auditor, outsider, stranger, locked })
        {
            var found = await database.Get<ProjectFinder>().EverywhereAsync(Actors.Of(person), null);

            Assert.Equal(await ListedAsync(database, person), found.All.Rows.Select(row => row.Project.Id).ToHashSet());
            Assert.Equal(found.All.Rows.Count, found.All.Total);
        }

        Assert.Equal(["default", "in-research", "vision"], await SlugsAsync(database, member));
        Assert.Equal(["vision"], await SlugsAsync(database, outsider));
        Assert.Empty(await SlugsAsync(database, stranger));
        Assert.Empty(await SlugsAsync(database, locked));
        Assert.Contains(vision.Slug, await SlugsAsync(database, auditor));
    }

    [DatabaseTheory]
    public async Task InOrganization_Search_FindsByNameAndProjectIdAndSaysHowManyMore(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        for (var number = 0; number < ProjectFinder.Most + 5; number++)
        {
            await acme.ProjectAsync($"vision-{number:00}");
        }

        var finder = database.Get<ProjectFinder>();
        var all = await finder.InOrganizationAsync(Actors.Of(acme.Owner), acme.Id, "VISION");
        var one = await finder.InOrganizationAsync(Actors.Of(acme.Owner), acme.Id, "vision-07");
        var none = await finder.InOrganizationAsync(Actors.Of(acme.Owner), acme.Id, "%");

        Assert.Equal(ProjectFinder.Most, all.All.Rows.Count);
        Assert.Equal(5, all.All.More);
        Assert.Equal("vision-07", Assert.Single(one.All.Rows).Project.Slug);
        Assert.Empty(none.All.Rows);
    }

    [Fact]
    public async Task InOrganization_Stranger_FindsNothing()
    {
        await using var database = await TestDatabase.CreateAsync();
        var acme = await Given.OrganizationAsync(database);
        var stranger = await Given.UserAsync(database, "stranger@elsewhere.test");
        var finder = database.Get<ProjectFinder>();

        Assert.Empty((await finder.InOrganizationAsync(Actors.Of(stranger), acme.Id, null)).All.Rows);
        Assert.Empty((await finder.WorkspacesAsync(Actors.Of(stranger), acme.Id, null)).Rows);
        Assert.Empty((await finder.OrganizationsAsync(Actors.Of(stranger), null)).Rows);
        Assert.Empty((await finder.EverywhereAsync(Actors.Anonymous, null)).All.Rows);
    }

    [DatabaseTheory]
    public async Task Home_VisitedOrOnlyOrSeveral_IsTheLastTheOnlyOrNone(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var (first, second) = (await Given.OrganizationAsync(database, "first"), await Given.OrganizationAsync(database, "second"));
        var person = await first.MemberAsync("person@first.test");
        var finder = database.Get<ProjectFinder>();

        Assert.Equal("first", await finder.HomeAsync(Actors.Of(person)));
        await second.JoinAsync(person);
        Assert.Null(await finder.HomeAsync(Actors.Of(person)));
        await VisitAsync(database, person, second);
        Assert.Equal("second", await finder.HomeAsync(Actors.Of(person)));
        database.Clock.Advance(TimeSpan.FromMinutes(1));
        await VisitAsync(database, person, first);
        Assert.Equal("first", await finder.HomeAsync(Actors.Of(person)));
        Assert.Null(await finder.HomeAsync(Actors.Anonymous));
    }

    [DatabaseTheory]
    public async Task Visits_NotedOften_AreOneRowThatMovesOnceAMinute(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var (visits, owner) = (database.Get<ProjectVisits>(), Actors.Of(acme.Owner));
        var start = database.Clock.UtcNow;

        visits.Note(owner, acme.Scope(acme.DefaultProject));
        visits.Note(Actors.Anonymous, acme.Scope(acme.DefaultProject));
        await visits.FlushAsync();
        database.Clock.Advance(TimeSpan.FromSeconds(30));
        visits.Note(owner, acme.Scope(acme.DefaultProject));
        await visits.FlushAsync();
        Assert.Equal(start, Assert.Single(await RowsAsync(database)).LastUtc);

        database.Clock.Advance(TimeSpan.FromSeconds(31));
        visits.Note(owner, acme.Scope(acme.DefaultProject));
        await visits.FlushAsync();

        Assert.Equal(database.Clock.UtcNow, Assert.Single(await RowsAsync(database)).LastUtc);
    }

    private static Task<List<ProjectVisit>> RowsAsync(TestDatabase database) => database.ReadAsync(db => db.ProjectVisits.ToListAsync());

    private static async Task VisitAsync(TestDatabase database, User person, GivenOrganization organization)
    {
        database.Get<ProjectVisits>().Note(Actors.Of(person), organization.Scope(organization.DefaultProject));
        await database.Get<ProjectVisits>().FlushAsync();
    }

    private static async Task<IEnumerable<string>> SlugsAsync(TestDatabase database, User person) =>
        (await database.Get<ProjectFinder>().EverywhereAsync(Actors.Of(person), null)).All.Rows.Select(row => row.Project.Slug).Order();

    private static async Task<HashSet<Guid>> ListedAsync(TestDatabase database, User person)
    {
        await using var db = database.Open();
        var access = database.Get<AccessControl>();
        var listed = new HashSet<Guid>();
        foreach (var id in await db.Organizations.Select(row => row.Id).ToListAsync())
        {
            if (await access.InOrganizationAsync(Actors.Of(person), id) is { } organization)
            {
                listed.UnionWith(await access.VisibleProjects(db, organization).Select(project => project.Id).ToListAsync());
            }
        }

        return listed;
    }
}
