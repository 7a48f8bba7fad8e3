using Microsoft.Playwright;
using ProjectConsole.E2E.Infrastructure;
using ProjectConsole.E2E.Pages;

namespace ProjectConsole.E2E.Journeys;

public sealed class LimitsJourney(BrowserFixture browser, ServerFixture server) : E2ETest(browser, server)
{
    [Fact]
    public Task Owner_limits_the_storage_of_a_project_and_a_developer_is_told_why_there_is_no_more() => RunAsync(async page =>
    {
        await page.SignInAsync(SampleAccounts.Owner, "/");
        await new ProjectsPage(page).CreateAsync("Storage Drill", "storage-drill");
        await LetInAsync(page, "storage-drill");
        await page.GetByRole(AriaRole.Link, new() { Name = "Limits", Exact = true }).ClickAsync();
        var limits = new LimitsPage(page, LimitsPage.Of("storage-drill"));
        await Assertions.Expect(limits.Row("Storage")).ToContainTextAsync("Built-in default");
        await limits.TypeAsync("Storage", "150");
        await page.ShouldBeAccessibleAsync();
        await limits.SaveAsync();
        await Assertions.Expect(limits.Row("Storage")).ToContainTextAsync("0 of 150 GiB");

        var developing = await NewPersonAsync();
        await developing.SignInAsync(SampleAccounts.Developer, "/");
        var volumes = new ResourcesPage(developing, "storage-drill", "volumes");
        await MakeVolumeAsync(developing, volumes, "frames", "100");
        await MakeVolumeAsync(developing, volumes, "labels", "50");
        await TryVolumeAsync(developing, volumes, "more", "1");
        await Assertions.Expect(developing.GetByText("Storage: 1 GiB asked for, 150 GiB of 150 GiB used. The limit is the project's own: an Admin of the project can raise it.")).ToBeVisibleAsync();
        await Assertions.Expect(developing.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync("more");
        await developing.ShouldBeAccessibleAsync();
        await ShouldHaveFramesAndLabelsAloneAsync(volumes);

        await limits.OpenAsync();
        await Assertions.Expect(limits.Bar("Storage")).ToHaveAttributeAsync("aria-valuenow", "100");
        await limits.TypeAsync("Storage", "40");
        await Assertions.Expect(limits.Dialog.GetByText("150 GiB used now.")).ToBeVisibleAsync();
        await Assertions.Expect(limits.Dialog.GetByText("That is less than what is used. Nothing is taken away")).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();
        await limits.SaveAsync();
        await Assertions.Expect(limits.Row("Storage")).ToContainTextAsync("150 of 40 GiB");
        await page.ShouldBeAccessibleAsync();

        await ShouldHaveFramesAndLabelsAloneAsync(volumes);
        await TryVolumeAsync(developing, volumes, "more", "1");
        await Assertions.Expect(developing.GetByText("Storage: 1 GiB asked for, 150 GiB of 40 GiB used.")).ToBeVisibleAsync();
        await ShouldHaveFramesAndLabelsAloneAsync(volumes);

        var seen = new LimitsPage(developing, LimitsPage.Of("storage-drill"));
        await seen.OpenAsync();
        await Assertions.Expect(seen.Row("Storage")).ToContainTextAsync("This project");
        await Assertions.Expect(seen.Row("Storage")).ToContainTextAsync(SampleAccounts.Owner);
        await Assertions.Expect(seen.Row("Volumes")).ToContainTextAsync("2 of 50");
        await Assertions.Expect(developing.GetByRole(AriaRole.Button, new() { Name = "Change limit" })).ToHaveCountAsync(0);
    });

    [Fact]
    public Task Organization_admin_limits_the_memory_of_each_project_and_none_goes_beyond_it() => RunAsync(async page =>
    {
        await page.SignInAsync(SampleAccounts.OrganizationAdmin, "/");
        await new ProjectsPage(page).CreateAsync("Memory Drill", "memory-drill");
        await LetInAsync(page, "memory-drill");
        // As much as the built-in default, so that no other project has less for it.
        var ofEach = new LimitsPage(page, LimitsPage.OfEachProject);
        await ofEach.OpenAsync();
        await ofEach.SetAsync("Memory", "4096");
        await Assertions.Expect(ofEach.Row("Memory")).ToContainTextAsync("This organization");
        await Assertions.Expect(ofEach.Row("Memory")).ToContainTextAsync(SampleAccounts.OrganizationAdmin);
        await page.ShouldBeAccessibleAsync();

        var own = new LimitsPage(page, LimitsPage.Of("memory-drill"));
        await own.OpenAsync();
        await Assertions.Expect(own.Row("Memory")).ToContainTextAsync("The organization");
        await own.TypeAsync("Memory", "5000");
        await own.SaveAsync();
        await Assertions.Expect(own.Dialog.GetByText("The limit can be at most 4,096 GiB, which is the organization's limit. An Owner or Admin of the organization can raise it.")).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();
        await own.Dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Assertions.Expect(own.Row("Memory")).ToContainTextAsync("0 of 4,096 GiB");

        var developing = await NewPersonAsync();
        await developing.SignInAsync(SampleAccounts.Developer, "/organizations/acme/projects/memory-drill/resources/instances/new");
        var instances = new ResourcesPage(developing, "memory-drill", "instances");
        await instances.FillAsync("Name", "giant");
        await instances.FillAsync("Memory", "5000");
        await instances.PressAsync("Create instance");
        await Assertions.Expect(developing.GetByText(
            "Memory: 5,000 GiB asked for, 0 GiB of 4,096 GiB used. The limit is the organization's: an Owner or Admin of the organization can raise it.")).ToBeVisibleAsync();
        await instances.OpenAsync();
        await Assertions.Expect(developing.GetByText("No instances in Memory Drill yet")).ToBeVisibleAsync();

        await ofEach.OpenAsync();
        await ofEach.SetAsync("Memory", "");
        await Assertions.Expect(ofEach.Row("Memory")).ToContainTextAsync("Built-in default");
    });

    private static async Task LetInAsync(IPage page, string projectId)
    {
        var collaborators = new CollaboratorsPage(page, projectId);
        await collaborators.OpenAsync();
        await collaborators.TryAddAsync(SampleAccounts.Developer);
        await Assertions.Expect(collaborators.Row(SampleAccounts.Developer)).ToContainTextAsync("Developer");
    }

    private static async Task MakeVolumeAsync(IPage page, ResourcesPage volumes, string name, string size)
    {
        await TryVolumeAsync(page, volumes, name, size);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = name, Level = 1 })).ToBeVisibleAsync();
    }

    private static async Task TryVolumeAsync(IPage page, ResourcesPage volumes, string name, string size)
    {
        await volumes.OpenAsync("new");
        await volumes.FillAsync("Name", name);
        await volumes.FillAsync("Size", size);
        await volumes.PressAsync("Create volume");
    }

    private static async Task ShouldHaveFramesAndLabelsAloneAsync(ResourcesPage volumes)
    {
        await volumes.OpenAsync();
        await Assertions.Expect(volumes.Row("frames")).ToBeVisibleAsync();
        await Assertions.Expect(volumes.Row("labels")).ToBeVisibleAsync();
        await Assertions.Expect(volumes.Row("more")).ToHaveCountAsync(0);
    }
}
