using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ProjectConsole.E2E.Infrastructure;
using ProjectConsole.E2E.Pages;

namespace ProjectConsole.E2E.Journeys;

public sealed class SwitcherJourney(BrowserFixture browser, ServerFixture server) : E2ETest(browser, server)
{
    [Fact]
    public Task Owner_switches_projects_by_keyboard() => RunAsync(async page =>
    {
        await page.SignInAsync(SampleAccounts.Owner, "/organizations/acme/projects/vision/settings/collaborators");
        var opener = page.GetByRole(AriaRole.Button, new() { Name = "Switch project" });
        var search = page.GetByRole(AriaRole.Combobox, new() { Name = "Name or Project ID" });

        await opener.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(search).ToBeFocusedAsync();
        await Assertions.Expect(opener).ToHaveAttributeAsync("aria-expanded", "true");
        await page.ShouldBeAccessibleAsync();

        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(search).ToBeHiddenAsync();
        await Assertions.Expect(opener).ToBeFocusedAsync();
        await Assertions.Expect(opener).ToHaveAttributeAsync("aria-expanded", "false");

        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(search).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("s");
        // Speech and staging.
        var options = page.GetByRole(AriaRole.Listbox, new() { Name = "Switch project" }).GetByRole(AriaRole.Option);
        await Assertions.Expect(page.Locator("[data-answers='s']")).ToBeVisibleAsync();
        Assert.True(await options.CountAsync() > 1);
        await Assertions.Expect(options.Nth(0)).ToHaveAttributeAsync("aria-selected", "true");
        await page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(options.Nth(1)).ToHaveAttributeAsync("aria-selected", "true");
        await page.Keyboard.PressAsync("ArrowUp");
        await page.Keyboard.PressAsync("ArrowUp");
        await Assertions.Expect(options.Last).ToHaveAttributeAsync("aria-selected", "true");
        await page.Keyboard.PressAsync("ArrowDown");
        var chosen = await options.Nth(0).GetAttributeAsync("href");
        await page.Keyboard.PressAsync("Enter");

        // The section is kept.
        await Assertions.Expect(page).ToHaveURLAsync(new Regex($"{Regex.Escape(chosen!)}$"));
        Assert.EndsWith("/settings/collaborators", chosen);
        await Assertions.Expect(search).ToBeHiddenAsync();
    });

    [Fact]
    public Task Person_goes_from_page_to_page_and_title_path_and_tabs_follow() => RunAsync(async page =>
    {
        var path = page.GetByRole(AriaRole.Navigation, new() { Name = "Organization, workspace, project" });
        var tabs = page.GetByRole(AriaRole.Navigation, new() { Name = "Sections" });
        await page.SignInAsync(SampleAccounts.Owner, "/organizations/acme/projects");
        await Assertions.Expect(page).ToHaveTitleAsync("Projects · ProjectConsole");
        await page.EvaluateAsync("window.isSameDocument = true");

        await page.GetByRole(AriaRole.Link, new() { Name = "Vision", Exact = true }).ClickAsync();
        await Assertions.Expect(page).ToHaveTitleAsync("Vision · ProjectConsole");
        await Assertions.Expect(path.GetByRole(AriaRole.Link, new() { Name = "Vision" })).ToHaveAttributeAsync("aria-current", "page");
        await Assertions.Expect(tabs.GetByRole(AriaRole.Link, new() { Name = "Overview" })).ToHaveAttributeAsync("aria-current", "page");

        await page.GoBackAsync();
        await Assertions.Expect(page).ToHaveTitleAsync("Projects · ProjectConsole");
        await Assertions.Expect(path.GetByRole(AriaRole.Link, new() { Name = "Vision" })).ToHaveCountAsync(0);
        await Assertions.Expect(tabs.GetByRole(AriaRole.Link, new() { Name = "Projects" })).ToHaveAttributeAsync("aria-current", "page");
        Assert.True(await page.EvaluateAsync<bool>("window.isSameDocument === true"), "The browser loaded another document.");
    });

    [Fact]
    public Task Person_searches_everything_by_keyboard_and_finds_nothing() => RunAsync(async page =>
    {
        await page.SignInAsync(SampleAccounts.Viewer, "/organizations/acme/projects");

        await page.Keyboard.PressAsync("Control+k");
        var search = page.GetByRole(AriaRole.Combobox);
        await Assertions.Expect(search).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("no such thing");
        await Assertions.Expect(page.GetByText("Nothing here that you may open matches")).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/organizations/acme/projects$"));
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(search).ToBeHiddenAsync();
    });
}
