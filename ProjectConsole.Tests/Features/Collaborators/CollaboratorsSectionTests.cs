using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Features.AccessRequests;
using ProjectConsole.Features.Collaborators;
using ProjectConsole.Features.Invitations;
using ProjectConsole.Security;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Collaborators;

public sealed class CollaboratorsSectionTests : ConsoleTestContext
{
    private GivenOrganization _acme = null!;
    private Project _vision = null!;
    private User _developer = null!;

    public CollaboratorsSectionTests()
    {
        Services.AddCollaboratorsFeature();
        Services.AddInvitationsFeature();
        Services.AddAccessRequestsFeature();
        Services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        Services.AddSingleton<IHostEnvironment>(new HostingEnvironment());
        Services.AddScoped<CurrentActor>();
        Services.AddSupplyValueFromQueryProvider();
    }

    [Fact]
    public async Task Section_ForAViewer_ShowsPeopleAndNoWayToChangeThem()
    {
        var section = await RenderAsAsync(ProjectRole.Viewer);
        section.WaitForAssertion(() => Assert.Contains("developer@acme.test", section.Markup));
        Assert.DoesNotContain(section.FindAll("button"), button => button.TextContent.Contains("Add Collaborator", StringComparison.Ordinal));
        Assert.All(section.FindAll("td button"), button => Assert.StartsWith("Actions for ", button.GetAttribute("aria-label"), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("?page=x")]
    [InlineData("?size=99999999999")]
    public async Task Section_NonsenseInTheAddress_CountsAsNotThere(string query)
    {
        var project = await OpenAsync(await StartAsync(ProjectRole.Viewer));
        Service<NavigationManager>().NavigateTo($"/{query}");
        var section = Render<CollaboratorsSection>(parameters => parameters.AddCascadingValue(project));
        section.WaitForAssertion(() => Assert.Contains("developer@acme.test", section.Markup));
    }

    [Fact]
    public async Task Section_ForAManager_OffersWhatTheManagerMay()
    {
        var section = await RenderAsAsync(ProjectRole.Manager);
        section.WaitForAssertion(() => Assert.Contains("developer@acme.test", section.Markup));
        Assert.Contains(section.FindAll("button"), button => button.TextContent.Contains("Add Collaborator", StringComparison.Ordinal));
        section.Find("button[aria-label='Actions for developer@acme.test']").Click();
        Assert.Equal(["Change role", "Remove User"], section.FindAll("[role=menuitem] [data-menu-label], [role=menuitem]").Select(item => item.TextContent.Trim()).Where(text => text is "Change role" or "Remove User").Distinct());
    }

    [Fact]
    public async Task Section_RowPicked_OffersWhatCanBeDoneToSeveralAtOnce()
    {
        var section = await RenderAsAsync(ProjectRole.Manager);
        section.WaitForAssertion(() => Assert.Contains("developer@acme.test", section.Markup));
        section.Find("input[aria-label='Select developer@acme.test']").Change(true);
        Assert.Equal(
            ["Change role", "Set expiry", "Remove", "Clear selection"],
            section.FindAll("[aria-label='Selected collaborators'] button").Select(button => button.TextContent.Trim()));
    }

    [Fact]
    public async Task Add_UnknownAddress_ShowsTheSentenceBesideTheFieldAndKeepsWhatWasTyped()
    {
        var dialog = await RenderDialogAsync();
        await TypeAsync(dialog, "nobody@nowhere.test");
        dialog.WaitForAssertion(() => Assert.Contains("There is no account with this address in this organization.", dialog.Find(".field-error").TextContent));
        Assert.Equal("true", dialog.Find("textarea").GetAttribute("aria-invalid"));
        Assert.Equal(3, await GrantsAsync());
    }

    [Fact]
    public async Task Add_SeveralAddresses_ShowsALineForEach()
    {
        var dialog = await RenderDialogAsync();
        await _acme.MemberAsync("new");
        await TypeAsync(dialog, "new@acme.test, developer@acme.test");
        dialog.WaitForAssertion(() => Assert.Equal(2, dialog.FindAll("[role=status] li").Count));
        Assert.Contains("added as Developer", dialog.FindAll("[role=status] li")[0].TextContent);
        Assert.Contains("collaborator already", dialog.FindAll("[role=status] li")[1].TextContent);
    }

    [Fact]
    public async Task Add_ClickedTwice_AddsOnce()
    {
        var dialog = await RenderDialogAsync();
        await _acme.MemberAsync("new");
        await dialog.Find("textarea").InputAsync("new@acme.test");
        var confirm = dialog.FindAll("button").Single(button => button.TextContent == "Confirm");
        await Task.WhenAll(confirm.ClickAsync(new()), confirm.ClickAsync(new()));
        Assert.Equal(4, await GrantsAsync());
        Assert.Empty(dialog.FindAll(".field-error"));
    }

    [Fact]
    public async Task Add_RolesAboveOnesOwn_CannotBeChosen()
    {
        var dialog = await RenderDialogAsync();
        Assert.Equal(["Admin: goes beyond what you hold"], dialog.FindAll("option[disabled]").Select(option => option.TextContent));
        Assert.Equal("developer", dialog.Find("select").GetAttribute("value"));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task Add_ExternalBox_IsThereOnlyWhereTheOrganizationAllowsIt(bool allows, int boxes) =>
        Assert.Equal(boxes, (await RenderDialogAsync(allows)).FindAll("input[type=checkbox]").Count);

    [Fact]
    public async Task Removal_ShowsThePreviewAndRemoves()
    {
        var me = await StartAsync(ProjectRole.Manager);
        var project = await OpenAsync(me);
        var preview = (await Service<RemovalPreviewService>().OfRemovalAsync(Actors.Of(me), project.Scope, _developer.Id)).Value;
        var dialog = Render<RemovalDialog>(parameters => parameters
            .Add(part => part.Project, project).Add(part => part.PrincipalId, _developer.Id).Add(part => part.Preview, preview));
        Assert.Contains("Loses Developer", dialog.Markup);
        Assert.True(dialog.FindAll("button").Single(button => button.TextContent == "Cancel").HasAttribute("data-initial-focus"));
        await dialog.FindAll("button").Single(button => button.TextContent == "Confirm removal").ClickAsync(new());
        Assert.Equal(2, await GrantsAsync());
    }

    [Fact]
    public async Task Removal_OfTheLastAdmin_AsksAgainForEachHeirAndConfirmsOnlyWhatWasShown()
    {
        var me = await StartAsync(ProjectRole.Admin);
        SignIn(_acme.Owner);
        var project = (await Service<AccessControl>().OpenProjectAsync(Actors.Of(_acme.Owner), "acme", "vision"))!;
        var preview = (await Service<RemovalPreviewService>().OfRemovalAsync(Actors.Of(_acme.Owner), project.Scope, me.Id)).Value;
        var dialog = Render<RemovalDialog>(parameters => parameters
            .Add(part => part.Project, project).Add(part => part.PrincipalId, me.Id).Add(part => part.Preview, preview));
        AngleSharp.Dom.IElement Confirm() => dialog.FindAll("button").Single(button => button.TextContent == "Confirm removal");
        Assert.False(Confirm().HasAttribute("disabled"));

        await Unchanged.AssertNothingWrittenAsync(Database, async () =>
        {
            await dialog.Find("input[type=email]").InputAsync("nobody@nowhere.test");
            Assert.True(Confirm().HasAttribute("disabled"));
            Assert.Contains("can be Admin of a project", dialog.Find(".field-error").TextContent, StringComparison.Ordinal);
            await dialog.Find("input[type=email]").InputAsync("");
            Assert.True(Confirm().HasAttribute("disabled"));
            await dialog.Find("input[type=email]").InputAsync("developer@acme.test");
        });

        Assert.Contains("developer@acme.test", dialog.Find(".change-list").TextContent, StringComparison.Ordinal);
        await Confirm().ClickAsync(new());
        Assert.Equal(["admin"], await Database.ReadAsync(db => db.Grants.Where(grant => grant.ProjectId == _vision.Id).Select(grant => grant.RoleKey).ToListAsync()));
    }

    [Fact]
    public async Task Copy_ProjectBeyondTheFirst_IsFoundByItsName()
    {
        var me = await StartAsync(ProjectRole.Admin);
        for (var number = 0; number < ProjectFinder.Most + 2; number++)
        {
            await _acme.ProjectAsync($"a{number:00}", (me, ProjectRole.Admin));
        }

        var zebra = await _acme.ProjectAsync("zebra", (me, ProjectRole.Admin));
        Guid? chosen = null;
        var field = Render<CopySourceField>(parameters => parameters.Add(part => part.Project, _acme.Scope(_vision)).Add(part => part.ValueChanged, (Guid? id) => chosen = id));
        field.WaitForAssertion(() => Assert.Contains("more match", field.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("zebra", field.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("(vision)", field.Markup, StringComparison.Ordinal);

        await field.Find("input").InputAsync("zeb");
        field.WaitForAssertion(() => Assert.Contains("zebra", field.Markup, StringComparison.Ordinal));
        await field.Find("select").ChangeAsync(zebra.Id.ToString());
        Assert.Equal(zebra.Id, chosen);
    }

    [Fact]
    public async Task Removal_OfSomebodyChangedMeanwhile_PreviewsAgainAndRemovesNobody()
    {
        var me = await StartAsync(ProjectRole.Manager);
        var project = await OpenAsync(me);
        var preview = (await Service<RemovalPreviewService>().OfRemovalAsync(Actors.Of(me), project.Scope, _developer.Id)).Value;
        var dialog = Render<RemovalDialog>(parameters => parameters
            .Add(part => part.Project, project).Add(part => part.PrincipalId, _developer.Id).Add(part => part.Preview, preview));
        Assert.True((await Service<CollaboratorsService>().ChangeRoleAsync(
            Actors.Of(_acme.Owner), project.Scope, new RoleChange(_developer.Id, ProjectRole.Viewer))).Succeeded);
        await dialog.FindAll("button").Single(button => button.TextContent == "Confirm removal").ClickAsync(new());
        dialog.WaitForAssertion(() => Assert.Contains("Somebody changed this meanwhile", dialog.Markup));
        Assert.Contains("Loses Viewer", dialog.Markup);
        Assert.Equal(3, await GrantsAsync());
    }

    private async Task<User> StartAsync(ProjectRole role, bool externals = true)
    {
        _acme = await Given.OrganizationAsync(Database, settings: settings => settings with { AllowsExternalCollaborators = externals });
        var me = await _acme.MemberAsync("me");
        _developer = await _acme.MemberAsync("developer");
        _vision = await _acme.ProjectAsync("vision", (me, role), (_developer, ProjectRole.Developer));
        SignIn(me);
        return me;
    }

    private async Task<ProjectAccess> OpenAsync(User me) => (await Service<AccessControl>().OpenProjectAsync(Actors.Of(me), "acme", "vision"))!;

    private async Task<IRenderedComponent<CollaboratorsSection>> RenderAsAsync(ProjectRole role)
    {
        var project = await OpenAsync(await StartAsync(role));
        return Render<CollaboratorsSection>(parameters => parameters.AddCascadingValue(project));
    }

    private async Task<IRenderedComponent<AddCollaboratorDialog>> RenderDialogAsync(bool externals = true)
    {
        var me = await StartAsync(ProjectRole.Manager, externals);
        var project = await OpenAsync(me);
        var choices = (await Service<CollaboratorChoiceService>().OfAsync(Actors.Of(me), project.Scope)).Value;
        return Render<AddCollaboratorDialog>(parameters => parameters.Add(dialog => dialog.Project, project).Add(dialog => dialog.Choices, choices));
    }

    private static async Task TypeAsync(IRenderedComponent<AddCollaboratorDialog> dialog, string addresses)
    {
        await dialog.Find("textarea").InputAsync(addresses);
        await dialog.FindAll("button").Single(button => button.TextContent == "Confirm").ClickAsync(new());
    }

    private Task<int> GrantsAsync() => Database.ReadAsync(db => db.Grants.CountAsync(grant => grant.ProjectId == _vision.Id));
}
