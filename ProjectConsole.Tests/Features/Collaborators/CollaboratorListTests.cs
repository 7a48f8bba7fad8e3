using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Features.Collaborators;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Collaborators;

public sealed class CollaboratorListTests
{
    [DatabaseTheory]
    public async Task List_ShowsGrantsAndOrganizationRolesInOneOrder(DatabaseKind kind)
    {
        await using var world = await CollaboratorWorld.CreateAsync(kind);
        var list = await ListAsync(world, new CollaboratorQuery());
        Assert.Equal(
            [
                "external-admin@partner.test Manager [Direct]", "org-admin@acme.test Admin [Organization Admin]", "owner@acme.test Admin [Organization Owner]",
                "project-admin@acme.test Admin [Direct]", "second-admin@acme.test Admin [Direct]",
                "manager@acme.test Manager [Direct]", "second-manager@acme.test Manager [Direct]",
                "developer@acme.test Developer [Direct]", "contributor@acme.test Contributor [Direct]",
                "auditor@acme.test Viewer [Organization Auditor]", "viewer@acme.test Viewer [Direct]",
            ],
            list.Page.Rows.Select(row => $"{row.Name} {row.Role} [{string.Join(", ", row.Sources.Select(source => source.Text))}]"));
        Assert.Equal((11, 11, 1), (list.Counts.People, list.Page.Total, list.Counts.External));
        var external = list.Page.Rows.Single(row => row.IsExternal);
        Assert.Equal(("external-admin@partner.test", "External"), (external.Name, external.CappedBy));
    }

    [DatabaseTheory]
    public async Task List_OfTheDefaultProject_HasEveryMember(DatabaseKind kind)
    {
        await using var world = await CollaboratorWorld.CreateAsync(kind);
        await world.Acme.GrantAsync(world.Acme.DefaultProject, world["member"], ProjectRole.Manager);
        var list = (await world.List.ListAsync(world.Actor("viewer"), world.Acme.Scope(world.Acme.DefaultProject), new CollaboratorQuery())).Value;
        Assert.Equal(11, list.Counts.People);
        Assert.Equal(11, list.Page.Rows.Count);
        Assert.Equal("Direct, Default Project", string.Join(", ", list.Page.Rows.Single(row => row.Name == "member@acme.test").Sources.Select(source => source.Text)));
        Assert.DoesNotContain(list.Page.Rows, row => row.IsExternal);
    }

    [DatabaseTheory]
    public async Task List_SearchFiltersSortAndPages_AreOfTheDatabase(DatabaseKind kind)
    {
        await using var world = await CollaboratorWorld.CreateAsync(kind);
        Assert.Equal(["manager@acme.test", "second-manager@acme.test"], await EmailsAsync(world, new CollaboratorQuery { Search = "MANager" }));
        Assert.Empty(await EmailsAsync(world, new CollaboratorQuery { Search = "%" }));
        Assert.Empty(await EmailsAsync(world, new CollaboratorQuery { Search = "a_me" }));
        Assert.Equal(["contributor@acme.test"], await EmailsAsync(world, new CollaboratorQuery { Role = "contributor" }));
        Assert.Equal(["auditor@acme.test", "viewer@acme.test"], await EmailsAsync(world, new CollaboratorQuery { Role = "viewer" }));
        Assert.Equal(["external-admin@partner.test"], await EmailsAsync(world, new CollaboratorQuery { IsExternal = true }));
        Assert.Equal(
            ["org-admin@acme.test", "owner@acme.test", "auditor@acme.test"],
            await EmailsAsync(world, new CollaboratorQuery { Source = CollaboratorSource.Organization }));
        Assert.Equal(8, (await EmailsAsync(world, new CollaboratorQuery { Source = CollaboratorSource.Direct })).Count);
        var byAddress = await EmailsAsync(world, new CollaboratorQuery { Sort = CollaboratorSort.Address });
        Assert.Equal(byAddress.Order(StringComparer.Ordinal), byAddress);
        Assert.Equal(byAddress.Reverse(), await EmailsAsync(world, new CollaboratorQuery { Sort = CollaboratorSort.Address, IsReversed = true }));
        world.Database.Clock.Advance(TimeSpan.FromDays(1));
        Assert.True((await world.ChangeAsync("owner", "viewer", ProjectRole.Contributor)).Succeeded);
        string[] without = ["auditor@acme.test", "org-admin@acme.test", "owner@acme.test"];
        var granted = await EmailsAsync(world, new CollaboratorQuery { Sort = CollaboratorSort.Granted });
        Assert.Equal(["viewer@acme.test", .. without], [granted[0], .. granted.TakeLast(3)]);
        var oldest = await EmailsAsync(world, new CollaboratorQuery { Sort = CollaboratorSort.Granted, IsReversed = true });
        Assert.Equal(["viewer@acme.test", .. without], [oldest[7], .. oldest.TakeLast(3)]);
    }

    [DatabaseTheory]
    public async Task List_SecondPage_GoesOnWhereTheFirstEnds(DatabaseKind kind)
    {
        await using var world = await CollaboratorWorld.CreateAsync(kind);
        foreach (var number in Enumerable.Range(10, 30))
        {
            await world.Acme.GrantAsync(world.Vision, await world.Acme.MemberAsync($"person{number}"), ProjectRole.Developer);
        }

        var query = new CollaboratorQuery { Sort = CollaboratorSort.Address };
        var (first, second) = (await ListAsync(world, query), await ListAsync(world, query with { Page = new PageRequest(2, null) }));
        Assert.Equal((41, 25, 16), (first.Page.Total, first.Page.Rows.Count, second.Page.Rows.Count));
        Assert.Equal(41, first.Page.Rows.Concat(second.Page.Rows).Select(row => row.Name).Distinct().Count());
    }

    [Fact]
    public async Task List_MoreRows_NeedsNoMoreStatements()
    {
        using var counter = new StatementCounter();
        await using var world = await CollaboratorWorld.CreateAsync();
        counter.Watch(world.Database);
        var few = await CountAsync();
        foreach (var number in Enumerable.Range(0, 10))
        {
            await world.Acme.GrantAsync(world.Vision, await world.Acme.MemberAsync($"person{number}"), ProjectRole.Developer);
        }

        Assert.Equal(few, await CountAsync());
        Assert.InRange(few, 1, 10);

        async Task<int> CountAsync()
        {
            counter.Reset();
            Assert.NotEmpty((await ListAsync(world, new CollaboratorQuery())).Page.Rows);
            return counter.Count;
        }
    }

    [DatabaseTheory]
    public async Task Role_InSql_IsWhatIsGranted(DatabaseKind kind)
    {
        await using var world = await CollaboratorWorld.CreateAsync(kind);
        foreach (var project in (Project[])[world.Neighbour, world.Acme.DefaultProject])
        {
            foreach (var role in (OrganizationRole?[])[.. OrganizationRole.All, null])
            {
                foreach (var grant in ProjectRole.All)
                {
                    var email = $"{role?.Key ?? "external"}-{grant.Key}-{project.Slug}@acme.test";
                    var user = role is null ? await Given.UserAsync(world.Database, email) : await world.Acme.MemberAsync(email, role);
                    await world.Acme.GrantAsync(project, user, grant);
                }
            }

            foreach (var role in ProjectRole.All)
            {
                var query = new CollaboratorQuery { Role = role.Key, Page = new PageRequest(1, 100) };
                var rows = (await world.List.ListAsync(world.Actor("owner"), world.Acme.Scope(project), query)).Value.Page.Rows;
                Assert.All(rows.Where(row => row.Grant is not null), row => Assert.Equal((row.Name, role.Key), (row.Name, row.Grant!.RoleKey)));
                Assert.All(rows.Where(row => row is { Grant: null, CappedBy: null }), row => Assert.Equal((row.Name, role.Title), (row.Name, row.Role)));
                Assert.Equal(OrganizationRole.All.Count + 1, rows.Count(row => row.Name.Contains($"-{role.Key}-{project.Slug}", StringComparison.Ordinal)));
            }

            var all = (await world.List.ListAsync(world.Actor("owner"), world.Acme.Scope(project), new CollaboratorQuery { Page = new PageRequest(1, 100) })).Value.Page.Rows;
            Assert.Equal(all.Select(Rank).OrderDescending(), all.Select(Rank));
        }

        static int Rank(CollaboratorRow row) =>
            row is { Grant: null, CappedBy: not null } ? ProjectRole.Developer.Rank
            : ProjectRole.All.Single(role => row.Grant is null ? role.Title == row.Role : role.Key == row.Grant.RoleKey).Rank;
    }

    [Fact]
    public async Task Row_OfALockedPerson_HasNoAccessAndIsMarked()
    {
        await using var world = await CollaboratorWorld.CreateAsync();
        await world.Database.ChangeAsync<ProjectConsole.Data.Accounts.User>(user => user.LockedUtc = world.Database.Clock.UtcNow, world["developer"].Id);
        var row = (await world.RowAsync("viewer", "developer"))!;
        Assert.Equal((true, "No access", "developer"), (row.IsLocked, row.Role, row.Grant!.RoleKey));
    }

    [Fact]
    public async Task Row_LastActivity_IsTheLastVisit()
    {
        await using var world = await CollaboratorWorld.CreateAsync();
        var when = world.Database.Clock.UtcNow.AddMinutes(-12);
        await world.Database.AddAsync(new ProjectVisit(world.Acme.Id, world.Vision.Id, world["developer"].Id, when));
        Assert.Equal(when, (await world.RowAsync("viewer", "developer"))!.LastActivityUtc);
        Assert.Null((await world.RowAsync("viewer", "viewer"))!.LastActivityUtc);
        Assert.Null(await world.RowAsync("viewer", "member"));
    }

    [Fact]
    public async Task Acts_SayBeforeTheClickWhatTheCommandWouldRefuse()
    {
        await using var world = await CollaboratorWorld.CreateAsync();
        Assert.Equal(new CollaboratorActs(true, null, true, null, false) { ShowsRaise = true }, await ActsAsync(world, "manager", "developer"));
        var aboveMe = await ActsAsync(world, "manager", "second-admin");
        Assert.Equal((await world.RemoveAsync("manager", "second-admin")).Error!.Message, aboveMe.WhyNotRemove);
        Assert.Equal((await world.ChangeAsync("manager", "second-admin", ProjectRole.Viewer)).Error!.Message, aboveMe.WhyNotChange);
        Assert.Contains("Members", (await ActsAsync(world, "manager", "owner")).WhyNotRemove);
        Assert.Equal(CollaboratorActs.None, await ActsAsync(world, "developer", "viewer") with { WhyNotChange = null, WhyNotRemove = null, WhyNotRaise = null, WhyNotEndRaise = null });
        var oneself = await ActsAsync(world, "viewer", "viewer");
        Assert.Equal((true, true, false, false), (oneself.Any, oneself.MayLeave, oneself.ShowsChange, oneself.ShowsRemove));
    }

    private static async Task<CollaboratorActs> ActsAsync(CollaboratorWorld world, string reader, string person) =>
        (await world.RowAsync(reader, person))!.Acts;

    private static async Task<CollaboratorList> ListAsync(CollaboratorWorld world, CollaboratorQuery query) =>
        (await world.List.ListAsync(world.Actor("viewer"), world.Scope, query)).Value;

    private static async Task<IReadOnlyList<string>> EmailsAsync(CollaboratorWorld world, CollaboratorQuery query) =>
        [.. (await ListAsync(world, query)).Page.Rows.Select(row => row.Name)];
}
