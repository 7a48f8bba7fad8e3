using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ProjectConsole.E2E.Infrastructure;
using ProjectConsole.E2E.Pages;

namespace ProjectConsole.E2E.Journeys;

public sealed class ResourcesJourney(BrowserFixture browser, ServerFixture server) : E2ETest(browser, server)
{
    [Fact]
    public Task Developer_makes_stops_and_edits_a_cluster_a_viewer_looks_on_and_a_manager_deletes_it() => RunAsync(async page =>
    {
        await page.SignInAsync(SampleAccounts.Developer, "/");
        await page.OpenAsync("/organizations/acme/projects/vision");
        await page.GetByRole(AriaRole.Link, new() { Name = "Resources", Exact = true }).ClickAsync();
        await page.Locator("a.tile[href$='/resources/clusters']").ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "New cluster" }).ClickAsync();
        var clusters = new ResourcesPage(page, "vision", "clusters");

        await clusters.FillAsync("Name", "drill-1");
        await clusters.FillAsync("Nodes", "0");
        await clusters.FillAsync("GPUs per node", "0");
        await page.GetByLabel("GPU type", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = "No GPU" });
        await clusters.PressAsync("Create cluster");
        await Assertions.Expect(page.GetByText("Nodes must be between 1 and 512.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync("drill-1");
        await page.ShouldBeAccessibleAsync();

        await clusters.FillAsync("Nodes", "1");
        await clusters.PressAsync("Create cluster");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "drill-1", Level = 1 })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".page-title")).ToContainTextAsync("Running");
        await clusters.PressAsync("Stop");
        await Assertions.Expect(page.Locator(".page-title")).ToContainTextAsync("Stopped");
        await page.ShouldBeAccessibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Edit", Exact = true }).ClickAsync();
        await clusters.FillAsync("Description", "Used by the drill.");
        await clusters.PressAsync("Save changes");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/clusters/drill-1$"));
        await Assertions.Expect(page.GetByText("Used by the drill.").First).ToBeVisibleAsync();

        var looking = await NewPersonAsync();
        await looking.SignInAsync(SampleAccounts.Viewer, "/");
        var seen = new ResourcesPage(looking, "vision", "clusters");
        await seen.OpenAsync("drill-1");
        await Assertions.Expect(looking.Locator(".page-title")).ToContainTextAsync("Stopped");
        await Assertions.Expect(looking.Locator(".page-actions")).ToHaveCountAsync(1);
        await Assertions.Expect(looking.Locator(".page-actions").GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        await Assertions.Expect(looking.Locator(".page-actions").GetByRole(AriaRole.Link)).ToHaveCountAsync(0);
        await seen.OpenAsync();
        await Assertions.Expect(seen.Row("drill-1")).ToBeVisibleAsync();
        await Assertions.Expect(looking.Locator("main table button, main .page-actions a")).ToHaveCountAsync(0);

        var managing = await NewPersonAsync();
        await managing.SignInAsync(SampleAccounts.Manager, "/");
        var managed = new ResourcesPage(managing, "vision", "clusters");
        await managed.OpenAsync();
        await managed.ChooseAsync("drill-1", "Delete");
        await Assertions.Expect(managed.Dialog.GetByText("Nothing depends on it.")).ToBeVisibleAsync();
        await managing.ShouldBeAccessibleAsync();
        await managed.Dialog.GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();
        await Assertions.Expect(managed.Row("drill-1")).ToHaveCountAsync(0);
        var gone = await page.GotoAsync("/organizations/acme/projects/vision/resources/clusters/drill-1");
        Assert.Equal(404, gone!.Status);
    });

    [Fact]
    public Task Manager_is_told_what_depends_on_a_volume_and_stops_two_at_once() => RunAsync(async page =>
    {
        await page.SignInAsync(SampleAccounts.Manager, "/");
        var volumes = new ResourcesPage(page, "vision", "volumes");
        await volumes.OpenAsync("street-scenes-cache");
        await volumes.ChooseAsync("street-scenes-cache", "Delete");
        await Assertions.Expect(volumes.Dialog.GetByText("street-scenes-cache is used by")).ToBeVisibleAsync();
        await Assertions.Expect(volumes.Dialog.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "gpu-a100-1" })).ToBeVisibleAsync();
        await Assertions.Expect(volumes.Dialog.GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true })).ToBeDisabledAsync();
        await page.ShouldBeAccessibleAsync();
        await volumes.Dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();

        var instances = new ResourcesPage(page, "vision", "instances");
        await instances.OpenAsync();
        foreach (var name in (string[])["annotation-1", "annotation-2", "workstation-2"])
        {
            await page.GetByLabel($"Select {name}").CheckAsync();
        }

        await page.GetByRole(AriaRole.Group, new() { Name = "Selected Instances" }).GetByRole(AriaRole.Button, new() { Name = "Stop", Exact = true }).ClickAsync();
        await Assertions.Expect(instances.Dialog.GetByText("workstation-2: it is Stopped, so nothing is done")).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();
        await instances.Dialog.GetByRole(AriaRole.Button, new() { Name = "Stop 2" }).ClickAsync();
        await Assertions.Expect(instances.Dialog.GetByText("annotation-1: Stopped now")).ToBeVisibleAsync();
        await instances.Dialog.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await Assertions.Expect(instances.Row("annotation-2")).ToContainTextAsync("Stopped");
    });
}
