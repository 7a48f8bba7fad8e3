using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Moving;
using ProjectConsole.Features.Resources;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;
using ProjectConsole.Tests.Security;

namespace ProjectConsole.Tests.Features.Resources;

public sealed class AllResourcesServiceTests
{
    private const int Worlds = 4;
    private const string Volume = "{'type':'shared','size':5}";
    private static readonly string[] Kinds = ["cluster", "volume", "run", "secret"];

    [DatabaseTheory]
    public async Task List_RandomWorlds_IsWhatTheDecisionLetsEachPersonView(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind, services => services.AddResourcesFeature());
        var (service, access, shown, hidden) = (database.Get<AllResourcesService>(), database.Get<AccessControl>(), 0, 0);
        for (var seed = 51; seed < 51 + Worlds; seed++)
        {
            var world = await RandomWorld.CreateAsync(database, seed);
            await using (var db = database.Open())
            {
                db.AddRange(world.Projects.SelectMany(project => Kinds.Select(name => new Resource(
                    ResourceOwner.Of(RandomWorld.ScopeOf(project)), ResourceKinds.Get(name), $"{name}-of-{project.Slug}", ResourceSpec.Empty, world.Users[0].Id, "maker", database.Clock.UtcNow))));
                await db.SaveChangesAsync();
            }

            foreach (var (user, organization) in world.Users.SelectMany(user => world.Organizations.Select(organization => (user, organization))))
            {
                var projects = world.Projects.Where(project => project.OrganizationId == organization.Id && project.State != ProjectState.Deleted).ToList();
                // The second opinion knows neither the decision function nor SQL.
                var expected = projects.SelectMany(project => Kinds.Where(name => world.Allowed(user, project, database.Clock.UtcNow).Contains($"{ResourceKinds.Get(name).Plural}.view"))
                    .Select(name => $"{name}-of-{project.Slug}")).Order(StringComparer.Ordinal).ToList();
                var answer = await service.ListAsync(Actors.Of(user), organization.Id, new AllResourcesQuery { Page = new PageRequest(1, 100) });
                var listed = answer.Succeeded ? answer.Value.Page.Rows.Select(row => row.Resource.Name).Order(StringComparer.Ordinal).ToList() : [];
                Assert.True(expected.SequenceEqual(listed), $"world {seed}, {user.Email}, {organization.Slug}: {string.Join(' ', expected)} but {string.Join(' ', listed)}");
                // The predicate itself says it, not only the decision that each row meets afterwards.
                Assert.Equal(expected.Count, answer.Succeeded ? answer.Value.Page.Total : 0);
                Assert.Equal((await access.InOrganizationAsync(Actors.Of(user), organization.Id))!.Access.MayEnterOrganization, answer.Succeeded);
                (shown, hidden) = (shown + expected.Count, hidden + (projects.Count * Kinds.Length) - expected.Count);
            }
        }

        Assert.True(shown > 200 && hidden > 200, $"the worlds show {shown} and hide {hidden}");
    }

    [DatabaseTheory]
    public async Task List_SearchFiltersOrderAndPages_AreOfTheDatabase(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        Assert.Null((await world.Resources.CreateAsync(
            world.As("developer"), world.InVision, ResourceKinds.Get("volume"), ResourceWorld.Draft("alpha", Volume) with { Labels = ["Team-A", "100%"] })).Error);
        world.Database.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Null((await world.Resources.CreateAsync(
            world.As("neighbour"), world.InSpeech, ResourceKinds.Get("volume"), ResourceWorld.Draft("beta", Volume) with { Labels = ["Team-A"] })).Error);
        world.Database.Clock.Advance(TimeSpan.FromDays(1));
        var cluster = await world.MakeAsync("cluster", "gamma", "{'gpu-type':'a100','nodes':1,'gpus':1,'cpu-cores':1,'memory':1}");
        await world.Resources.ActAsync(world.As("project-admin"), world.InVision, ResourceKinds.Get("cluster"), cluster.Id, "stop", null);

        Assert.Equal(["gamma", "beta", "alpha"], await NamesAsync(new AllResourcesQuery()));
        Assert.Equal(["alpha", "beta", "gamma"], await NamesAsync(new AllResourcesQuery { IsReversed = true }));
        Assert.Equal(["alpha", "beta", "gamma"], await NamesAsync(new AllResourcesQuery { Sort = AllResourcesSort.Name }));
        Assert.Equal(["gamma", "beta", "alpha"], await NamesAsync(new AllResourcesQuery { Sort = AllResourcesSort.Created }));
        Assert.Equal(["beta"], await NamesAsync(new AllResourcesQuery { Search = "ET" }));
        Assert.Equal(["beta", "alpha"], await NamesAsync(new AllResourcesQuery { Kind = "volume" }));
        Assert.Equal(["beta"], await NamesAsync(new AllResourcesQuery { Project = "speech" }));
        Assert.Equal(["gamma"], await NamesAsync(new AllResourcesQuery { State = "stopped" }));
        Assert.Equal(["alpha"], await NamesAsync(new AllResourcesQuery { CreatedBy = world["developer"].Id }));
        Assert.Equal(["beta", "alpha"], await NamesAsync(new AllResourcesQuery { Label = "Team-A" }));
        Assert.Equal(["alpha", "beta"], await NamesAsync(new AllResourcesQuery { Label = "Team-A", Sort = AllResourcesSort.Name }));
        Assert.Equal(["alpha"], await NamesAsync(new AllResourcesQuery { Label = "Team-A", Project = "vision", Kind = "volume", Search = "alp" }));
        Assert.Equal(["alpha"], await NamesAsync(new AllResourcesQuery { Label = "100%" }));
        // A label is a whole one, and its signs are not those of a pattern.
        Assert.Empty(await NamesAsync(new AllResourcesQuery { Label = "Team" }));
        Assert.Empty(await NamesAsync(new AllResourcesQuery { Label = "%" }));
        Assert.Empty(await NamesAsync(new AllResourcesQuery { Label = "Team_A" }));
        Assert.Empty(await NamesAsync(new AllResourcesQuery { Project = "nothing" }));
        var list = (await world.Database.Get<AllResourcesService>().ListAsync(world.As("owner"), world.Acme.Id, new AllResourcesQuery { Kind = "volume" })).Value;
        Assert.Equal([("speech", true), ("vision", true)], list.Page.Rows.Select(row => (row.ProjectSlug, row.Resource.Acts.MayDelete)));
        Assert.Equal(["developer@acme.test", "neighbour@acme.test"], list.Creators.Select(creator => creator.Name));
        Assert.Equal(["100%", "Team-A"], list.Labels);

        async Task<IEnumerable<string>> NamesAsync(AllResourcesQuery query) =>
            (await world.Database.Get<AllResourcesService>().ListAsync(world.As("owner"), world.Acme.Id, query)).Value.Page.Rows.Select(row => row.Resource.Name);
    }

    [Theory]
    [InlineData(1, 1_000, true)]
    // The last page tells the end, though more match than are counted, and so does what lies beyond it.
    [InlineData(11, 1_030, false)]
    [InlineData(12, 1_030, false)]
    public async Task List_MoreThanAreCounted_SaysSoUntilTheEndIsKnown(int page, int total, bool isCapped)
    {
        await using var world = await ResourceWorld.CreateAsync(DatabaseKind.Sqlite);
        await using (var db = world.Database.Open())
        {
            db.AddRange(Enumerable.Range(0, 1_030).Select(number => new Resource(
                world.InVision, ResourceKinds.Get("file"), $"file-{number:0000}", ResourceSpec.Empty, world["developer"].Id, "developer@acme.test", world.Database.Clock.UtcNow)));
            await db.SaveChangesAsync();
            foreach (var resource in db.Resources.Local)
            {
                resource.Change("", ["team-a"], ResourceSpec.Empty, world.Database.Clock.UtcNow);
            }

            await db.SaveChangesAsync();
        }

        var all = (await world.Database.Get<AllResourcesService>().ListAsync(world.As("owner"), world.Acme.Id, new AllResourcesQuery { Page = new PageRequest(page, 100) })).Value.Page;
        var ofKind = (await world.Database.Get<ResourceListService>().ListAsync(
            world.As("owner"), world.InVision, ResourceKinds.Get("file"), new ResourceQuery { Page = new PageRequest(page, 100) })).Value.Page;

        var allLabelled = (await world.Database.Get<AllResourcesService>().ListAsync(
            world.As("owner"), world.Acme.Id, new AllResourcesQuery { Label = "team-a", Page = new PageRequest(page, 100) })).Value.Page;
        var labelled = (await world.Database.Get<ResourceListService>().ListAsync(
            world.As("owner"), world.InVision, ResourceKinds.Get("file"), new ResourceQuery { Label = "team-a", Page = new PageRequest(page, 100) })).Value.Page;

        Assert.Equal((total, isCapped), (all.Total, all.IsCapped));
        Assert.Equal((total, isCapped), (allLabelled.Total, allLabelled.IsCapped));
        Assert.Equal(all.Rows.Select(row => row.Resource.Name), allLabelled.Rows.Select(row => row.Resource.Name));
        Assert.Equal((total, isCapped), (labelled.Total, labelled.IsCapped));
        Assert.Equal(ofKind.Rows.Select(row => row.Name), labelled.Rows.Select(row => row.Name));
        Assert.Equal((total, isCapped), (ofKind.Total, ofKind.IsCapped));
        Assert.Equal(page switch { 1 => 100, 11 => 30, _ => 0 }, all.Rows.Count);
    }

    // Each project asked by itself, all of them by their ids, and through the organization; the Default Project is one more.
    [DatabaseTheory]
    [InlineData(2)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(100)]
    public async Task List_MoreThanAPageInSoManyProjects_HasEachOnOnePageInOrder(DatabaseKind kind, int count)
    {
        await using var database = await TestDatabase.CreateAsync(kind, services => services.AddResourcesFeature());
        var acme = await Given.OrganizationAsync(database);
        var made = new List<Resource>();
        for (var number = 0; number < count; number++)
        {
            var owner = ResourceOwner.Of(acme.Scope(await acme.ProjectAsync($"project-{number}")));
            made.AddRange(Enumerable.Range(0, 1 + (60 / count)).Select(row => new Resource(
                owner, ResourceKinds.Get("file"), $"file-{row * 37 % 60:00}-{number:000}", ResourceSpec.Empty, acme.Owner.Id, "owner@acme.test", database.Clock.UtcNow.AddMinutes(-row * 53 % 60))));
        }

        made.ForEach(resource => resource.Change("", ["nightly"], ResourceSpec.Empty, resource.CreatedUtc));
        await database.AddAsync([.. made]);
        // Each database has an order of ids of its own.
        var ids = await database.ReadAsync(db => db.Resources.OrderBy(resource => resource.Id).Select(resource => resource.Id).ToListAsync());
        foreach (var (sort, label) in Enum.GetValues<AllResourcesSort>().SelectMany(sort => ((string?[])[null, "nightly"]).Select(label => (sort, label))))
        {
            List<string> upwards = [.. (sort == AllResourcesSort.Name
                ? made.OrderBy(resource => resource.Name, StringComparer.Ordinal)
                : made.OrderBy(resource => resource.CreatedUtc).ThenBy(resource => ids.IndexOf(resource.Id))).Select(resource => resource.Name)];
            foreach (var isReversed in (bool[])[false, true])
            {
                var listed = await PagesAsync(new AllResourcesQuery { Sort = sort, IsReversed = isReversed, Label = label });
                // Times begin with the newest.
                Assert.Equal(isReversed == (sort == AllResourcesSort.Name) ? upwards.AsEnumerable().Reverse() : upwards, listed);
            }
        }

        async Task<List<string>> PagesAsync(AllResourcesQuery query)
        {
            var listed = new List<string>();
            for (var page = 1; listed.Count < made.Count; page++)
            {
                var part = (await database.Get<AllResourcesService>().ListAsync(Actors.Of(acme.Owner), acme.Id, query with { Page = new PageRequest(page, 25) })).Value.Page;
                Assert.NotEmpty(part.Rows);
                Assert.Equal(made.Count, part.Total);
                listed.AddRange(part.Rows.Select(row => row.Resource.Name));
            }

            return listed;
        }
    }

    [DatabaseTheory]
    public async Task List_EachPerson_SeesTheirProjectsAndMayWhatTheyMayThere(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var ours = await world.MakeAsync("volume", "ours", Volume);
        var hidden = await world.MakeAsync("secret", "hidden", "{'value':'x'}");
        var theirs = await world.MakeAsync("volume", "theirs", Volume, world.InSpeech, "neighbour");
        foreach (var (resource, labels) in ((Resource, string[])[])[(ours, ["nightly"]), (hidden, ["nightly", "sealed"]), (theirs, ["nightly", "far"])])
        {
            await world.Database.ChangeAsync<Resource>(row => row.Change("", labels, row.Spec, world.Database.Clock.UtcNow), resource.Id);
        }

        await world.RestrictAsync("viewer", "secrets.*");
        var service = world.Database.Get<AllResourcesService>();

        Assert.Equal(["hidden", "ours"], await NamesAsync("manager"));
        Assert.Equal(["ours"], await NamesAsync("viewer"));
        Assert.Equal(["theirs"], await NamesAsync("neighbour"));
        Assert.Equal(["hidden", "ours", "theirs"], await NamesAsync("auditor"));
        Assert.Empty(await NamesAsync("member"));
        // A label finds nothing that is not seen, and none is offered that only such has.
        foreach (var (who, names, labels) in ((string, string[], string[])[])
                 [("manager", ["hidden", "ours"], ["nightly", "sealed"]), ("viewer", ["ours"], ["nightly"]), ("neighbour", ["theirs"], ["far", "nightly"]), ("member", [], [])])
        {
            var list = (await service.ListAsync(world.As(who), world.Acme.Id, new AllResourcesQuery { Label = "nightly", Sort = AllResourcesSort.Name })).Value;
            Assert.Equal(names, list.Page.Rows.Select(row => row.Resource.Name));
            Assert.Equal(names.Length, list.Page.Total);
            Assert.Equal(labels, list.Labels);
        }

        // Another's project in the address is answered like one that is not there.
        var narrowed = (await service.ListAsync(world.As("neighbour"), world.Acme.Id, new AllResourcesQuery { Project = "vision" })).Value;
        Assert.Empty(narrowed.Page.Rows);
        Assert.DoesNotContain(narrowed.Projects, project => project.Slug == "vision");
        Assert.DoesNotContain(narrowed.Creators, creator => creator.Name.StartsWith("project-admin", StringComparison.Ordinal));
        Assert.IsType<NotFound>((await service.ListAsync(world.As("stranger"), world.Acme.Id, new AllResourcesQuery())).Error);
        Assert.IsType<NotFound>((await service.ListAsync(world.As("nobody"), world.Acme.Id, new AllResourcesQuery())).Error);
        Assert.All((await service.ListAsync(world.As("auditor"), world.Acme.Id, new AllResourcesQuery())).Value.Page.Rows, row => Assert.Equal(ResourceActs.None, row.Resource.Acts));

        await world.Acme.ChangeAsync(world.Vision, project => project.Delete(world.Database.Clock.UtcNow));
        Assert.Equal(["theirs"], await NamesAsync("owner"));

        async Task<IEnumerable<string>> NamesAsync(string who) =>
            (await service.ListAsync(world.As(who), world.Acme.Id, new AllResourcesQuery { Sort = AllResourcesSort.Name })).Value.Page.Rows.Select(row => row.Resource.Name);
    }

    [DatabaseTheory]
    public async Task List_ThroughAToken_ShowsAndOffersWhatTheTokenHolds(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        await world.MakeAsync("volume", "ours", Volume);
        await world.MakeAsync("secret", "hidden", "{'value':'x'}");
        var held = PermissionSet.Of(Permissions.OrganizationView, Permissions.ProjectView, Permissions.Of(ResourceKinds.Get("volume"), "view"));
        var actor = world.As("project-admin") with { Credential = new TokenCredential(Guid.CreateVersion7(), "nightly", held, null, "") };

        var page = (await world.Database.Get<AllResourcesService>().ListAsync(actor, world.Acme.Id, new AllResourcesQuery())).Value.Page;

        var row = Assert.Single(page.Rows).Resource;
        Assert.Equal(("ours", ResourceActs.None, 1), (row.Name, row.Acts, page.Total));
        Assert.Empty((await world.Database.Get<MoveTargets>().ListAsync(actor, world.InVision, ["volume"], "")).Value.Rows);
        Assert.NotEmpty((await world.Database.Get<MoveTargets>().ListAsync(actor with { Credential = null }, world.InVision, ["volume"], "")).Value.Rows);
    }

    [Theory]
    [InlineData("volumes", "running", "VISION", " Team-A ", "-name", "volume", "running", "vision", "Team-A", AllResourcesSort.Name, true)]
    [InlineData("service-offerings", "", "", " ", "nonsense", null, null, null, null, AllResourcesSort.Used, false)]
    [InlineData(null, null, null, null, null, null, null, null, null, AllResourcesSort.Used, false)]
    public void Address_WhateverStandsInIt_IsReadOrLeftOut(
        string? kind, string? state, string? project, string? label, string? sort, string? kindName, string? stateName, string? slug, string? labelled, AllResourcesSort by, bool isReversed)
    {
        var query = new AllResourcesAddress(null, kind, state, project, label, "no id", sort, "x", "7").Read();

        Assert.Equal(
            (kindName, stateName, slug, labelled, by, isReversed, null),
            (query.Kind, query.State, query.Project, query.Label, query.Sort, query.IsReversed, query.CreatedBy));
        Assert.Equal(kindName is null ? 0 : 4, query.FiltersSet);
        Assert.Equal(labelled is null ? "/all" : "/all?kind=volumes&state=running&project=vision&label=Team-A&sort=-name", query.Href("/all"));
    }
}
