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
using Radzen;
using Radzen.Blazor;

namespace ProjectConsole.Tests.Features.Resources;

/// <summary>What is done on the page of one resource: actions that destroy, and the end of its shares.</summary>
public sealed class ResourceSectionTests : ConsoleTestContext
{
    public ResourceSectionTests()
    {
        Services.AddScoped<CurrentActor>();
        Services.AddSupplyValueFromQueryProvider();
        Services.AddResourcesFeature();
        Services.AddResourcePages();
        Services.AddSharingFeature();
        Services.AddAuditFeature();
    }

    [Theory]
    [InlineData("cluster", "Terminate", "Terminate cluster", "terminated")]
    [InlineData("run", "Cancel", "Cancel run", "cancelled")]
    public async Task Act_ThatDestroys_IsDoneAfterAQuestionAlone(string kind, string title, string confirm, string state)
    {
        var (acme, vision, developer) = await WorldAsync(ProjectRole.Developer);
        await acme.ResourceAsync(vision, kind, "first", developer);
        var dialogs = Render<RadzenDialog>();
        var page = await RenderAsync(developer, kind, "first");
        await page.Find("button[aria-label='Actions for first']").ClickAsync(new());
        // Beside the name of the page there is no button that destroys at one press.
        Assert.DoesNotContain(page.FindAll(".page-actions .button"), button => button.TextContent.EndsWith(title, StringComparison.Ordinal));

        await Unchanged.AssertNothingWrittenAsync(Database, async () =>
        {
            var dismissed = Entry(page, title).ClickAsync(new());
            dialogs.WaitForAssertion(() => Assert.Contains($"{title} first?", dialogs.Markup, StringComparison.Ordinal));
            await Button(dialogs, "Cancel").ClickAsync(new());
            await dismissed;
        });

        var confirmed = Entry(page, title).ClickAsync(new());
        dialogs.WaitForAssertion(() => Assert.NotNull(Button(dialogs, confirm)));
        await Button(dialogs, confirm).ClickAsync(new());
        await confirmed;

        Assert.Equal(state, await Database.ReadAsync(db => db.Resources.Select(row => row.State).SingleAsync()));
        page.WaitForAssertion(() => Assert.Contains(ResourceKinds.Get(kind).Life.Of(state).Title, page.Find(".page-title").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task SharedWith_Nobody_SaysSo()
    {
        var (acme, vision, viewer) = await WorldAsync(ProjectRole.Viewer);
        await acme.ResourceAsync(vision, "volume", "cache");

        var page = await RenderAsync(viewer, "volume", "cache");

        Assert.Equal("Nobody else has it.", Card(page)!.QuerySelector(".card-body")!.TextContent.Trim());
    }

    [Fact]
    public async Task SharedWith_Viewer_SeesWithWhomAndEndsNothing()
    {
        var (acme, vision, viewer) = await WorldAsync(ProjectRole.Viewer);
        var speech = await acme.ProjectAsync("speech", (viewer, ProjectRole.Viewer));
        var (volume, cluster) = (await acme.ResourceAsync(vision, "volume", "cache"), await acme.ResourceAsync(vision, "cluster", "cache"));
        await ShareAsync(acme, volume, speech, ShareLevel.Use, isAccepted: true);
        await ShareAsync(acme, volume, await acme.ProjectAsync("hidden"), ShareLevel.View);
        // One that has the same name is another one.
        await ShareAsync(acme, cluster, await acme.ProjectAsync("elsewhere"), ShareLevel.Use);

        var page = await RenderAsync(viewer, "volume", "cache");

        var lines = Card(page)!.QuerySelectorAll("li");
        Assert.Equal(2, lines.Length);
        var (used, seen) = (lines.Single(line => line.TextContent.Contains("speech", StringComparison.Ordinal)), lines.Single(line => line.TextContent.Contains("hidden", StringComparison.Ordinal)));
        Assert.Contains("May be seen and used, shared", used.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Waits", used.TextContent, StringComparison.Ordinal);
        Assert.Equal("/organizations/acme/projects/speech", used.QuerySelector("a")!.GetAttribute("href"));
        Assert.Contains("May be seen, offered", seen.TextContent, StringComparison.Ordinal);
        Assert.Contains("Waits", seen.TextContent, StringComparison.Ordinal);
        Assert.Empty(seen.QuerySelectorAll("a"));
        Assert.Empty(Card(page)!.QuerySelectorAll("button"));
    }

    [Fact]
    public async Task SharedWith_Manager_EndsAShareAfterAQuestionAndHidesItFromTheOrganization()
    {
        var (acme, vision, manager) = await WorldAsync(ProjectRole.Manager);
        var volume = await acme.ResourceAsync(vision, "volume", "cache");
        var share = await ShareAsync(acme, volume, await acme.ProjectAsync("speech"), ShareLevel.Use, isAccepted: true);
        await Database.ChangeAsync<Resource>(row => row.ShowToOrganization(true), volume.Id);
        var dialogs = Render<RadzenDialog>();
        var page = await RenderAsync(manager, "volume", "cache");
        Assert.Equal("2", Card(page)!.QuerySelector(".card-head .numeric")!.TextContent);

        await Unchanged.AssertNothingWrittenAsync(Database, async () =>
        {
            var dismissed = End(page).ClickAsync(new());
            dialogs.WaitForAssertion(() => Assert.Contains("It is taken from speech at once.", dialogs.Markup, StringComparison.Ordinal));
            await Button(dialogs, "Cancel").ClickAsync(new());
            await dismissed;
        });

        var confirmed = End(page).ClickAsync(new());
        dialogs.WaitForAssertion(() => Assert.NotNull(Button(dialogs, "End share")));
        await Button(dialogs, "End share").ClickAsync(new());
        await confirmed;
        Assert.Equal(ShareState.Ended, await Database.ReadAsync(db => db.ResourceShares.Where(row => row.Id == share.Id).Select(row => row.State).SingleAsync()));
        page.WaitForAssertion(() => Assert.Contains("The whole organization", Assert.Single(Card(page)!.QuerySelectorAll("li")).TextContent, StringComparison.Ordinal));

        await page.Find("button[aria-label='Hide cache from the organization']").ClickAsync(new());

        Assert.False(await Database.ReadAsync(db => db.Resources.Select(row => row.IsOrganizationVisible).SingleAsync()));
        page.WaitForAssertion(() => Assert.Contains("Nobody else has it.", Card(page)!.TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task SharedWith_TheOtherSideEndedItMeanwhile_SaysSoAndShowsWhatIsLeft()
    {
        var (acme, vision, manager) = await WorldAsync(ProjectRole.Manager);
        var volume = await acme.ResourceAsync(vision, "volume", "cache");
        var share = await ShareAsync(acme, volume, await acme.ProjectAsync("speech"), ShareLevel.View);
        var dialogs = Render<RadzenDialog>();
        var page = await RenderAsync(manager, "volume", "cache");
        await Database.ChangeAsync<ResourceShare>(row => row.Enter(ShareState.Declined, "owner", Database.Clock.UtcNow), share.Id);

        var ending = End(page).ClickAsync(new());
        dialogs.WaitForAssertion(() => Assert.Contains("It is no longer offered to speech.", dialogs.Markup, StringComparison.Ordinal));
        await Button(dialogs, "End share").ClickAsync(new());
        await ending;

        Assert.Equal(new NoSuchShare().Message, Assert.Single(Service<NotificationService>().Messages).Summary);
        Assert.Equal(ShareState.Declined, await Database.ReadAsync(db => db.ResourceShares.Select(row => row.State).SingleAsync()));
        page.WaitForAssertion(() => Assert.Contains("Nobody else has it.", Card(page)!.TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task SharedWith_OutsideEveryProject_IsNotThere()
    {
        var (acme, _, person) = await WorldAsync(ProjectRole.Admin);
        var owner = ResourceOwner.OfPersonalSpace(acme.Id, person.Id);
        await Database.AddAsync(
            new PersonalSpace(acme.Id, person.Id, person.Email!, Database.Clock.UtcNow),
            new Resource(owner, ResourceKinds.Get("volume"), "own", ResourceSpec.Empty, person.Id, person.Email!, Database.Clock.UtcNow));
        var access = (await Database.Get<AccessControl>().OpenOrganizationAsync(Actors.Of(person), "acme"))!;

        var page = Render<ResourceSection>(section => section.Add(s => s.Place, ResourcePlace.OfPersonalSpace(access)!)
            .Add(s => s.Kind, ResourceKinds.Get("volume")).Add(s => s.Name, "own"));

        Assert.Equal("own", page.Find("h1").TextContent.Trim());
        Assert.Null(Card(page));
    }

    private static IElement? Card(IRenderedComponent<ResourceSection> page) => page.FindAll("section.card").SingleOrDefault(card => card.QuerySelector("h2")?.TextContent == "Shared with");

    private static IElement End(IRenderedComponent<ResourceSection> page) => page.Find("button[aria-label='End the share with speech']");

    private static IElement Entry(IRenderedComponent<ResourceSection> page, string label) =>
        page.FindAll("[role=menuitem]").Single(entry => entry.QuerySelector("[data-menu-label]")!.TextContent == label);

    private static IElement Button(IRenderedComponent<RadzenDialog> dialogs, string text) => dialogs.FindAll("button").Single(button => button.TextContent == text);

    private async Task<(GivenOrganization Acme, Project Vision, User Person)> WorldAsync(ProjectRole role)
    {
        var acme = await Given.OrganizationAsync(Database);
        var person = await acme.MemberAsync("ann");
        var vision = await acme.ProjectAsync("vision", (person, role));
        SignIn(person);
        return (acme, vision, person);
    }

    private async Task<ResourceShare> ShareAsync(GivenOrganization acme, Resource resource, Project to, ShareLevel level, bool isAccepted = false)
    {
        var share = new ResourceShare(resource, to.Id, null, level, acme.Owner.Id, acme.Owner.Email!, Database.Clock.UtcNow);
        if (isAccepted)
        {
            share.Enter(ShareState.Accepted, acme.Owner.Email!, Database.Clock.UtcNow);
        }

        await Database.AddAsync(share);
        return share;
    }

    private async Task<IRenderedComponent<ResourceSection>> RenderAsync(User person, string kind, string name)
    {
        var access = (await Database.Get<AccessControl>().OpenProjectAsync(Actors.Of(person), "acme", "vision"))!;
        return Render<ResourceSection>(section => section.Add(s => s.Place, ResourcePlace.Of(access)).Add(s => s.Kind, ResourceKinds.Get(kind)).Add(s => s.Name, name));
    }
}
