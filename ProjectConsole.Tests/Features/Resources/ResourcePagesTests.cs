using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Audit;
using ProjectConsole.Features.Resources;
using ProjectConsole.Features.Sharing;
using ProjectConsole.Security;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Resources;

public sealed class ResourcePagesTests : ConsoleTestContext
{
    private static readonly ResourceKind Cluster = ResourceKinds.Get("cluster");

    public ResourcePagesTests()
    {
        Services.AddScoped<CurrentActor>();
        Services.AddSupplyValueFromQueryProvider();
        Services.AddResourcesFeature();
        Services.AddResourcePages();
        Services.AddSharingFeature();
        Services.AddAuditFeature();
    }

    [Fact]
    public async Task Overview_Viewer_SeesGroupsWithCountsAndMakesNothing()
    {
        var (acme, vision, viewer) = await WorldAsync(ProjectRole.Viewer);
        await acme.ResourceAsync(vision, "cluster", "gpu-1");
        await acme.ResourceAsync(vision, "run", "train-1");

        var page = await RenderAsync<ResourceOverviewSection>(viewer);

        Assert.Equal(["Build", "Data", "Compute", "Storage", "Network"], page.FindAll("h2").Select(head => head.TextContent));
        Assert.Equal(20, page.FindAll("a.tile").Count);
        var clusters = page.Find("a.tile[href='/organizations/acme/projects/vision/resources/clusters']");
        Assert.Equal(("1", "all running"), (clusters.QuerySelector("b")!.TextContent, clusters.QuerySelector(".small")!.TextContent.Trim()));
        Assert.Empty(page.FindAll(".page-actions button"));
    }

    [Fact]
    public async Task Overview_Nothing_SaysWhatResourcesAreFor()
    {
        var (_, _, developer) = await WorldAsync(ProjectRole.Developer);

        var page = await RenderAsync<ResourceOverviewSection>(developer);

        Assert.Contains("No resources in vision yet", page.Markup, StringComparison.Ordinal);
        await page.Find(".page-actions button").ClickAsync(new());
        Assert.Contains(page.FindAll("[role=menuitem]"), entry => entry.GetAttribute("href") == "/organizations/acme/projects/vision/resources/ip-addresses/new");
    }

    [Theory]
    [InlineData("no-such-kind")]
    [InlineData("clusters")]
    public async Task Frame_KindThatIsNotThereOrNotSeen_IsNotFound(string plural)
    {
        var (acme, vision, person) = await WorldAsync(ProjectRole.Viewer);
        if (plural == "clusters")
        {
            await DenyAsync(acme, vision, person, "clusters.*");
        }

        var missed = false;
        Service<NavigationManager>().OnNotFound += (_, _) => missed = true;
        var access = (await Database.Get<AccessControl>().OpenProjectAsync(Actors.Of(person), "acme", "vision"))!;
        var page = Render<CascadingValue<ProjectAccess>>(value => value.Add(cascade => cascade.Value, access)
            .AddChildContent<ProjectResources>(frame => frame.Add(f => f.Plural, plural).Add(f => f.ChildContent, _ => builder => builder.AddContent(0, "shown"))));

        Assert.True(missed);
        Assert.DoesNotContain("shown", page.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Frame_KindOfTheCatalogue_SaysWhoMakesItAndLeadsMembersThere(bool isOutside)
    {
        var (acme, vision, person) = await WorldAsync(ProjectRole.Admin);
        if (isOutside)
        {
            person = await Given.UserAsync(Database, "zoe@else.test");
            await acme.GrantAsync(vision, person, ProjectRole.Admin);
        }

        var access = (await Database.Get<AccessControl>().OpenProjectAsync(Actors.Of(person), "acme", "vision"))!;
        var page = Render<CascadingValue<ProjectAccess>>(value => value.Add(cascade => cascade.Value, access)
            .AddChildContent<ProjectResources>(frame => frame.Add(f => f.Plural, "service-offerings").Add(f => f.ChildContent, _ => builder => builder.AddContent(0, "shown"))));

        Assert.Contains(new OnlyTheOrganization(ResourceKinds.Get("service-offering")).Message, page.Find("p").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("shown", page.Markup, StringComparison.Ordinal);
        Assert.Equal(isOutside ? [] : ["/organizations/acme/catalogue/service-offerings"], page.FindAll("a").Select(link => link.GetAttribute("href")));
    }

    [Fact]
    public async Task List_Viewer_SeesRowsAndNoButtons()
    {
        var (acme, vision, viewer) = await WorldAsync(ProjectRole.Viewer);
        await acme.ResourceAsync(vision, "cluster", "gpu-1");

        var page = await ListAsync(viewer);

        Assert.Equal("gpu-1", page.Find("tbody a.name-link").TextContent);
        Assert.Empty(page.FindAll("table button, table input, .page-actions a"));
    }

    [Fact]
    public async Task List_Developer_IsOfferedTheActionsOfTheState()
    {
        var (acme, vision, developer) = await WorldAsync(ProjectRole.Developer);
        await acme.ResourceAsync(vision, "cluster", "gpu-1", developer);

        var page = await ListAsync(developer);
        await page.Find("button[aria-label='Actions for gpu-1']").ClickAsync(new());

        var entries = page.FindAll("[role=menuitem]").ToDictionary(entry => entry.QuerySelector("[data-menu-label]")!.TextContent);
        Assert.Equal(["Open", "Stop", "Restart", "Terminate", "Edit", "Move", "Delete"], entries.Keys);
        Assert.Equal("true", entries["Delete"].GetAttribute("aria-disabled"));
        await entries["Stop"].ClickAsync(new());
        page.WaitForAssertion(() => Assert.Contains("Stopped", page.Find("tbody").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task List_Address_SaysSearchFiltersOrderAndPage()
    {
        var (acme, vision, viewer) = await WorldAsync(ProjectRole.Viewer);
        await acme.ResourceAsync(vision, "cluster", "gpu-1");
        await acme.ResourceAsync(vision, "cluster", "gpu-2");
        Service<NavigationManager>().NavigateTo("/organizations/acme/projects/vision/resources/clusters?q=gpu&state=running&sort=-name&creator=x&page=y");

        var page = await ListAsync(viewer);

        Assert.Equal(["gpu-2", "gpu-1"], page.FindAll("tbody a.name-link").Select(link => link.TextContent));
        Assert.Equal("/organizations/acme/projects/vision/resources/clusters?q=gpu&state=running", page.Find("th[aria-sort=descending] a").GetAttribute("href"));
    }

    [Fact]
    public async Task List_Suspended_IsReadableWithoutButtons()
    {
        var (acme, vision, developer) = await WorldAsync(ProjectRole.Developer);
        await acme.ResourceAsync(vision, "cluster", "gpu-1");
        await acme.ChangeAsync(vision, project => project.Suspend(false));

        var page = await ListAsync(developer);

        Assert.Single(page.FindAll("tbody a.name-link"));
        Assert.Empty(page.FindAll("table button, table input, .page-actions a"));
    }

    [Fact]
    public async Task Form_WrongNumber_KeepsWhatWasTypedAndMakesNothing()
    {
        var (_, _, developer) = await WorldAsync(ProjectRole.Developer);
        var form = await RenderAsync<ResourceFormSection>(developer, (nameof(ResourceFormSection.Kind), Cluster));

        Field(form, "Name").Input("gpu-1");
        Field(form, "Nodes").Input("0");
        await Press(form, "Create cluster");

        Assert.Equal("Nodes must be between 1 and 512.", form.Find(".field-error span:last-child").TextContent);
        Assert.Equal(("gpu-1", "0"), (Field(form, "Name").GetAttribute("value"), Field(form, "Nodes").GetAttribute("value")));
        Assert.Equal(0, await Database.ReadAsync(db => db.Resources.CountAsync()));

        Field(form, "Nodes").Input("1");
        await Press(form, "Create cluster");
        await form.InvokeAsync(() => Task.CompletedTask);
        Assert.EndsWith("/organizations/acme/projects/vision/resources/clusters/gpu-1", Service<NavigationManager>().Uri, StringComparison.Ordinal);
        await Press(form, "Create cluster");
        Assert.Equal(1, await Database.ReadAsync(db => db.Resources.CountAsync()));
    }

    [Fact]
    public async Task Form_ChangedMeanwhile_IsAChoice()
    {
        var (_, vision, developer) = await WorldAsync(ProjectRole.Developer);
        var owner = ResourceOwner.Of(new ProjectConsole.Shared.ProjectScope(vision.OrganizationId, vision.Id));
        var draft = new ResourceDraft("gpu-1", "", [], SpecDraft.New(Cluster.Fields).ToJson());
        Assert.Null((await Service<ResourcesService>().CreateAsync(Actors.Of(developer), owner, Cluster, draft)).Error);
        var form = await RenderAsync<ResourceFormSection>(developer, (nameof(ResourceFormSection.Kind), Cluster), (nameof(ResourceFormSection.Name), "gpu-1"));
        var resource = await Database.ReadAsync(db => db.Resources.SingleAsync());
        Assert.Null((await Service<ResourcesService>().ChangeAsync(Actors.Of(developer), owner, Cluster, resource.Id, draft with { Description = "Theirs." }, resource.Version)).Error);

        Field(form, "Description").Input("Mine.");
        await Press(form, "Save changes");
        Assert.Contains("Somebody changed this cluster", form.Markup, StringComparison.Ordinal);
        Assert.Equal("Theirs.", await Database.ReadAsync(db => db.Resources.Select(row => row.Description).SingleAsync()));
        await Press(form, "Save mine over it");

        Assert.Equal("Mine.", await Database.ReadAsync(db => db.Resources.Select(row => row.Description).SingleAsync()));
    }

    [Fact]
    public async Task Form_JobThatEnded_KeepsTheExitCodeThatItDoesNotShow()
    {
        var (_, vision, developer) = await WorldAsync(ProjectRole.Developer);
        var job = ResourceKinds.Get("job");
        var spec = ResourceSpec.Parse("""{"command":"go","cpu-cores":1,"memory":2,"life-span":24,"exit-code":28}""");
        await Database.AddAsync(new Resource(ResourceOwner.Of(new ProjectConsole.Shared.ProjectScope(vision.OrganizationId, vision.Id)), job, "resize", spec, developer.Id, developer.Email!, Database.Clock.UtcNow));
        var form = await RenderAsync<ResourceFormSection>(developer, (nameof(ResourceFormSection.Kind), job), (nameof(ResourceFormSection.Name), "resize"));

        Assert.DoesNotContain("Exit code", form.Markup, StringComparison.Ordinal);
        Field(form, "Life span").Input("48");
        await Press(form, "Save changes");

        var after = (await Database.ReadAsync(db => db.Resources.SingleAsync())).Spec;
        Assert.Equal((28m, 48m), (after.Number("exit-code"), after.Number("life-span")));
        var page = await RenderAsync<ResourceSection>(developer, (nameof(ResourceSection.Kind), job), (nameof(ResourceSection.Name), "resize"));
        Assert.Contains(page.FindAll("dt").Zip(page.FindAll("dd")), pair => (pair.First.TextContent, pair.Second.TextContent.Trim()) == ("Exit code", "28"));
    }

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 0)]
    public async Task Detail_MembersOfALoadBalancer_AreLinkedForThoseWhoSeeInstances(bool isHidden, int links)
    {
        var (acme, vision, viewer) = await WorldAsync(ProjectRole.Viewer);
        const string Balanced = """{"cidr":"10.1.0.0/24","load-balancing":[{"address":"front","port":443,"members":"web-1, web-2","instance-port":8443,"algorithm":"source"}]}""";
        var owner = ResourceOwner.Of(new ProjectConsole.Shared.ProjectScope(vision.OrganizationId, vision.Id));
        await Database.AddAsync(new Resource(owner, ResourceKinds.Get("network"), "front", ResourceSpec.Parse(Balanced), acme.Owner.Id, "owner", Database.Clock.UtcNow));
        if (isHidden)
        {
            await DenyAsync(acme, vision, viewer, "instances.*");
        }

        var page = await RenderAsync<ResourceSection>(viewer, (nameof(ResourceSection.Kind), ResourceKinds.Get("network")), (nameof(ResourceSection.Name), "front"));

        Assert.Equal(links, page.FindAll("td a[href^='/organizations/acme/projects/vision/resources/instances/web-']").Count);
        Assert.Equal(["web-1", "web-2"], page.FindAll("td li").Select(line => line.TextContent));
    }

    [Fact]
    public async Task Form_Viewer_IsRefusedBeforeAnythingIsTyped()
    {
        var (_, _, viewer) = await WorldAsync(ProjectRole.Viewer);

        var form = await RenderAsync<ResourceFormSection>(viewer, (nameof(ResourceFormSection.Kind), Cluster));

        Assert.Empty(form.FindAll("input, .form-footer"));
        Assert.Contains("Ask an Admin of the project.", form.Markup, StringComparison.Ordinal);
        Assert.Equal("A new cluster cannot be made here", form.Find("[role=alert] h2").TextContent);
        // Trying again would change nothing.
        Assert.Empty(form.FindAll("button"));
    }

    [Fact]
    public async Task Detail_Relations_AreLinkedFromBothSides()
    {
        var (_, vision, developer) = await WorldAsync(ProjectRole.Developer);
        var (owner, actor) = (ResourceOwner.Of(new ProjectConsole.Shared.ProjectScope(vision.OrganizationId, vision.Id)), Actors.Of(developer));
        var (volume, resources) = (ResourceKinds.Get("volume"), Service<ResourcesService>());
        Assert.Null((await resources.CreateAsync(actor, owner, volume, new ResourceDraft("cache", "", [], SpecDraft.New(volume.Fields).ToJson()))).Error);
        var spec = SpecDraft.New(Cluster.Fields);
        spec.Fields.Single(field => field.Field.Name == "volume").Text = "cache";
        Assert.Null((await resources.CreateAsync(actor, owner, Cluster, new ResourceDraft("gpu-1", "Trains.", ["night"], spec.ToJson()))).Error);

        var cluster = await RenderAsync<ResourceSection>(developer, (nameof(ResourceSection.Kind), Cluster), (nameof(ResourceSection.Name), "gpu-1"));
        var used = await RenderAsync<ResourceSection>(developer, (nameof(ResourceSection.Kind), volume), (nameof(ResourceSection.Name), "cache"));

        Assert.Equal(2, cluster.FindAll("a[href='/organizations/acme/projects/vision/resources/volumes/cache']").Count);
        Assert.NotNull(used.Find("a[href='/organizations/acme/projects/vision/resources/clusters/gpu-1']"));
        Assert.Contains("\"nodes\": 1", cluster.Find("details code").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(cluster.FindAll("h2"), head => head.TextContent == "Activity");
    }

    [Fact]
    public async Task Detail_NamesakeThatWasDeleted_LeavesNoActivity()
    {
        var (_, _, admin) = await WorldAsync(ProjectRole.Admin);
        var (volume, actor) = (ResourceKinds.Get("volume"), Actors.Of(admin));
        var owner = ResourceOwner.Of((await Database.Get<AccessControl>().OpenProjectAsync(actor, "acme", "vision"))!.Scope);
        var draft = new ResourceDraft("cache", "", [], new() { ["type"] = "shared", ["size"] = 5m });
        await Service<ResourcesService>().CreateAsync(actor, owner, volume, draft);
        var first = await Database.ReadAsync(db => db.Resources.SingleAsync());
        Assert.Null((await Service<ResourcesService>().DeleteAsync(actor, owner, volume, first.Id, null)).Error);
        await Service<ResourcesService>().CreateAsync(actor, owner, volume, draft);

        var page = await RenderAsync<ResourceSection>(admin, (nameof(ResourceSection.Kind), volume), (nameof(ResourceSection.Name), "cache"));

        var activity = page.FindAll("section.card").Single(card => card.QuerySelector("h2")?.TextContent == "Activity");
        Assert.Contains("created", Assert.Single(activity.QuerySelectorAll("li")).TextContent, StringComparison.Ordinal);
    }

    // What is in a space is its person's alone; what happened in it stands in the organization's log, which few read.
    [Theory]
    [InlineData("auditor", true)]
    [InlineData("member", false)]
    public async Task Detail_OfAPersonalSpace_ShowsActivityToItsPersonWhereTheyReadTheLog(string role, bool isShown)
    {
        var acme = await Given.OrganizationAsync(Database);
        var (person, other, volume) = (await acme.MemberAsync("ann", OrganizationRole.All.Single(known => known.Key == role)), await acme.MemberAsync("bob"), ResourceKinds.Get("volume"));
        foreach (var one in (User[])[person, other])
        {
            var draft = new ResourceDraft("cache", "", [], new() { ["type"] = "shared", ["size"] = 5m });
            Assert.Null((await Service<ResourcesService>().CreateAsync(Actors.Of(one), ResourceOwner.OfPersonalSpace(acme.Id, one.Id), volume, draft)).Error);
        }

        SignIn(person);
        var access = (await Database.Get<AccessControl>().OpenOrganizationAsync(Actors.Of(person), "acme"))!;
        var page = Render<ResourceSection>(section => section.Add(s => s.Place, ResourcePlace.OfPersonalSpace(access)!).Add(s => s.Kind, volume).Add(s => s.Name, "cache"));

        var activity = page.FindAll("section.card").Where(card => card.QuerySelector("h2")?.TextContent == "Activity").ToList();
        Assert.Equal(isShown, activity.Count == 1);
        if (isShown)
        {
            Assert.Contains("ann@acme.test", Assert.Single(activity[0].QuerySelectorAll("li")).TextContent, StringComparison.Ordinal);
            Assert.Equal("/organizations/acme/audit?object=cache", activity[0].QuerySelector("a")!.GetAttribute("href"));
        }
    }

    [Fact]
    public async Task Shared_FromAnotherProject_IsARowAndAPageWithoutAnythingToDo()
    {
        var (acme, vision, admin) = await WorldAsync(ProjectRole.Admin);
        var speech = await acme.ProjectAsync("speech");
        var theirs = await acme.ResourceAsync(speech, "cluster", "gpu-far");
        var share = new ResourceShare(theirs, vision.Id, null, ShareLevel.View, acme.Owner.Id, "owner", Database.Clock.UtcNow);
        share.Enter(ShareState.Accepted, "ann", Database.Clock.UtcNow);
        await Database.AddAsync(share);

        var list = await ListAsync(admin);
        var row = list.FindAll("tbody tr").Single(found => found.TextContent.Contains("gpu-far", StringComparison.Ordinal));
        Assert.Contains("of speech", row.TextContent, StringComparison.Ordinal);
        Assert.Empty(row.QuerySelectorAll("button, input"));
        Assert.Equal("/organizations/acme/projects/vision/resources/clusters/speech%3Agpu-far", row.QuerySelector("a")!.GetAttribute("href"));

        var page = await RenderAsync<ResourceSection>(admin, (nameof(ResourceSection.Kind), Cluster), (nameof(ResourceSection.Name), "speech:gpu-far"));
        Assert.Equal("gpu-far", page.Find("h1").TextContent.Trim());
        Assert.Contains("Shared by speech", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".page-actions a, .page-actions button"));
        Assert.DoesNotContain(page.FindAll("h2"), head => head.TextContent is "Activity" or "Used by" or "Shared with" or "States");
    }

    [Theory]
    [InlineData(ResourceListService.MostShared, false)]
    [InlineData(ResourceListService.MostShared + 1, true)]
    public async Task Shared_MoreThanAreShown_AreSaidUnderThem(int count, bool isSaid)
    {
        var (acme, _, viewer) = await WorldAsync(ProjectRole.Viewer);
        var speech = ResourceOwner.Of(acme.Scope(await acme.ProjectAsync("speech")));
        for (var number = 0; number < count; number++)
        {
            var resource = new Resource(speech, Cluster, $"gpu-{number:00}", ResourceSpec.Empty, acme.Owner.Id, acme.Owner.Email!, Database.Clock.UtcNow);
            resource.ShowToOrganization(true);
            await Database.AddAsync(resource);
        }

        var page = await ListAsync(viewer);

        Assert.Equal(ResourceListService.MostShared, page.FindAll("tbody a.name-link").Count);
        Assert.Equal(isSaid, page.FindAll("tbody tr")[^1].TextContent == "and more; search narrows them.");
    }

    [Fact]
    // Markup, letters that turn the reading direction, zero-width ones, escapes of terminals, formulas: refused, or shown as they are.
    public async Task Texts_WithMarkupAndHiddenLetters_AreShownAsText()
    {
        var (_, _, admin) = await WorldAsync(ProjectRole.Admin);
        var (volume, actor) = (ResourceKinds.Get("volume"), Actors.Of(admin));
        var owner = ResourceOwner.Of((await Database.Get<AccessControl>().OpenProjectAsync(actor, "acme", "vision"))!.Scope);
        const string Script = "<script>alert(1)</script><img src=x onerror=alert(1)>";
        var fields = new System.Text.Json.Nodes.JsonObject { ["type"] = "shared", ["size"] = 5m };
        Assert.Null((await Service<ResourcesService>().CreateAsync(actor, owner, volume, new ResourceDraft("cache", Script, [Script], fields))).Error);
        foreach (var hidden in (string[])["a\u202Egpj", "a\u200Bb", "a\u001B[31mb"])
        {
            var draft = new ResourceDraft("other", "", [hidden], fields);
            var refusal = Assert.IsType<ProjectConsole.Shared.Invalid>((await Service<ResourcesService>().CreateAsync(actor, owner, volume, draft)).Error);
            Assert.NotNull(refusal.For(nameof(ResourceDraft.Labels)));
        }

        // PostgreSQL keeps no U+0000 in a text: it is left out.
        Assert.Null((await Service<ResourcesService>().CreateAsync(actor, owner, volume, new ResourceDraft("other", "", ["a\u0000b"], fields))).Error);
        Assert.Equal(["ab"], await Database.ReadAsync(db => db.Resources.Where(row => row.Name == "other").Select(row => row.Labels).SingleAsync()));
        foreach (var name in (string[])["../other", "<b>", "a\u202Eb", "a b", "a/b", "Ä", "a\nb", "=1+1"])
        {
            Assert.NotNull(Assert.IsType<ProjectConsole.Shared.Invalid>((await Service<ResourcesService>().CreateAsync(actor, owner, volume, new ResourceDraft(name, "", [], fields))).Error).For(nameof(ResourceDraft.Name)));
        }

        var list = await RenderAsync<ResourceListSection>(admin, (nameof(ResourceListSection.Kind), volume));
        var page = await RenderAsync<ResourceSection>(admin, (nameof(ResourceSection.Kind), volume), (nameof(ResourceSection.Name), "cache"));

        Assert.Empty(list.FindAll("script, img"));
        Assert.Empty(page.FindAll("script, img"));
        Assert.Equal(Script, list.Find("tbody .source-note").TextContent);
        Assert.Contains(page.FindAll(".page-head p, .page-description, p"), line => line.TextContent.Contains(Script, StringComparison.Ordinal));
    }

    private async Task<(GivenOrganization Acme, Project Vision, User Person)> WorldAsync(ProjectRole role)
    {
        var acme = await Given.OrganizationAsync(Database);
        var person = await acme.MemberAsync("ann");
        var vision = await acme.ProjectAsync("vision", (person, role));
        SignIn(person);
        return (acme, vision, person);
    }

    private async Task DenyAsync(GivenOrganization acme, Project project, User person, string pattern)
    {
        var restriction = new Restriction(acme.Id, project.Id, Database.Clock.UtcNow);
        restriction.Change("less", "", RestrictionRules.Of([new RestrictionRule(false, pattern)]));
        await Database.AddAsync(restriction);
        var grantId = await Database.ReadAsync(db => db.Grants.Where(grant => grant.ProjectId == project.Id && grant.PrincipalId == person.Id).Select(grant => grant.Id).SingleAsync());
        await Database.ChangeAsync<ProjectConsole.Domain.Collaborators.Grant>(grant => grant.Restrict(restriction.Id, acme.Owner.Id, acme.Owner.Email!, Database.Clock.UtcNow), grantId);
    }

    private Task<IRenderedComponent<ResourceListSection>> ListAsync(User person) => RenderAsync<ResourceListSection>(person, (nameof(ResourceListSection.Kind), Cluster));

    private async Task<IRenderedComponent<TSection>> RenderAsync<TSection>(User person, params (string Name, object Value)[] parameters)
        where TSection : IComponent
    {
        var access = (await Database.Get<AccessControl>().OpenProjectAsync(Actors.Of(person), "acme", "vision"))!;
        return Render<TSection>(section =>
        {
            section.TryAdd("Place", ResourcePlace.Of(access));
            foreach (var (name, value) in parameters)
            {
                section.TryAdd(name, value);
            }
        });
    }

    private static IElement Field(IRenderedComponent<ResourceFormSection> form, string label) =>
        form.Find($"#{form.FindAll("label.field-label").First(found => found.QuerySelector("span")!.TextContent == label).GetAttribute("for")}");

    private static Task Press(IRenderedComponent<ResourceFormSection> form, string button) =>
        form.FindAll("button").First(found => found.TextContent.Trim().EndsWith(button, StringComparison.Ordinal)).ClickAsync(new());
}
