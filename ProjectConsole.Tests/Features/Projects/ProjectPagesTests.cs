using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Features.Collaborators;
using ProjectConsole.Features.Projects;
using ProjectConsole.Security;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Projects;

public sealed class ProjectPagesTests : ConsoleTestContext
{
    private BunitJSModuleInterop? _drafts;

    public ProjectPagesTests()
    {
        Services.AddScoped<CurrentActor>();
        Services.AddSupplyValueFromQueryProvider();
        Services.AddCollaboratorsFeature();
        Services.AddProjectsFeature();
    }

    [Theory]
    [InlineData("?page=x")]
    [InlineData("?size=99999999999")]
    [InlineData("?STATE=Active&sort=-NAME&mine=x&q=%00")]
    public async Task List_NonsenseInTheAddress_CountsAsNotThere(string query)
    {
        var acme = await Given.OrganizationAsync(Database);
        await acme.ProjectAsync("churn");
        SignIn(acme.Owner);
        Service<NavigationManager>().NavigateTo($"/{query}");

        var page = await ListAsync(acme, acme.Owner);

        Assert.Equal(2, page.FindAll("tbody tr").Count);
    }

    [Fact]
    public void Address_NamesInCapitals_AreRead()
    {
        var query = new ProjectAddress(null, "SUSPENDED,Deleted,1", "Viewer", "1", "Default", null, "-Name", "2", "50").Read();

        Assert.Equal([ProjectState.Suspended, ProjectState.Deleted], query.States);
        Assert.Equal((ProjectRole.Viewer, true, "default", ProjectSort.Name, true), (query.Role, query.Mine, query.Workspace, query.Sort, query.IsDescending));
        Assert.Equal((2, 50), (query.Page.Number, query.Page.Size));
    }

    [Fact]
    public async Task List_Viewer_SeesRowsAndIsNotOfferedWhatTheyMayNotDo()
    {
        var acme = await Given.OrganizationAsync(Database, settings: settings => settings with { ProjectCreation = ProjectConsole.Domain.Organizations.ProjectCreation.Admins });
        var viewer = await acme.MemberAsync("viewer");
        await acme.ProjectAsync("churn", (viewer, ProjectRole.Viewer));
        SignIn(viewer);

        var page = await ListAsync(acme, viewer);

        Assert.Equal(["churn", "Default Project"], page.FindAll("tbody tr td:first-child").Select(cell => cell.TextContent.Trim()).Order(StringComparer.OrdinalIgnoreCase));
        Assert.Equal(["All resources"], page.FindAll(".page-actions a, .page-actions button").Select(entry => entry.TextContent.Replace("category", "", StringComparison.Ordinal).Trim()));
        await page.Find("button[aria-label='Actions for churn']").ClickAsync(new());
        var entries = page.FindAll("[role=menu][aria-label='Actions for churn'] [role=menuitem]").ToDictionary(entry => entry.QuerySelector("[data-menu-label]")!.TextContent);
        Assert.Equal(["Open", "Settings", "Collaborators", "Copy Project ID", "Suspend", "Delete"], entries.Keys);
        Assert.Equal("true", entries["Delete"].GetAttribute("aria-disabled"));
        Assert.Null(entries["Open"].GetAttribute("aria-disabled"));
        Assert.DoesNotContain("Deleted", page.Find(".filter-bar").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_Owner_SortsFiltersAndPagesByLinks()
    {
        var acme = await Given.OrganizationAsync(Database);
        await acme.ProjectAsync("churn");
        SignIn(acme.Owner);
        Service<NavigationManager>().NavigateTo("/organizations/acme/projects?q=chu&sort=name&state=active");

        var page = await ListAsync(acme, acme.Owner);

        Assert.Equal("churn", Assert.Single(page.FindAll("tbody tr td:first-child")).TextContent.Trim());
        Assert.Equal("/organizations/acme/projects?q=chu&state=active&sort=-name", page.Find("th[aria-sort=ascending] a").GetAttribute("href"));
        Assert.NotNull(page.Find("a[href='/organizations/acme/projects/new']"));
    }

    [Fact]
    public async Task List_NothingMatches_SaysSoAndOffersTheWayBack()
    {
        var acme = await Given.OrganizationAsync(Database);
        SignIn(acme.Owner);
        Service<NavigationManager>().NavigateTo("/organizations/acme/projects?q=visoin");

        var page = await ListAsync(acme, acme.Owner);

        Assert.Contains("No project matches “visoin”", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("table"));
    }

    [Fact]
    public async Task List_ScriptInTheName_IsShownAsText()
    {
        var acme = await Given.OrganizationAsync(Database);
        var churn = await acme.ProjectAsync("churn");
        await acme.ChangeAsync(churn, project => project.Change(ProjectDetails.Named("<script>alert(1)</script>")));
        SignIn(acme.Owner);

        var page = await ListAsync(acme, acme.Owner);

        Assert.Empty(page.FindAll("script"));
        Assert.Contains(page.FindAll("tbody a.name-link"), link => link.TextContent == "<script>alert(1)</script>");
    }

    [Fact]
    public async Task Stepper_ThreeSteps_CreateOneProjectAndKeepValuesOnTheWayBack()
    {
        var acme = await Given.OrganizationAsync(Database);
        var ann = await acme.MemberAsync("ann");
        SignIn(ann);
        var page = await StepperAsync(acme, ann);

        page.Find("input[type=text], input.text-input").Input("Speech Translation");
        Assert.Equal("speech-translation", Field(page, "Project ID").GetAttribute("value"));
        await Press(page, "Next");
        Assert.Equal("step", page.FindAll(".stepper li")[1].GetAttribute("aria-current"));
        page.Find("input[type=email]").Change("nobody@acme.test");
        await Press(page, "Next");
        Assert.Contains("There is no account with this address in this organization.", page.Find(".field-error").TextContent, StringComparison.Ordinal);
        page.Find("input[type=email]").Change("owner@acme.test");
        await Press(page, "Next");
        Assert.Contains("is Admin already", page.Find(".field-error").TextContent, StringComparison.Ordinal);
        page.Find("input[type=email]").Change("");
        await Press(page, "Back");
        Assert.Equal("Speech Translation", Field(page, "Project Name").GetAttribute("value"));
        await Press(page, "Next");
        await Press(page, "Next");
        Assert.Contains("cannot be changed later", page.Markup, StringComparison.Ordinal);
        Assert.Contains("Organization Owner", page.Markup, StringComparison.Ordinal);
        await Press(page, "Create Project");

        Assert.EndsWith("/organizations/acme/projects/speech-translation", Service<NavigationManager>().Uri, StringComparison.Ordinal);
        Assert.NotNull(await Database.Get<AccessControl>().OpenProjectAsync(Actors.Of(ann), "acme", "speech-translation"));
    }

    [Fact]
    public async Task Stepper_WrongAndTakenIds_AreRefusedBesideTheField()
    {
        var acme = await Given.OrganizationAsync(Database);
        await acme.ProjectAsync("speech");
        SignIn(acme.Owner);
        var page = await StepperAsync(acme, acme.Owner);

        await Press(page, "Next");
        Assert.Equal(["Project Name is required.", "Project ID is required."], page.FindAll(".field-error span:last-child").Select(error => error.TextContent));
        Field(page, "Project Name").Input("Speech");
        await Field(page, "Project Name").ChangeAsync(new() { Value = "Speech" });
        Field(page, "Project ID").Input("my speech");
        await Field(page, "Project ID").ChangeAsync(new() { Value = "my speech" });
        page.WaitForAssertion(() => Assert.Equal("Use only letters, numbers, hyphens and underscores.", page.Find(".field-error span:last-child").TextContent));
        Field(page, "Project ID").Input("SPEECH");
        await Field(page, "Project ID").ChangeAsync(new() { Value = "SPEECH" });
        page.WaitForAssertion(() => Assert.Contains("speech is taken", page.Find(".field-error").TextContent, StringComparison.Ordinal));
        Assert.Contains("Capitals become small letters: speech", page.Markup.Replace("<code>", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains(page.FindAll("button"), button => button.TextContent == "speech-2");
    }

    [Fact]
    public async Task Stepper_DraftInTheBrowser_IsTakenUpAgain()
    {
        var acme = await Given.OrganizationAsync(Database);
        SignIn(acme.Owner);
        var draft = System.Text.Json.JsonSerializer.Serialize(new NewProjectForm { Name = "Kept", Slug = "kept", Step = 3 });

        var page = await StepperAsync(acme, acme.Owner, draft);

        page.WaitForAssertion(() => Assert.Equal("step", page.FindAll(".stepper li")[2].GetAttribute("aria-current")));
        Assert.Contains("kept", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Overview_DocumentationWithScriptAndHtml_IsInert()
    {
        var acme = await Given.OrganizationAsync(Database);
        var churn = await acme.ProjectAsync("churn");
        await acme.ChangeAsync(churn, project => project.Document(
            "## Purpose\n\n<script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n\n[run](javascript:alert(1)) [data](data:text/html,x) [odd](JaVa\tScript:alert(1)) ![pic](javascript:alert(1)) [good](https://example.test)"));
        SignIn(acme.Owner);

        var page = await OverviewAsync(acme, "churn", acme.Owner);

        Assert.Equal("Purpose", page.Find(".documentation h2").TextContent.Trim());
        Assert.Empty(page.FindAll(".documentation script, .documentation [onerror], .documentation iframe"));
        Assert.DoesNotContain(page.FindAll(".documentation [href], .documentation [src]"), element => IsActive(element.GetAttribute("href")) || IsActive(element.GetAttribute("src")));
        Assert.Contains(page.FindAll(".documentation a"), link => link.GetAttribute("href") == "https://example.test");
    }

    [Fact]
    public void Documentation_NestedTooDeep_IsShownUnparsed()
    {
        var text = new string('>', 5_000) + "a";

        var page = Render<ProjectDocumentation>(parameters => parameters.Add(view => view.Text, text));

        Assert.Equal(text, page.Find(".documentation pre").TextContent);
        Assert.Empty(page.FindAll("blockquote"));
    }

    [Theory]
    [InlineData(true, 10, 0)]
    [InlineData(false, ProjectDetails.LongestDocumentation + 1, 0)]
    [InlineData(false, ProjectDetails.LongestDocumentation, 1)]
    public async Task DocumentationEditor_EventPastThePage_IsDropped(bool isReadOnly, int length, int taken)
    {
        var typed = new List<string>();
        var page = Render<DocumentationEditor>(parameters => parameters
            .Add(view => view.Text, "").Add(view => view.IsReadOnly, isReadOnly).Add(view => view.TextChanged, typed.Add));

        await page.Find("textarea").ChangeAsync(new ChangeEventArgs { Value = new string('x', length) });

        Assert.Equal(taken, typed.Count);
    }

    [Fact]
    public async Task Overview_DefaultAndSuspended_CarryTheirBanners()
    {
        var acme = await Given.OrganizationAsync(Database);
        var churn = await acme.ProjectAsync("churn");
        await acme.ChangeAsync(churn, project => project.Suspend(true));
        SignIn(acme.Owner);

        Assert.Contains(
            "Everyone in the organization can open this project. Keep sensitive resources elsewhere.",
            (await OverviewAsync(acme, "default", acme.Owner)).Find(".banner").TextContent, StringComparison.Ordinal);
        Assert.Contains("The organization suspended this project.", (await OverviewAsync(acme, "churn", acme.Owner)).Find(".banner").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task General_SomebodySavedMeanwhile_KeepsWhatWasTypedAndAsks()
    {
        var acme = await Given.OrganizationAsync(Database);
        var churn = await acme.ProjectAsync("churn");
        SignIn(acme.Owner);
        var access = await ProjectAsync(acme.Owner, "churn");
        var page = Render<CascadingValue<ProjectAccess>>(value => value.Add(cascade => cascade.Value, access).AddChildContent<GeneralSection>());
        await acme.ChangeAsync(churn, project => project.Change(ProjectDetails.Named("Theirs")));

        Field(page, "Project Name").Change("Mine");
        await Press(page, "Save changes");
        Assert.Equal("Mine", Field(page, "Project Name").GetAttribute("value"));
        await Press(page, "Save mine over it");

        Assert.Equal("Mine", (await ProjectAsync(acme.Owner, "churn")).Project.Name);
        Assert.Empty(page.FindAll(".banner"));
    }

    [Fact]
    public async Task General_Viewer_ReadsAndCannotType()
    {
        var acme = await Given.OrganizationAsync(Database);
        var viewer = await acme.MemberAsync("viewer");
        await acme.ProjectAsync("churn", (viewer, ProjectRole.Viewer));
        SignIn(viewer);
        var access = await ProjectAsync(viewer, "churn");

        var page = Render<CascadingValue<ProjectAccess>>(value => value.Add(cascade => cascade.Value, access).AddChildContent<GeneralSection>());

        Assert.All(page.FindAll("input, textarea, select"), input => Assert.True(input.HasAttribute("disabled")));
        Assert.DoesNotContain(page.FindAll("button"), button => button.TextContent == "Save changes");
    }

    [Fact]
    public async Task Details_NameThatLooksLikeAnother_IsAWarningAndNoRefusal()
    {
        var acme = await Given.OrganizationAsync(Database);
        await acme.ChangeAsync(await acme.ProjectAsync("vision"), project => project.Change(ProjectDetails.Named("Vision")));
        SignIn(acme.Owner);
        var page = await StepperAsync(acme, acme.Owner);

        // The o is Cyrillic.
        Field(page, "Project Name").Input("Visiоn");
        await Field(page, "Project Name").ChangeAsync(new() { Value = "Visiоn" });

        Assert.Equal("vision", page.Find(".banner code").TextContent);
        Field(page, "Project ID").Input("another-vision");
        await Press(page, "Next");
        Assert.Empty(page.FindAll(".field-error"));
        Assert.Empty(page.FindAll("input[data-search]"));
    }

    private static bool IsActive(string? address) =>
        address is not null && (address.Trim().StartsWith("javascript", StringComparison.OrdinalIgnoreCase) || address.Trim().StartsWith("data:", StringComparison.OrdinalIgnoreCase) || address.Contains('\t', StringComparison.Ordinal));

    private static IElement Field(IRenderedComponent<IComponent> page, string label)
    {
        var id = page.FindAll("label.field-label").First(element => element.TextContent.StartsWith(label, StringComparison.Ordinal)).GetAttribute("for");
        return page.Find($"#{id}");
    }

    private static Task Press(IRenderedComponent<IComponent> page, string text) =>
        page.FindAll("button").First(button => button.TextContent.Trim() == text).ClickAsync(new());

    private async Task<IRenderedComponent<CascadingValue<OrganizationAccess>>> ListAsync(GivenOrganization acme, ProjectConsole.Data.Accounts.User person)
    {
        var access = await OrganizationAsync(acme, person);
        return Render<CascadingValue<OrganizationAccess>>(value => value.Add(cascade => cascade.Value, access).AddChildContent<ProjectsSection>());
    }

    private async Task<IRenderedComponent<CascadingValue<OrganizationAccess>>> StepperAsync(
        GivenOrganization acme, ProjectConsole.Data.Accounts.User person, string? draft = null)
    {
        _drafts ??= JSInterop.SetupModule("./Features/Projects/NewProjectSection.razor.js");
        _drafts.Mode = JSRuntimeMode.Loose;
        _drafts.Setup<string?>("read", _ => true).SetResult(draft);
        var access = await OrganizationAsync(acme, person);
        return Render<CascadingValue<OrganizationAccess>>(value => value.Add(cascade => cascade.Value, access).AddChildContent<NewProjectSection>());
    }

    private async Task<IRenderedComponent<CascadingValue<ProjectAccess>>> OverviewAsync(GivenOrganization acme, string slug, ProjectConsole.Data.Accounts.User person)
    {
        var access = await ProjectAsync(person, slug);
        return Render<CascadingValue<ProjectAccess>>(value => value.Add(cascade => cascade.Value, access).AddChildContent<OverviewSection>());
    }

    private async Task<OrganizationAccess> OrganizationAsync(GivenOrganization acme, ProjectConsole.Data.Accounts.User person) =>
        (await Database.Get<AccessControl>().OpenOrganizationAsync(Actors.Of(person), acme.Slug))!;

    private async Task<ProjectAccess> ProjectAsync(ProjectConsole.Data.Accounts.User person, string slug) =>
        (await Database.Get<AccessControl>().OpenProjectAsync(Actors.Of(person), "acme", slug))!;
}
