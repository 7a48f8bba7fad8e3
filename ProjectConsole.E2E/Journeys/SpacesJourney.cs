using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ProjectConsole.E2E.Infrastructure;
using ProjectConsole.E2E.Pages;

namespace ProjectConsole.E2E.Journeys;

/// <summary>What is owned outside projects: the catalogue, personal spaces, and the ways of resources from one owner to another.</summary>
public sealed class SpacesJourney(BrowserFixture browser, ServerFixture server) : E2ETest(browser, server)
{
    [Fact]
    public Task Admin_adds_a_type_of_app_and_a_developer_of_a_project_makes_one_of_it() => RunAsync(async page =>
    {
        await page.SignInAsync(SampleAccounts.OrganizationAdmin, "/organizations/acme/catalogue");
        var catalogue = new ResourcesPage(page, "vision", "apps");
        await catalogue.PressAsync("Edit app types");
        await catalogue.PressAsync("Remove fooocus");
        await Assertions.Expect(page.GetByText("No app is of this type.").First).ToBeVisibleAsync();
        await catalogue.PressAsync("Add app type");
        await catalogue.FillAsync("Name of new app type 1", "streamlit");
        await catalogue.FillAsync("Title of new app type 1", "Streamlit board");
        await page.ShouldBeAccessibleAsync();
        await catalogue.PressAsync("Save app types");
        await Assertions.Expect(page.Locator(".app-types")).ToContainTextAsync("Streamlit board");

        var developing = await NewPersonAsync();
        await developing.SignInAsync(SampleAccounts.Developer, "/organizations/acme/projects/vision/resources/apps/new");
        var apps = new ResourcesPage(developing, "vision", "apps");
        await apps.FillAsync("Name", "results");
        await developing.GetByLabel("Type", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = "Streamlit board" });
        await apps.PressAsync("Create app");
        await Assertions.Expect(developing.GetByRole(AriaRole.Heading, new() { Name = "results", Level = 1 })).ToBeVisibleAsync();
        await apps.OpenAsync();
        await Assertions.Expect(apps.Row("results")).ToContainTextAsync("Streamlit board");
        await developing.ShouldBeAccessibleAsync();
    });

    [Fact]
    public Task Admin_adds_a_size_to_the_catalogue_and_a_developer_of_a_project_starts_a_machine_of_it() => RunAsync(async page =>
    {
        await page.SignInAsync(SampleAccounts.OrganizationAdmin, "/organizations/acme/projects");
        await page.GetByRole(AriaRole.Link, new() { Name = "Catalogue", Exact = true }).ClickAsync();
        await page.Locator("a.tile[href$='/catalogue/service-offerings']").ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "New service offering" }).ClickAsync();
        var offerings = new ResourcesPage(page, "vision", "service-offerings");
        await offerings.FillAsync("Name", "annotators");
        await offerings.FillAsync("CPU cores", "3");
        await offerings.FillAsync("Memory", "6");
        await page.ShouldBeAccessibleAsync();
        await offerings.PressAsync("Create service offering");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "annotators", Level = 1 })).ToBeVisibleAsync();

        var developing = await NewPersonAsync();
        await developing.SignInAsync(SampleAccounts.Developer, "/organizations/acme/projects/vision/resources/instances/new");
        var instances = new ResourcesPage(developing, "vision", "instances");
        await instances.FillAsync("Name", "annotator-9");
        await instances.FillAsync("Service offering", "annotators");
        await instances.PressAsync("Create instance");
        await Assertions.Expect(developing.GetByRole(AriaRole.Heading, new() { Name = "annotator-9", Level = 1 })).ToBeVisibleAsync();
        await developing.GetByRole(AriaRole.Link, new() { Name = "annotators" }).First.ClickAsync();
        await Assertions.Expect(developing).ToHaveURLAsync(new Regex("/catalogue/service-offerings/annotators$"));
        await Assertions.Expect(developing.Locator(".page-actions").GetByRole(AriaRole.Link)).ToHaveCountAsync(0);

        await developing.OpenAsync("/organizations/acme/projects/vision/resources/service-offerings/new");
        await Assertions.Expect(developing.GetByText("Service offerings belong to the organization's catalogue")).ToBeVisibleAsync();
        await developing.ShouldBeAccessibleAsync();

        await page.ReloadAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "annotator-9" })).ToBeVisibleAsync();
    });

    [Fact]
    public Task Viewer_tries_something_in_the_personal_space_and_a_manager_moves_an_own_one_into_the_project() => RunAsync(async page =>
    {
        await page.SignInAsync(SampleAccounts.Viewer, "/organizations/acme/projects");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Account menu") }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Personal space" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Personal space", Level = 1 })).ToBeVisibleAsync();
        await page.ShouldBeInteractiveAsync();
        await MakeVolumeAsync(page, "my-sample");
        await page.OpenAsync("/organizations/acme/personal-space/limits");
        await Assertions.Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Storage" })).ToContainTextAsync("7");
        await page.ShouldBeAccessibleAsync();

        var managing = await NewPersonAsync();
        await managing.SignInAsync(SampleAccounts.Manager, "/");
        Assert.Equal(404, (await managing.GotoAsync("/organizations/acme/personal-space/volumes/my-sample"))!.Status);
        await managing.OpenAsync("/organizations/acme/personal-space");
        await MakeVolumeAsync(managing, "rare-signs");
        var volumes = new ResourcesPage(managing, "vision", "volumes");
        await volumes.ChooseAsync("rare-signs", "Move");
        await Assertions.Expect(volumes.Dialog.GetByText("It depends on nothing, and nothing uses it.")).ToBeVisibleAsync();
        await volumes.MoveToAsync("Vision (vision)");
        await Assertions.Expect(managing).ToHaveURLAsync(new Regex("/personal-space/volumes$"));
        await volumes.OpenAsync("rare-signs");
        await Assertions.Expect(managing.GetByRole(AriaRole.Heading, new() { Name = "rare-signs", Level = 1 })).ToBeVisibleAsync();
    });

    [Fact]
    public Task Developer_grants_the_project_a_template_of_their_own_and_takes_it_back() => RunAsync(async page =>
    {
        await page.SignInAsync(SampleAccounts.Developer, "/organizations/acme/personal-space/templates/new");
        var own = new ResourcesPage(page, "vision", "templates");
        await own.FillAsync("Name", "notebook");
        await page.GetByLabel("Template of").SelectOptionAsync(new SelectOptionValue { Label = "Instance" });
        await own.PressAsync("Create template");
        await Assertions.Expect(page.GetByText("Nobody else has it.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Actions for notebook" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Share" }).ClickAsync();
        await Assertions.Expect(own.Dialog.GetByText("stays yours and counts in your personal space")).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();
        await own.FillAsync("Project ID", "nowhere");
        await own.Dialog.GetByRole(AriaRole.Button, new() { Name = "Share", Exact = true }).ClickAsync();
        await Assertions.Expect(own.Dialog.GetByText("There is no project nowhere that you see.")).ToBeVisibleAsync();
        await own.FillAsync("Project ID", "vision");
        await own.Dialog.GetByRole(AriaRole.Button, new() { Name = "Share", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("Waits")).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();

        var managing = await NewPersonAsync();
        await managing.SignInAsync(SampleAccounts.Manager, "/organizations/acme/projects/vision/settings/sharing");
        await Assertions.Expect(managing.GetByRole(AriaRole.Row).Filter(new() { HasText = "notebook" })).ToContainTextAsync("developer@acme.test");
        await managing.GetByRole(AriaRole.Button, new() { Name = "Actions for notebook" }).ClickAsync();
        await managing.GetByRole(AriaRole.Menuitem, new() { Name = "Accept" }).ClickAsync();
        await managing.OpenAsync("/organizations/acme/projects/vision/resources/instances/new");
        var instances = new ResourcesPage(managing, "vision", "instances");
        await instances.FillAsync("Name", "desk-1");
        await instances.FillAsync("CPU cores", "1");
        await instances.FillAsync("Memory", "1");
        await instances.FillAsync("Template", "developer@acme.test:template/notebook");
        await instances.PressAsync("Create instance");
        await Assertions.Expect(managing.GetByRole(AriaRole.Heading, new() { Name = "desk-1", Level = 1 })).ToBeVisibleAsync();
        await managing.OpenAsync("/organizations/acme/projects/vision/resources/templates");
        await managing.GetByRole(AriaRole.Link, new() { Name = "notebook" }).ClickAsync();
        await Assertions.Expect(managing.GetByText("Shared by developer@acme.test")).ToBeVisibleAsync();
        await managing.ShouldBeAccessibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "End the share with Vision" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "End share" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Nobody else has it.")).ToBeVisibleAsync();
        // The open page of the project leaves by itself.
        await Assertions.Expect(managing).ToHaveURLAsync(new Regex("/resources/templates$"));
    });

    [Fact]
    public Task Owner_is_told_why_a_volume_cannot_leave_its_project() => RunAsync(async page =>
    {
        await page.SignInAsync(SampleAccounts.Owner, "/");
        var volumes = new ResourcesPage(page, "vision", "volumes");
        await volumes.OpenAsync();
        await volumes.ChooseAsync("street-scenes-cache", "Move");
        await Assertions.Expect(volumes.Dialog.GetByText("It is used by gpu-a100-1")).ToBeVisibleAsync();
        await volumes.Dialog.GetByLabel("Project", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = "Speech (speech)" });
        await Assertions.Expect(volumes.Dialog.GetByText("street-scenes-cache is used by")).ToBeVisibleAsync();
        await Assertions.Expect(volumes.Dialog.GetByRole(AriaRole.Button, new() { Name = "Move", Exact = true })).ToBeDisabledAsync();
        await page.ShouldBeAccessibleAsync();
    });

    [Fact]
    public Task Admin_saves_what_somebody_who_left_had_into_a_project() => RunAsync(async page =>
    {
        await page.SignInAsync(SampleAccounts.OrganizationAdmin, "/organizations/acme/members");
        await page.GetByRole(AriaRole.Link, new() { Name = "Spaces of former members" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "former-trainee@acme.test" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Select Volume night-rides")).ToBeCheckedAsync();
        await page.GetByLabel("Select Model night-detector").UncheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Move 3 into a project" }).ClickAsync();
        var runs = new ResourcesPage(page, "vision", "runs");
        await runs.Dialog.GetByLabel("Project", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = "Vision (vision)" });
        await Assertions.Expect(runs.Dialog.GetByText("brighten-1 is used by Model night-detector.")).ToBeVisibleAsync();
        await runs.Dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await page.GetByLabel("Select Model night-detector").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Move all into a project" }).ClickAsync();
        await runs.MoveToAsync("Vision (vision)");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/members/spaces$"));
        await runs.OpenAsync("brighten-1");
        await Assertions.Expect(page.GetByText("former-trainee@acme.test").First).ToBeVisibleAsync();
    });

    private static async Task MakeVolumeAsync(IPage page, string name)
    {
        await page.Locator("a.tile[href$='/personal-space/volumes']").ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "New volume" }).ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await page.GetByLabel("Size", new() { Exact = true }).FillAsync("7");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create volume" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = name, Level = 1 })).ToBeVisibleAsync();
    }
}
