using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ProjectConsole.E2E.Infrastructure;
using ProjectConsole.E2E.Pages;

namespace ProjectConsole.E2E.Journeys;

public sealed class ProjectLifeJourney(BrowserFixture browser, ServerFixture server) : E2ETest(browser, server)
{
    [Fact]
    public Task Owner_suspends_activates_deletes_and_restores_a_project() => RunAsync(async page =>
    {
        await page.SignInAsync(SampleAccounts.Owner, "/");
        var projects = new ProjectsPage(page);
        await projects.CreateAsync("Short Lived", "short-lived");
        var dialog = page.GetByRole(AriaRole.Dialog);
        await page.OpenAsync("/organizations/acme/projects/short-lived/settings/danger-zone");

        await page.GetByRole(AriaRole.Button, new() { Name = "Suspend", Exact = true }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { NameRegex = new("^Suspend") }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Activate", Exact = true })).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Activate", Exact = true }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { NameRegex = new("^Activate") }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Suspend", Exact = true })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();
        var delete = dialog.GetByRole(AriaRole.Button, new() { NameRegex = new("^Delete") });
        await Assertions.Expect(delete).ToBeDisabledAsync();
        await page.ShouldBeAccessibleAsync();
        await dialog.GetByLabel(new Regex("to confirm")).FillAsync("short-lived");
        await delete.ClickAsync();

        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/organizations/acme/projects(\\?.*)?$"));
        await Assertions.Expect(projects.Row("short-lived")).ToHaveCountAsync(0);
        var gone = await page.GotoAsync("/organizations/acme/projects/short-lived");
        Assert.Equal(404, gone!.Status);

        await page.OpenAsync("/organizations/acme/projects?state=deleted");
        await page.ShouldBeAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Actions for Short Lived" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { NameRegex = new("^Restore") }).ClickAsync();
        await Assertions.Expect(page.GetByText("Short Lived is restored.")).ToBeVisibleAsync();
        await page.OpenAsync("/organizations/acme/projects/short-lived");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Short Lived", Level = 1 })).ToBeVisibleAsync();
    });
}
