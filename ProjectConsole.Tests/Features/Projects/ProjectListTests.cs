using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Features.Projects;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Projects;

public sealed class ProjectListTests
{
    [DatabaseTheory]
    public async Task ListAsync_MemberAndOwnerAndExternal_SeeTheirOwn(DatabaseKind kind)
    {
        await using var database = await ProjectsTest.DatabaseAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var (ann, external) = (await acme.MemberAsync("ann"), await Given.UserAsync(database, "external@partner.test"));
        await acme.ProjectAsync("alpha", (ann, ProjectRole.Viewer));
        await acme.ProjectAsync("beta", (external, ProjectRole.Admin));

        Assert.Equal(["alpha", "beta", "default"], await SlugsAsync(database, acme, acme.Owner));
        Assert.Equal(["alpha", "default"], await SlugsAsync(database, acme, ann));
        Assert.Equal(["beta"], await SlugsAsync(database, acme, external));
        var stranger = await Given.UserAsync(database, "stranger@other.test");
        Assert.IsType<NotFound>((await database.Get<ProjectListService>().ListAsync(Actors.Of(stranger), acme.Id, new ProjectQuery())).Error);
    }

    [DatabaseTheory]
    public async Task SliceAsync_PartsOfTheList_AreTheListWithoutGapsAndEndWithIt(DatabaseKind kind)
    {
        await using var database = await ProjectsTest.DatabaseAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var ann = await acme.MemberAsync("ann");
        foreach (var slug in (string[])["alpha", "beta", "gamma"])
        {
            await acme.ProjectAsync(slug, (ann, ProjectRole.Contributor));
        }

        await acme.ProjectAsync("hidden");
        await acme.ResourceAsync(await acme.ProjectAsync("delta", (ann, ProjectRole.Viewer)), "run", "one");

        Assert.Equal(("alpha beta", true), await SliceAsync(0, 2));
        Assert.Equal(("default delta", true), await SliceAsync(2, 2));
        Assert.Equal(("gamma", false), await SliceAsync(4, 2));
        Assert.Equal(("alpha beta default delta gamma", false), await SliceAsync(0, 5));
        Assert.Equal(("", false), await SliceAsync(6, 2));
        var rows = (await Slices(acme, ann, 0, 5)).Value.Rows;
        Assert.Equal(("Viewer", 2, 1), (rows[3].Role, rows[3].Collaborators, rows[3].Resources));
        var stranger = await Given.UserAsync(database, "stranger@other.test");
        Assert.IsType<NotFound>((await Slices(acme, stranger, 0, 5)).Error);

        async Task<(string Slugs, bool HasMore)> SliceAsync(int skip, int take)
        {
            var slice = (await Slices(acme, ann, skip, take)).Value;
            return (string.Join(' ', slice.Rows.Select(row => row.Slug)), slice.HasMore);
        }

        Task<Result<ProjectSlice>> Slices(GivenOrganization organization, ProjectConsole.Data.Accounts.User user, int skip, int take) => database.Get<ProjectListService>().SliceAsync(
            Actors.Of(user), organization.Id, new ProjectQuery { Sort = ProjectSort.Id, IsDescending = false, Page = PageRequest.Slice(skip, take) });
    }

    [DatabaseTheory]
    public async Task ListAsync_Row_TellsRoleSourcePeopleAndResources(DatabaseKind kind)
    {
        await using var database = await ProjectsTest.DatabaseAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var ann = await acme.MemberAsync("ann");
        var alpha = await acme.ProjectAsync("alpha", (ann, ProjectRole.Contributor));
        await acme.ResourceAsync(alpha, "run", "one");
        await acme.ResourceAsync(alpha, "model", "two");

        var rows = (await ListAsync(database, acme, ann, new ProjectQuery { Sort = ProjectSort.Id, IsDescending = false })).Projects.Rows;

        Assert.Equal(("alpha", "Contributor", "", 2, 2), (rows[0].Slug, rows[0].Role, rows[0].RoleNote, rows[0].Collaborators, rows[0].Resources));
        Assert.Equal(["owner@acme.test", "ann@acme.test"], rows[0].Faces);
        Assert.Equal(("default", "Developer", "every member", 0), (rows[1].Slug, rows[1].Role, rows[1].RoleNote, rows[1].Collaborators));
        Assert.Null(rows[0].Acts.Deletion);
        var owner = (await ListAsync(database, acme, acme.Owner, new ProjectQuery { Sort = ProjectSort.Id, IsDescending = false })).Projects.Rows;
        Assert.Equal("", owner[0].Acts.Deletion);
        Assert.Contains("Default Project cannot be deleted", owner[1].Acts.Deletion, StringComparison.Ordinal);
        Assert.Equal("Organization Owner", owner[1].RoleNote);
    }

    [DatabaseTheory]
    [InlineData("SPEECH", "speech-eu,speech_us")]
    [InlineData("speech-", "speech-eu")]
    [InlineData("speech_", "speech_us")]
    [InlineData("%", "")]
    [InlineData("e%u", "")]
    [InlineData("\\", "")]
    [InlineData("été", "summer")]
    public async Task ListAsync_Search_FindsLiteralTextWithoutCaseOrAccents(DatabaseKind kind, string search, string expected)
    {
        await using var database = await ProjectsTest.DatabaseAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        await acme.ProjectAsync("speech-eu");
        await acme.ProjectAsync("speech_us");
        var summer = await acme.ProjectAsync("summer");
        await acme.ChangeAsync(summer, project => project.Change(ProjectDetails.Named("Modèle d'Été")));

        Assert.Equal(expected, string.Join(',', await SlugsAsync(database, acme, acme.Owner, new ProjectQuery { Search = search })));
    }

    [DatabaseTheory]
    [InlineData("viewer", "d")]
    [InlineData("contributor", "")]
    [InlineData("developer", "b,default")]
    [InlineData("manager", "c")]
    [InlineData("admin", "a")]
    public async Task ListAsync_RoleFilter_AgreesWithTheDecision(DatabaseKind kind, string role, string expected)
    {
        await using var database = await ProjectsTest.DatabaseAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var ann = await acme.MemberAsync("ann");
        await acme.ProjectAsync("a", (ann, ProjectRole.Admin));
        await acme.ProjectAsync("b", (ann, ProjectRole.Developer));
        await acme.ProjectAsync("c", (ann, ProjectRole.Manager));
        await acme.ProjectAsync("d", (ann, ProjectRole.Viewer));
        var query = new ProjectQuery { Role = ProjectRole.Find(role) };

        Assert.Equal(expected, string.Join(',', await SlugsAsync(database, acme, ann, query)));
        Assert.All((await ListAsync(database, acme, ann, query)).Projects.Rows, row => Assert.Equal(ProjectRole.Find(role)!.Title, row.Role));
    }

    [DatabaseTheory]
    public async Task ListAsync_RoleFilterUnderACeiling_AgreesWithTheDecision(DatabaseKind kind)
    {
        await using var database = await ProjectsTest.DatabaseAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var (external, auditor) = (await Given.UserAsync(database, "external@partner.test"), await acme.MemberAsync("audit", OrganizationRole.Auditor));
        await acme.ProjectAsync("a", (external, ProjectRole.Admin), (auditor, ProjectRole.Admin));

        foreach (var person in new[] { external, auditor, acme.Owner })
        {
            foreach (var role in ProjectRole.All)
            {
                var all = (await ListAsync(database, acme, person, new ProjectQuery())).Projects.Rows.Where(row => row.Role == role.Title).Select(row => row.Slug).Order();
                Assert.Equal(all, await SlugsAsync(database, acme, person, new ProjectQuery { Role = role }));
            }
        }
    }

    [DatabaseTheory]
    public async Task ListAsync_Deleted_OnlyForWhoMayRestore(DatabaseKind kind)
    {
        await using var database = await ProjectsTest.DatabaseAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var (admin, developer) = (await acme.MemberAsync("admin"), await acme.MemberAsync("developer"));
        var external = await Given.UserAsync(database, "external@partner.test");
        var gone = await acme.ProjectAsync("gone", (admin, ProjectRole.Admin), (developer, ProjectRole.Developer), (external, ProjectRole.Admin));
        await acme.ProjectAsync("stays", (external, ProjectRole.Viewer));
        await acme.ChangeAsync(gone, project => project.Delete(database.Clock.UtcNow));
        var deleted = new ProjectQuery { States = [ProjectState.Deleted] };

        Assert.Equal(["gone"], await SlugsAsync(database, acme, acme.Owner, deleted));
        Assert.Equal(["gone"], await SlugsAsync(database, acme, admin, deleted));
        Assert.True(Assert.Single((await ListAsync(database, acme, admin, deleted)).Projects.Rows).Acts.MayRestore);
        Assert.Empty(await SlugsAsync(database, acme, developer, deleted));
        Assert.Empty(await SlugsAsync(database, acme, external, deleted));
        Assert.False((await ListAsync(database, acme, developer, new ProjectQuery())).MaySeeDeleted);
        Assert.True((await ListAsync(database, acme, admin, new ProjectQuery())).MaySeeDeleted);
        Assert.Equal(["default", "gone", "stays"], await SlugsAsync(database, acme, acme.Owner, new ProjectQuery { States = [ProjectState.Active, ProjectState.Deleted] }));
        database.Clock.Advance(Project.RestorableFor);
        Assert.Empty(await SlugsAsync(database, acme, acme.Owner, deleted));
    }

    [DatabaseTheory]
    public async Task ListAsync_MineWorkspaceAndStructure_Narrow(DatabaseKind kind)
    {
        await using var database = await ProjectsTest.DatabaseAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var (ann, research) = (await acme.MemberAsync("ann"), await acme.WorkspaceAsync("research"));
        await database.Get<ProjectCreationService>().CreateAsync(Actors.Of(ann), acme.Id, ProjectsTest.Draft("mine") with { WorkspaceId = research.Id, Structure = "customer" });
        await acme.ProjectAsync("other");

        Assert.Equal(["mine"], await SlugsAsync(database, acme, ann, new ProjectQuery { Mine = true }));
        Assert.Equal(["mine"], await SlugsAsync(database, acme, acme.Owner, new ProjectQuery { Workspace = "research" }));
        Assert.Equal(["mine"], await SlugsAsync(database, acme, acme.Owner, new ProjectQuery { Structure = "customer" }));
        Assert.Equal(2, (await ListAsync(database, acme, acme.Owner, new ProjectQuery())).Workspaces.Count);
    }

    [DatabaseTheory]
    public async Task ListAsync_Pages_CoverEverythingOnceInOrder(DatabaseKind kind)
    {
        await using var database = await ProjectsTest.DatabaseAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        for (var number = 0; number < 27; number++)
        {
            await acme.ProjectAsync($"p-{number:00}");
        }

        var query = new ProjectQuery { Sort = ProjectSort.Name, IsDescending = false };
        var first = (await ListAsync(database, acme, acme.Owner, query)).Projects;
        var second = (await ListAsync(database, acme, acme.Owner, query with { Page = new PageRequest(2, 25) })).Projects;

        Assert.Equal((28, 28), (first.Total, second.Total));
        Assert.Equal(["default", .. Enumerable.Range(0, 27).Select(number => $"p-{number:00}")], first.Rows.Concat(second.Rows).Select(row => row.Slug));
        Assert.Equal(28, (await ListAsync(database, acme, acme.Owner, query with { Page = new PageRequest(9, 25) })).Projects.Total);
    }

    [Fact]
    public async Task ListAsync_MoreRows_NeedsNoMoreStatements()
    {
        using var counter = new StatementCounter();
        await using var database = await ProjectsTest.DatabaseAsync(DatabaseKind.Sqlite);
        counter.Watch(database);
        var acme = await Given.OrganizationAsync(database);
        var ann = await acme.MemberAsync("ann");
        await acme.ProjectAsync("first", (ann, ProjectRole.Viewer));
        var few = await CountAsync();
        for (var number = 0; number < 20; number++)
        {
            var project = await acme.ProjectAsync($"p-{number}", (ann, ProjectRole.Developer));
            await acme.ResourceAsync(project, "run", "one");
        }

        Assert.Equal(few, await CountAsync());
        Assert.InRange(few, 1, 10);

        async Task<int> CountAsync()
        {
            counter.Reset();
            Assert.NotEmpty((await ListAsync(database, acme, ann, new ProjectQuery())).Projects.Rows);
            return counter.Count;
        }
    }

    [DatabaseTheory]
    public async Task ListAsync_AllowanceReached_ExplainsTheButton(DatabaseKind kind)
    {
        await using var database = await ProjectsTest.DatabaseAsync(kind);
        var acme = await Given.OrganizationAsync(database, allowance: 1);
        var auditor = await acme.MemberAsync("audit", OrganizationRole.Auditor);

        var creation = (await ListAsync(database, acme, acme.Owner, new ProjectQuery())).Creation;

        Assert.Equal((true, true, false), (creation.MayCreate, creation.IsAllowanceReached, creation.IsOpen));
        Assert.Contains("Request more projects", creation.Refusal, StringComparison.Ordinal);
        Assert.False((await ListAsync(database, acme, auditor, new ProjectQuery())).Creation.MayCreate);
    }

    private static async Task<ProjectList> ListAsync(TestDatabase database, GivenOrganization organization, ProjectConsole.Data.Accounts.User person, ProjectQuery query) =>
        (await database.Get<ProjectListService>().ListAsync(Actors.Of(person), organization.Id, query)).Value;

    private static async Task<IEnumerable<string>> SlugsAsync(
        TestDatabase database, GivenOrganization organization, ProjectConsole.Data.Accounts.User person, ProjectQuery? query = null) =>
        (await ListAsync(database, organization, person, query ?? new ProjectQuery())).Projects.Rows.Select(row => row.Slug).Order(StringComparer.Ordinal);
}
