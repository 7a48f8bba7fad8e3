using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Collaborators;
using ProjectConsole.Features.Explanations;
using ProjectConsole.Features.Installation;
using ProjectConsole.Features.Invitations;
using ProjectConsole.Features.Organizations;
using ProjectConsole.Security;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Organizations;

/// <summary>The pages over the real services: what each person sees, and that what they do arrives.</summary>
public sealed class OrganizationPagesTests : ConsoleTestContext
{
    public OrganizationPagesTests()
    {
        Services.AddScoped<CurrentActor>();
        Services.AddOrganizationsFeature();
        Services.AddExplanationsFeature();
        Services.AddInstallationFeature();
        Services.AddInvitationsFeature();
        Services.AddCollaboratorsFeature();
        Services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        Services.AddSingleton<IHostEnvironment>(new HostingEnvironment());
        Services.AddSupplyValueFromQueryProvider();
    }

    [Fact]
    public async Task Members_AnOwner_SeesEverybodyAndMayAdd()
    {
        var acme = await Given.OrganizationAsync(Database);
        await acme.MemberAsync("ann");

        var page = await RenderInAsync<MembersSection>(acme, acme.Owner);

        Assert.Equal(["ann@acme.test", "owner@acme.test"], page.FindAll("tbody td:first-child .truncate").Select(cell => cell.TextContent));
        Assert.NotNull(Button(page, "Add members"));
        Assert.Equal(2, page.FindAll("button[aria-label^='Actions for']").Count);
        Button(page, "Actions for ann@acme.test").Click();
        Assert.Equal(["Change role", "Why?", "Remove from organization"], Menu(page));
    }

    [Theory]
    [InlineData("?page=x")]
    [InlineData("?size=99999999999")]
    [InlineData("?reversed=x")]
    public async Task Members_NonsenseInTheAddress_CountsAsNotThere(string query)
    {
        var acme = await Given.OrganizationAsync(Database);
        Service<NavigationManager>().NavigateTo($"/{query}");

        var page = await RenderInAsync<MembersSection>(acme, acme.Owner);

        Assert.Single(page.FindAll("tbody tr"));
    }

    [Fact]
    public async Task Members_AMember_SeesEverybodyAndMayOnlyAskWhyAndLeave()
    {
        var acme = await Given.OrganizationAsync(Database);
        var ann = await acme.MemberAsync("ann");

        var page = await RenderInAsync<MembersSection>(acme, ann);

        Assert.Equal(2, page.FindAll("tbody tr").Count);
        Assert.Empty(page.FindAll(".page-actions button"));
        Assert.Equal("Actions for ann@acme.test", page.Find("button[aria-label^='Actions for']").GetAttribute("aria-label"));
        Button(page, "Actions for ann@acme.test").Click();
        Assert.Equal(["Why?", "Leave organization"], Menu(page));
    }

    [Fact]
    public async Task Members_AnAdmin_ReadsWhyAnOwnerStays()
    {
        var acme = await Given.OrganizationAsync(Database);
        var admin = await acme.MemberAsync("admin", OrganizationRole.Admin);

        var page = await RenderInAsync<MembersSection>(acme, admin);
        Button(page, "Actions for owner@acme.test").Click();

        Assert.Contains("Only an Owner can make, change or remove an Owner.", page.Find(".menu[role=menu][aria-label^='Actions for']").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddMembers_UnknownThenKnown_SaysSoAndAdds()
    {
        var acme = await Given.OrganizationAsync(Database);
        await Given.UserAsync(Database, "bob@elsewhere.test");
        var dialog = await RenderDialogAsync<AddMembersDialog>(acme, acme.Owner);

        dialog.Find("textarea").Change("nobody@elsewhere.test");
        await Button(dialog, "Next").ClickAsync(new());
        Assert.Contains("There is no account with the address nobody@elsewhere.test.", dialog.Find(".field-error").TextContent, StringComparison.Ordinal);
        Assert.Equal("nobody@elsewhere.test", dialog.Find("textarea").GetAttribute("value"));

        dialog.Find("textarea").Change("bob@elsewhere.test, nobody@elsewhere.test");
        await Unchanged.AssertNothingWrittenAsync(Database, () => Button(dialog, "Next").ClickAsync(new()));
        Assert.Contains("Becomes Developer", dialog.Markup, StringComparison.Ordinal);
        await Button(dialog, "Add").ClickAsync(new());

        Assert.Equal(2, dialog.FindAll(".sunken-list li").Count);
        Assert.Contains("bob@elsewhere.test was added as Member.", dialog.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RemoveMember_LastAdmin_OffersAnHeirAndThenRemoves()
    {
        var acme = await Given.OrganizationAsync(Database);
        var ann = await acme.MemberAsync("ann");
        await acme.MemberAsync("bob");
        var vision = await acme.ProjectAsync("vision", (ann, ProjectRole.Admin));
        var row = new MemberRow(ann.Id, ann.Email!, "", "member", false, Database.Clock.UtcNow, null, false, 1, Guid.Empty);
        var dialog = await RenderDialogAsync<RemoveMemberDialog>(acme, acme.Owner, ("Row", row));

        Assert.Contains("vision would be left without an Admin", dialog.Find(".banner").TextContent, StringComparison.Ordinal);
        Assert.Equal("owner@acme.test", ((IHtmlInputElement)dialog.Find("input[type=email]")).Value);
        // What the heir becomes is shown before it can be confirmed; another name is another preview.
        await dialog.Find("input[type=email]").InputAsync(new ChangeEventArgs { Value = "bob@acme.test" });
        Assert.Contains("bob@acme.test", dialog.Find(".change-list").TextContent, StringComparison.Ordinal);
        await dialog.Find("input[type=email]").InputAsync(new ChangeEventArgs { Value = "nobody@elsewhere.test" });
        Assert.True(Button(dialog, "Confirm removal").HasAttribute("disabled"));
        await dialog.Find("input[type=email]").InputAsync(new ChangeEventArgs { Value = "owner@acme.test" });
        await Button(dialog, "Confirm removal").ClickAsync(new());

        Assert.False(await Database.ReadAsync(db => db.Members.AnyAsync(member => member.UserId == ann.Id)));
        Assert.True(await Database.ReadAsync(db => db.Grants.AnyAsync(
            grant => grant.ProjectId == vision.Id && grant.PrincipalId == acme.Owner.Id && grant.RoleKey == "admin")));
    }

    [Theory]
    [InlineData(false, 0, null)]
    [InlineData(false, 2, "Ends 2 shares of the personal space: their projects can no longer use what they were given.")]
    [InlineData(true, 0, null)]
    [InlineData(true, 1, "Ends 1 share of the personal space: its project can no longer use what it was given.")]
    public async Task RemoveMember_WhoSharesOfTheOwnSpace_SaysBeforehandHowManyEnd(bool leaves, int open, string? sentence)
    {
        var acme = await Given.OrganizationAsync(Database);
        var ann = await acme.MemberAsync("ann");
        var vision = await acme.ProjectAsync("vision", (ann, ProjectRole.Viewer));
        var template = new Resource(
            ResourceOwner.OfPersonalSpace(acme.Id, ann.Id), ResourceKinds.Get("template"), "base", ResourceSpec.Empty, ann.Id, ann.Email!, Database.Clock.UtcNow);
        await Database.AddAsync(new PersonalSpace(acme.Id, ann.Id, ann.Email!, Database.Clock.UtcNow), template);
        await Database.AddAsync([.. Enumerable.Range(0, open).Select(_ => new ResourceShare(template, vision.Id, null, ShareLevel.Use, ann.Id, ann.Email!, Database.Clock.UtcNow))]);
        var row = new MemberRow(ann.Id, ann.Email!, "", "member", false, Database.Clock.UtcNow, null, false, 1, Guid.Empty);

        await Unchanged.AssertNothingWrittenAsync(Database, async () =>
        {
            var dialog = await RenderDialogAsync<RemoveMemberDialog>(acme, leaves ? ann : acme.Owner, ("Row", row), ("IsOwn", leaves));
            Assert.Equal(sentence is null ? [] : [sentence], dialog.FindAll("p").Select(line => line.TextContent).Where(line => line.Contains("of the personal space:", StringComparison.Ordinal)));
        });
    }

    [Fact]
    public async Task ChangeRole_LastAdmin_ShowsTheHeirBeforeItCanBeDone()
    {
        var acme = await Given.OrganizationAsync(Database);
        var ann = await acme.MemberAsync("ann");
        var bob = await acme.MemberAsync("bob");
        var vision = await acme.ProjectAsync("vision", (ann, ProjectRole.Admin));
        var version = await Database.ReadAsync(db => db.Members.Where(member => member.UserId == ann.Id).Select(member => member.Version).SingleAsync());
        var row = new MemberRow(ann.Id, ann.Email!, "", "member", false, Database.Clock.UtcNow, null, false, 1, version);
        var dialog = await RenderDialogAsync<ChangeMemberRoleDialog>(acme, acme.Owner, ("Row", row));
        Assert.True(Button(dialog, "Change role").HasAttribute("disabled"));

        await Unchanged.AssertNothingWrittenAsync(Database, async () =>
        {
            await Radio(dialog, "Auditor").ChangeAsync(new ChangeEventArgs { Value = "on" });
            Assert.Contains("vision would be left without an Admin", dialog.Find(".banner").TextContent, StringComparison.Ordinal);
            await dialog.Find("input[type=email]").InputAsync(new ChangeEventArgs { Value = "bob@acme.test" });
            Assert.Contains("bob@acme.test", dialog.Find(".change-list").TextContent, StringComparison.Ordinal);
        });
        await Button(dialog, "Change role").ClickAsync(new());

        Assert.True(await Database.ReadAsync(db => db.Grants.AnyAsync(
            grant => grant.ProjectId == vision.Id && grant.PrincipalId == bob.Id && grant.RoleKey == "admin")));
    }

    [Fact]
    public async Task AddMembers_AsAdmin_SaysWhatThatGivesInEveryProject()
    {
        var acme = await Given.OrganizationAsync(Database);
        var dialog = await RenderDialogAsync<AddMembersDialog>(acme, acme.Owner);
        Assert.DoesNotContain("in every project of acme", dialog.Markup, StringComparison.Ordinal);

        await Radio(dialog, "Admin").ChangeAsync(new ChangeEventArgs { Value = "on" });

        Assert.Contains("in every project of acme, at once: Admin.", dialog.Find(".banner").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RemoveMember_Preview_WritesNothing()
    {
        var acme = await Given.OrganizationAsync(Database);
        var ann = await acme.MemberAsync("ann");
        await acme.ProjectAsync("vision", (ann, ProjectRole.Viewer));
        var row = new MemberRow(ann.Id, ann.Email!, "", "member", false, Database.Clock.UtcNow, null, false, 1, Guid.Empty);

        await Unchanged.AssertNothingWrittenAsync(Database, async () =>
        {
            var dialog = await RenderDialogAsync<RemoveMemberDialog>(acme, acme.Owner, ("Row", row));
            Assert.Contains("vision", dialog.Markup, StringComparison.Ordinal);
            Assert.Contains("Default Project", dialog.Markup, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Settings_SomebodyElseSavedMeanwhile_IsAChoice()
    {
        var acme = await Given.OrganizationAsync(Database);
        var page = await RenderInAsync<GeneralSettings>(acme, acme.Owner);
        await Database.ChangeAsync<Organization>(organization => organization.Change(new OrganizationSettings { Name = "Theirs" }), acme.Id);

        page.Find("input").Change("Mine");
        await Button(page, "Save settings").ClickAsync(new());
        Assert.Equal("Theirs", await NameAsync(acme));
        Assert.Equal("Mine", ((IHtmlInputElement)page.Find("input")).Value);

        await Button(page, "Save over").ClickAsync(new());
        Assert.Equal("Mine", await NameAsync(acme));
    }

    [Fact]
    public async Task Settings_AMember_ReadsButCannotSave()
    {
        var acme = await Given.OrganizationAsync(Database);

        var page = await RenderInAsync<GeneralSettings>(acme, await acme.MemberAsync("ann"));

        Assert.True(page.Find("fieldset.card").HasAttribute("disabled"));
        Assert.DoesNotContain(page.FindAll("button"), button => button.TextContent.Contains("Save", StringComparison.Ordinal));
        Assert.DoesNotContain(page.FindAll("button"), button => button.TextContent.Contains("Request more projects", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("team-[a-z]+", "team-vision", "Matches", null)]
    [InlineData("team-[a-z]+", "vision", null, "Does not match the pattern.")]
    [InlineData("", "a b", null, "Use only letters, numbers, hyphens and underscores.")]
    public async Task Settings_PatternIsTried_SaysWhetherItMatches(string pattern, string tried, string? good, string? error)
    {
        var acme = await Given.OrganizationAsync(Database);
        var page = await RenderInAsync<GeneralSettings>(acme, acme.Owner);

        page.FindAll("input.text-input-code")[0].Input(pattern);
        page.FindAll("input.text-input-code")[1].Input(tried);

        Assert.Equal(good, string.Concat(page.FindAll(".field-good").Select(line => line.LastChild!.TextContent)) is { Length: > 0 } said ? said : null);
        Assert.Equal(error, string.Concat(page.FindAll(".field-error").Select(line => line.LastElementChild!.TextContent)) is { Length: > 0 } wrong ? wrong : null);
    }

    [Fact]
    public async Task NewOrganization_Name_DerivesTheIdUntilOneIsTyped()
    {
        await Given.OrganizationAsync(Database);
        SignIn(await Given.InstallationAdministratorAsync(Database));
        var page = Render<NewOrganizationPage>();

        await page.FindAll("input")[0].InputAsync(new ChangeEventArgs { Value = "Acmé" });
        page.WaitForAssertion(() => Assert.Contains("acme is taken", page.Find(".field-error").TextContent, StringComparison.Ordinal));
        await page.FindAll("input")[1].InputAsync(new ChangeEventArgs { Value = "acme-two" });
        await page.FindAll("input")[0].InputAsync(new ChangeEventArgs { Value = "Acme Two Ltd" });
        Assert.Equal("acme-two", ((IHtmlInputElement)page.FindAll("input")[1]).Value);
        await page.Find("form").SubmitAsync();

        Assert.True(await Database.ReadAsync(db => db.Organizations.AnyAsync(row => row.Slug == "acme-two" && row.Name == "Acme Two Ltd")));
        Assert.EndsWith("/organizations/acme-two/projects", Service<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Organizations_DeletedOne_IsRestoredByItsOwner()
    {
        var acme = await Given.OrganizationAsync(Database);
        await Database.ChangeAsync<Organization>(organization => organization.Delete(Database.Clock.UtcNow), acme.Id);
        SignIn(acme.Owner);
        var page = Render<OrganizationsPage>();

        Assert.Empty(page.FindAll("tbody a"));
        await Button(page, "Restore acme").ClickAsync(new());

        Assert.Single(page.FindAll("tbody a"));
        Assert.False(await Database.ReadAsync(db => db.Organizations.AnyAsync(row => row.DeletedUtc != null)));
    }

    [Fact]
    public async Task RequestMoreProjects_OncePending_ShowsItInPlaceOfTheForm()
    {
        var acme = await Given.OrganizationAsync(Database, allowance: 2);
        var dialog = await RenderDialogAsync<RequestMoreProjectsDialog>(acme, acme.Owner);
        dialog.Find("input").Change("many");
        await Button(dialog, "Send request").ClickAsync(new());
        Assert.Contains("Type a whole number.", dialog.Markup, StringComparison.Ordinal);

        dialog.Find("input").Change("12");
        await Button(dialog, "Send request").ClickAsync(new());

        var again = await RenderDialogAsync<RequestMoreProjectsDialog>(acme, acme.Owner);
        Assert.Contains("owner@acme.test asked for 12 projects", again.Markup, StringComparison.Ordinal);
        Assert.Empty(again.FindAll("input"));
    }

    [Fact]
    public async Task Workspaces_AMember_SeesThemAndChangesNothing()
    {
        var acme = await Given.OrganizationAsync(Database);
        await acme.WorkspaceAsync("research");

        Assert.Empty((await RenderInAsync<WorkspacesSection>(acme, await acme.MemberAsync("ann"))).FindAll("tbody button[aria-label^='Actions for'], .page-actions button"));
        Assert.Equal(2, (await RenderInAsync<WorkspacesSection>(acme, acme.Owner)).FindAll("tbody button[aria-label^='Actions for']").Count);
    }

    [Theory]
    [InlineData(0, "carried over")]
    [InlineData(1, "default")]
    public async Task Workspaces_CarriedOverFromPrerendering_AreReadAgainWhenTheAccessChangedMeanwhile(int raised, string shown)
    {
        var acme = await Given.OrganizationAsync(Database);
        var access = await EnterAsync(acme, acme.Owner);
        var row = (await Service<WorkspacesService>().ListAsync(Actors.Of(acme.Owner), acme.Id)).Value.Single() with { Slug = "carried over" };
        ComponentFactories.Add(() =>
        {
            var section = Activator.CreateInstance<WorkspacesSection>();
            section.Loaded = new LoadedWorkspaces(access.Versions with { Organization = access.Versions.Organization - raised }, [row]);
            return section;
        });

        var page = Render<WorkspacesSection>(parameters => parameters.AddCascadingValue(access));

        page.WaitForAssertion(() => Assert.Contains(shown, page.Find("tbody").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task DangerZone_OnlyOwnersMayDelete()
    {
        var acme = await Given.OrganizationAsync(Database);

        Assert.Equal(["Leave organization", "Delete organization"], Texts(await RenderInAsync<OrganizationDangerZone>(acme, acme.Owner)));
        Assert.Equal(["Leave organization"], Texts(await RenderInAsync<OrganizationDangerZone>(acme, await acme.MemberAsync("admin", OrganizationRole.Admin))));
    }

    private static IEnumerable<string> Texts(IRenderedComponent<IComponent> page) => page.FindAll("button").Select(button => button.TextContent.Trim());

    private static IEnumerable<string> Menu(IRenderedComponent<IComponent> page) =>
        page.FindAll(".menu[aria-label^='Actions for'] [data-menu-label]").Select(item => item.TextContent.Trim());

    private static IElement Radio(IRenderedComponent<IComponent> page, string title) =>
        page.FindAll(".radio-card").Single(card => card.QuerySelector(".radio-card-title")!.TextContent == title).QuerySelector("input")!;

    private static IElement Button(IRenderedComponent<IComponent> page, string name) => page.FindAll("button")
        .Single(button => button.GetAttribute("aria-label") == name || (button.TextContent.Trim().EndsWith(name, StringComparison.Ordinal) && !button.HasAttribute("aria-label")));

    private Task<string> NameAsync(GivenOrganization acme) =>
        Database.ReadAsync(db => db.Organizations.Where(row => row.Id == acme.Id).Select(row => row.Name).FirstAsync());

    private async Task<OrganizationAccess> EnterAsync(GivenOrganization organization, User user)
    {
        SignIn(user);
        return (await Service<AccessControl>().OpenOrganizationAsync(Actors.Of(user), organization.Slug))!;
    }

    private async Task<IRenderedComponent<IComponent>> RenderInAsync<TComponent>(GivenOrganization organization, User user)
        where TComponent : IComponent
    {
        var access = await EnterAsync(organization, user);
        var page = Render<TComponent>(parameters => parameters.AddCascadingValue(access));
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[aria-busy=true]")));
        return (IRenderedComponent<IComponent>)page;
    }

    private async Task<IRenderedComponent<IComponent>> RenderDialogAsync<TComponent>(GivenOrganization organization, User user, params (string Name, object Value)[] more)
        where TComponent : IComponent
    {
        var access = await EnterAsync(organization, user);
        var dialog = Render<TComponent>(parameters =>
        {
            parameters.TryAdd("Access", access);
            foreach (var (name, value) in more)
            {
                parameters.TryAdd(name, value);
            }
        });
        dialog.WaitForState(() => dialog.FindAll("textarea, input, .sunken-list, .banner").Count > 0);
        return (IRenderedComponent<IComponent>)dialog;
    }
}
