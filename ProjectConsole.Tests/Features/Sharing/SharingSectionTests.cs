using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Resources;
using ProjectConsole.Features.Sharing;
using ProjectConsole.Security;
using ProjectConsole.Tests.Infrastructure;
using Radzen.Blazor;

namespace ProjectConsole.Tests.Features.Sharing;

public sealed class SharingSectionTests : ConsoleTestContext
{
    public SharingSectionTests()
    {
        Services.AddScoped<CurrentActor>();
        Services.AddResourcesFeature();
        Services.AddSharingFeature();
    }

    [Fact]
    public async Task Pending_Manager_DeclinesIt()
    {
        var (acme, vision, manager) = await WorldAsync(ProjectRole.Manager);
        var share = await OfferedAsync(acme, vision, null);
        var page = await RenderAsync(manager);
        Assert.Equal("speech", Row(page, "Waiting for an answer").QuerySelectorAll("td")[1].TextContent);

        await page.Find("button[aria-label='Actions for calls']").ClickAsync(new());
        await Entry(page, "Decline").ClickAsync(new());

        Assert.Equal((ShareState.Declined, manager.Email), await AnswerAsync(share));
        page.WaitForAssertion(() => Assert.Contains("Nothing is shared", page.Markup, StringComparison.Ordinal));
        Assert.Contains("calls is declined", page.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pending_Viewer_IsReadWithoutAnythingToDo(bool isAccepted)
    {
        var (acme, vision, viewer) = await WorldAsync(ProjectRole.Viewer);
        var share = await OfferedAsync(acme, vision, null);
        if (isAccepted)
        {
            await AcceptAsync(share);
        }

        var page = await RenderAsync(viewer);

        Assert.Contains("calls", Row(page, isAccepted ? "Received" : "Waiting for an answer").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("table button"));
    }

    [Fact]
    public async Task Received_Manager_EndsItAfterAQuestion()
    {
        var (acme, vision, manager) = await WorldAsync(ProjectRole.Manager);
        var share = await OfferedAsync(acme, vision, null);
        await AcceptAsync(share);
        var dialogs = Render<RadzenDialog>();
        var page = await RenderAsync(manager);
        Assert.Contains("seen and used", Row(page, "Received").TextContent, StringComparison.Ordinal);
        await page.Find("button[aria-label='Actions for calls']").ClickAsync(new());

        await Unchanged.AssertNothingWrittenAsync(Database, async () =>
        {
            var dismissed = Entry(page, "End share").ClickAsync(new());
            dialogs.WaitForAssertion(() => Assert.Contains("This project loses it at once.", dialogs.Markup, StringComparison.Ordinal));
            await Button(dialogs, "Cancel").ClickAsync(new());
            await dismissed;
        });

        var confirmed = Entry(page, "End share").ClickAsync(new());
        dialogs.WaitForAssertion(() => Assert.NotNull(Button(dialogs, "End share")));
        await Button(dialogs, "End share").ClickAsync(new());
        await confirmed;

        Assert.Equal((ShareState.Ended, manager.Email), await AnswerAsync(share));
        page.WaitForAssertion(() => Assert.Contains("Nothing is shared", page.Markup, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("manager", true)]
    [InlineData("viewer", false)]
    public async Task ToOrganization_WhoeverShares_HidesIt(string role, bool mayHide)
    {
        var (acme, vision, person) = await WorldAsync(ProjectRole.Find(role)!);
        var volume = await acme.ResourceAsync(vision, "volume", "cache");
        await Database.ChangeAsync<Resource>(row => row.ShowToOrganization(true), volume.Id);
        var page = await RenderAsync(person);
        Assert.Equal("Volume cache", page.Find("ul[aria-labelledby=to-organization] li .grow").TextContent);
        if (!mayHide)
        {
            Assert.Empty(page.FindAll("ul[aria-labelledby=to-organization] button"));
            return;
        }

        await page.Find("button[aria-label='Hide cache']").ClickAsync(new());

        Assert.False(await Database.ReadAsync(db => db.Resources.Select(row => row.IsOrganizationVisible).SingleAsync()));
        page.WaitForAssertion(() => Assert.Contains("Nothing is shared", page.Markup, StringComparison.Ordinal));
        Assert.Contains("cache is hidden from the organization", page.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Admin of the project", false)]
    [InlineData("Manager of the workspace", true)]
    [InlineData("Admin of the organization", true)]
    public async Task PendingToTheWorkspace_WhoAnswersForAllOfIt_AnswersIt(string who, bool answers)
    {
        var (acme, vision, person) = await WorldAsync(ProjectRole.Admin);
        if (who != "Admin of the project")
        {
            person = await acme.MemberAsync("eve", who == "Admin of the organization" ? OrganizationRole.Admin : OrganizationRole.Member);
            SignIn(person);
        }

        if (who == "Manager of the workspace")
        {
            await acme.GrantAsync(acme.Workspace, person, ProjectRole.Manager);
        }

        var share = await OfferedAsync(acme, vision, acme.Workspace.Id);

        var page = await RenderAsync(person);

        Assert.Contains("calls", Row(page, "Waiting for an answer").TextContent, StringComparison.Ordinal);
        if (!answers)
        {
            Assert.Empty(page.FindAll("table button"));
            return;
        }

        await page.Find("button[aria-label='Actions for calls']").ClickAsync(new());
        await Entry(page, "Accept").ClickAsync(new());
        Assert.Equal((ShareState.Accepted, person.Email), await AnswerAsync(share));
        page.WaitForAssertion(() => Assert.Contains("calls", Row(page, "Received").TextContent, StringComparison.Ordinal));
    }

    private static IElement Row(IRenderedComponent<SharingSection> page, string table) => Assert.Single(page.FindAll($"table[aria-label='{table}'] tbody tr"));

    private static IElement Entry(IRenderedComponent<SharingSection> page, string label) =>
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

    // Of another project, to this one or to a workspace.
    private async Task<ResourceShare> OfferedAsync(GivenOrganization acme, Project to, Guid? workspaceId)
    {
        var theirs = await acme.ResourceAsync(await acme.ProjectAsync("speech"), "volume", "calls");
        var share = new ResourceShare(theirs, workspaceId is null ? to.Id : null, workspaceId, ShareLevel.Use, acme.Owner.Id, acme.Owner.Email!, Database.Clock.UtcNow);
        await Database.AddAsync(share);
        return share;
    }

    private Task AcceptAsync(ResourceShare share) => Database.ChangeAsync<ResourceShare>(row => row.Enter(ShareState.Accepted, "somebody", Database.Clock.UtcNow), share.Id);

    private async Task<(ShareState State, string? By)> AnswerAsync(ResourceShare share)
    {
        var found = await Database.ReadAsync(db => db.ResourceShares.SingleAsync(row => row.Id == share.Id));
        return (found.State, found.AnsweredByName);
    }

    private async Task<IRenderedComponent<SharingSection>> RenderAsync(User person)
    {
        var access = (await Database.Get<AccessControl>().OpenProjectAsync(Actors.Of(person), "acme", "vision"))!;
        return Render<CascadingValue<ProjectAccess>>(value => value.Add(cascade => cascade.Value, access).AddChildContent<SharingSection>()).FindComponent<SharingSection>();
    }
}
