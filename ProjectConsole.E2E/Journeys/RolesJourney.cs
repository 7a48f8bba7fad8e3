using Microsoft.Playwright;
using ProjectConsole.E2E.Infrastructure;
using ProjectConsole.E2E.Pages;

namespace ProjectConsole.E2E.Journeys;

public sealed class RolesJourney(BrowserFixture browser, ServerFixture server) : E2ETest(browser, server)
{
    private const string Project = "/organizations/acme/projects/roles-drill";

    [Fact]
    public Task Admin_makes_a_role_and_sees_how_it_differs() => RunAsync(async page =>
    {
        await page.SignInAsync(SampleAccounts.Owner, "/");
        await new ProjectsPage(page).CreateAsync("Roles Drill", "roles-drill");

        await page.OpenAsync($"{Project}/settings/roles");
        await page.GetByRole(AriaRole.Link, new() { Name = "Create role" }).ClickAsync();
        await page.GetByLabel("Role name").FillAsync("ML Engineer");
        await Assertions.Expect(page.GetByText("The same as Developer")).ToBeVisibleAsync();
        await page.GetByLabel("Delete models", new() { Exact = true }).CheckAsync();
        await page.GetByLabel("View networks", new() { Exact = true }).UncheckAsync();
        await Assertions.Expect(page.GetByText("1 more, 5 fewer than Developer")).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Create role" }).ClickAsync();

        // The organization has one of that name, and two could not be told apart.
        await Assertions.Expect(page.GetByText("ML Engineer is taken here.")).ToBeVisibleAsync();
        await page.GetByLabel("Role name").FillAsync("Model Steward");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create role" }).ClickAsync();
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Model Steward" });
        await Assertions.Expect(row).ToContainTextAsync("106");
    });

    [Fact]
    public Task Admin_orders_the_rules_of_a_restriction_by_keyboard() => RunAsync(async page =>
    {
        await page.SignInAsync(SampleAccounts.Owner, "/");
        await page.OpenAsync("/organizations/acme/roles/restrictions/new");
        await page.GetByLabel("Restriction name").FillAsync("no-clusters");
        await page.GetByLabel("Rule 1: pattern").FillAsync("clusters.*");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add rule" }).ClickAsync();
        await page.GetByLabel("Rule 2: allow or deny").SelectOptionAsync("allow");
        await page.GetByLabel("Rule 2: pattern").FillAsync("clusters.view");
        await Assertions.Expect(page.GetByText("Has no effect: no rule below takes what it spares.")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Move rule 2 up" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByLabel("Rule 1: pattern")).ToHaveValueAsync("clusters.view");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Move rule 1 down" })).ToBeFocusedAsync();
        await Assertions.Expect(page.GetByText("106 of 110 permissions")).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();

        await page.GetByTitle("Drag to reorder").Nth(1).DragToAsync(page.GetByLabel("Rule 1: pattern"));
        await Assertions.Expect(page.GetByLabel("Rule 1: pattern")).ToHaveValueAsync("clusters.*");
        await page.GetByRole(AriaRole.Button, new() { Name = "Move rule 1 down" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Create restriction" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "no-clusters" })).ToContainTextAsync("6 permissions");
    });
}
