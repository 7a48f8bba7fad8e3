using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProjectConsole.Components.Access;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Features.Collaborators;
using ProjectConsole.Features.Explanations;
using ProjectConsole.Features.Organizations;
using ProjectConsole.Features.Teams;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Teams;

/// <summary>The pages of teams and workspaces over the real services.</summary>
public sealed class TeamPagesTests : ConsoleTestContext
{
    public TeamPagesTests()
    {
        Services.AddScoped<CurrentActor>();
        Services.AddOrganizationsFeature();
        Services.AddExplanationsFeature();
        Services.AddCollaboratorsFeature();
        Services.AddSupplyValueFromQueryProvider();
    }

    [Fact]
    public async Task Teams_OwnerAndMember_SeeThemAndOnlyTheOwnerCreates()
    {
        var acme = await Given.OrganizationAsync(Database);
        await acme.TeamAsync("crew", await acme.MemberAsync("ann"), await acme.MemberAsync("bob"));

        var page = await RenderInAsync<TeamsSection>(acme, acme.Owner);
        Assert.Equal("/organizations/acme/teams/crew", page.Find("tbody a").GetAttribute("href"));
        Assert.Contains("2", page.FindAll("tbody td")[2].TextContent, StringComparison.Ordinal);
        Assert.NotNull(Button(page, "Create team"));

        page = await RenderInAsync<TeamsSection>(acme, await acme.MemberAsync("eve"));
        Assert.Single(page.FindAll("tbody tr"));
        Assert.Empty(page.FindAll(".page-actions button"));
    }

    [Fact]
    public async Task Teams_None_SaysWhatATeamIs()
    {
        var acme = await Given.OrganizationAsync(Database);

        Assert.Contains("No teams in acme yet", (await RenderInAsync<TeamsSection>(acme, acme.Owner)).Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TeamDialog_Name_DerivesTheIdAndCreates()
    {
        var acme = await Given.OrganizationAsync(Database);
        var dialog = await RenderDialogAsync<TeamDialog>(acme, acme.Owner);

        await Button(dialog, "Create team").ClickAsync(new());
        Assert.Equal(["Team name is required.", "Team ID is required."], dialog.FindAll(".field-error").Select(line => line.LastElementChild!.TextContent));
        await dialog.FindAll("input")[0].InputAsync(new ChangeEventArgs { Value = "Vision core" });
        await Button(dialog, "Create team").ClickAsync(new());

        Assert.True(await Database.ReadAsync(db => db.Teams.AnyAsync(team => team.Slug == "vision-core" && team.Name == "Vision core")));
    }

    [Fact]
    public async Task Team_Owner_SeesPeopleAndPlaces()
    {
        var acme = await Given.OrganizationAsync(Database);
        var team = await acme.TeamAsync("crew", await acme.MemberAsync("ann"));
        await acme.GrantAsync(await acme.ProjectAsync("vision"), team, ProjectRole.Developer, Database.Clock.UtcNow.AddDays(2));
        await acme.GrantAsync(await acme.WorkspaceAsync("lab"), team, ProjectRole.Viewer);

        var page = await RenderInAsync<TeamSection>(acme, acme.Owner, ("Slug", "crew"));

        Assert.Equal(["ann@acme.test"], page.FindAll("tbody .truncate").Select(cell => cell.TextContent));
        Assert.Equal(
            ["/organizations/acme/settings/workspaces/lab", "/organizations/acme/projects/vision/settings/collaborators"],
            page.FindAll(".sunken-list a").Select(link => link.GetAttribute("href")));
        Assert.Contains("Developer", page.FindAll(".sunken-list li")[1].TextContent, StringComparison.Ordinal);
        Button(page, "Actions for ann@acme.test").Click();
        Assert.Equal(["Why?", "Take out of the team"], page.FindAll(".menu[aria-label^='Actions for'] [data-menu-label]").Select(item => item.TextContent.Trim()));
    }

    [Fact]
    public async Task Team_MorePeopleThanAPage_ArePaged()
    {
        var acme = await Given.OrganizationAsync(Database);
        var people = new List<User>();
        for (var number = 0; number < 27; number++)
        {
            people.Add(await acme.MemberAsync($"p{number:00}"));
        }

        await acme.TeamAsync("crew", [.. people]);
        var page = await RenderInAsync<TeamSection>(acme, acme.Owner, ("Slug", "crew"));
        Assert.Equal(25, page.FindAll("tbody tr").Count);
        Assert.Contains("27", page.Find("#team-people").TextContent, StringComparison.Ordinal);

        Service<NavigationManager>().NavigateTo("/?page=2");
        page = await RenderInAsync<TeamSection>(acme, acme.Owner, ("Slug", "crew"));
        Assert.Equal(["p25@acme.test", "p26@acme.test"], page.FindAll("tbody .truncate").Select(cell => cell.TextContent));
    }

    [Fact]
    public async Task AddPeople_NothingIsWrittenBeforeItWasSeen()
    {
        var acme = await Given.OrganizationAsync(Database);
        var team = await acme.TeamAsync("crew");
        await acme.GrantAsync(await acme.ProjectAsync("vision"), team, ProjectRole.Developer);
        await acme.MemberAsync("ann");
        var details = (await Service<TeamDirectory>().GetAsync(Actors.Of(acme.Owner), acme.Id, "crew", new PageRequest(1, 25))).Value;
        var dialog = await RenderDialogAsync<AddTeamMembersDialog>(acme, acme.Owner, ("Team", details));

        await Unchanged.AssertNothingWrittenAsync(Database, async () =>
        {
            await dialog.Find("textarea").InputAsync(new ChangeEventArgs { Value = "ann@acme.test nobody@acme.test" });
            await Button(dialog, "Next").ClickAsync(new());
        });
        Assert.Equal(2, dialog.FindAll(".sunken-list[aria-label='Result for each address'] li").Count);
        Assert.Contains("Becomes Developer", dialog.Markup, StringComparison.Ordinal);
        await Button(dialog, "Add to team").ClickAsync(new());

        Assert.Equal(1, await Database.ReadAsync(db => db.Principals.CountAsync(principal => principal.Id == team.Id)));
    }

    [Fact]
    public async Task DeleteTeam_LastAdmin_OffersAnHeirAndThenDeletes()
    {
        var acme = await Given.OrganizationAsync(Database);
        var team = await acme.TeamAsync("crew", await acme.MemberAsync("ann"));
        var vision = await acme.ProjectAsync("vision", (await acme.MemberAsync("bob"), ProjectRole.Admin));
        await acme.GrantAsync(vision, team, ProjectRole.Admin);
        await Database.ReadAsync(async db =>
        {
            db.Grants.Remove(await db.Grants.SingleAsync(grant => grant.ProjectId == vision.Id && grant.PrincipalId != team.Id));
            return await db.SaveChangesAsync();
        });
        SignIn(acme.Owner);
        var teams = Service<TeamsService>();

        var dialog = (IRenderedComponent<IComponent>)Render<AccessChangeDialog>(parameters => parameters
            .Add(view => view.Description, "Ends every role.").Add(view => view.ConfirmLabel, "Delete team").Add(view => view.AfterLabel, "Afterwards").Add(view => view.MayNameHeir, true)
            .Add(view => view.Act, (actor, heir) => teams.DeleteAsync(actor, acme.Id, new TeamDeletion(team.Id, heir))));
        dialog.WaitForAssertion(() => Assert.Contains("vision would be left without an Admin", dialog.Find(".banner").TextContent, StringComparison.Ordinal));
        dialog.WaitForAssertion(() => Assert.False(Button(dialog, "Delete team").HasAttribute("disabled")));
        await Button(dialog, "Delete team").ClickAsync(new());

        Assert.False(await Database.ReadAsync(db => db.Teams.AnyAsync()));
        Assert.True(await Database.ReadAsync(db => db.Grants.AnyAsync(grant => grant.ProjectId == vision.Id && grant.PrincipalId == acme.Owner.Id && grant.RoleKey == "admin")));
    }

    [Fact]
    public async Task AccessChange_LastAdmin_AsksForNoHeirWhereTheActorMayNameNone()
    {
        var acme = await Given.OrganizationAsync(Database);
        SignIn(acme.Owner);

        var dialog = (IRenderedComponent<IComponent>)Render<AccessChangeDialog>(parameters => parameters
            .Add(view => view.Description, "Ends it.").Add(view => view.ConfirmLabel, "Delete team").Add(view => view.AfterLabel, "Afterwards")
            .Add(view => view.Act, (_, _) => Task.FromResult<Result<AccessChange>>(new LastAdmin(["vision"]))));

        dialog.WaitForAssertion(() => Assert.Contains("vision would be left without an Admin", dialog.Find(".banner").TextContent, StringComparison.Ordinal));
        Assert.Empty(dialog.FindAll("input"));
        Assert.True(Button(dialog, "Delete team").HasAttribute("disabled"));
    }

    [Fact]
    public async Task Workspace_OwnerGivesATeamARole_AfterSeeingWhomItReaches()
    {
        var acme = await Given.OrganizationAsync(Database);
        var (lab, _) = (await acme.WorkspaceAsync("lab"), await acme.TeamAsync("crew", await acme.MemberAsync("ann")));
        await acme.ChangeAsync(await acme.ProjectAsync("vision"), project => project.MoveTo(lab.Id));
        var dialog = await RenderDialogAsync<WorkspaceGrantDialog>(acme, acme.Owner, ("Workspace", new WorkspaceDetails(lab.Id, "lab", "lab", 1, [])));

        await Unchanged.AssertNothingWrittenAsync(Database, async () =>
        {
            await dialog.Find("input").InputAsync(new ChangeEventArgs { Value = "crew" });
            dialog.Find("select").Change("developer");
            await Button(dialog, "Next").ClickAsync(new());
        });
        Assert.Contains("Becomes Developer", dialog.Markup, StringComparison.Ordinal);
        await Button(dialog, "Confirm").ClickAsync(new());

        var page = await RenderInAsync<WorkspaceSection>(acme, acme.Owner, ("Slug", "lab"));
        Assert.Contains("crew", page.Find("tbody tr").TextContent, StringComparison.Ordinal);
        Assert.Contains("Developer", page.Find("tbody tr").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(typeof(TeamSection))]
    [InlineData(typeof(WorkspaceSection))]
    public async Task Section_NothingOfThatName_IsNotFound(Type section)
    {
        var acme = await Given.OrganizationAsync(Database);
        var (access, asked) = (await EnterAsync(acme, acme.Owner), false);
        Service<NavigationManager>().OnNotFound += (_, _) => asked = true;

        Render<CascadingValue<OrganizationAccess>>(outer => outer.Add(cascade => cascade.Value, access).AddChildContent(builder =>
        {
            builder.OpenComponent(0, section);
            builder.AddAttribute(1, "Slug", "nothing");
            builder.CloseComponent();
        })).WaitForAssertion(() => Assert.True(asked));
    }

    private static IElement Button(IRenderedComponent<IComponent> page, string name) => page.FindAll("button")
        .Single(button => button.GetAttribute("aria-label") == name || (button.TextContent.Trim().EndsWith(name, StringComparison.Ordinal) && !button.HasAttribute("aria-label")));

    private async Task<OrganizationAccess> EnterAsync(GivenOrganization organization, User user)
    {
        SignIn(user);
        return (await Service<AccessControl>().OpenOrganizationAsync(Actors.Of(user), organization.Slug))!;
    }

    private async Task<IRenderedComponent<IComponent>> RenderInAsync<TComponent>(GivenOrganization organization, User user, params (string Name, object Value)[] more)
        where TComponent : IComponent
    {
        var access = await EnterAsync(organization, user);
        var page = Render<TComponent>(parameters =>
        {
            parameters.AddCascadingValue(access);
            foreach (var (name, value) in more)
            {
                parameters.TryAdd(name, value);
            }
        });
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("h1")));
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
        dialog.WaitForState(() => dialog.FindAll("textarea, input").Count > 0);
        return (IRenderedComponent<IComponent>)dialog;
    }
}
