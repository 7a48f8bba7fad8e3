using Microsoft.Playwright;
using ProjectConsole.E2E.Infrastructure;

namespace ProjectConsole.E2E.Journeys;

/// <summary>What console.js does with every menu, shown on one put into a page, because no page needs data for it.</summary>
public sealed class MenuJourney(BrowserFixture browser, ServerFixture server) : E2ETest(browser, server)
{
    private const string Menu = """
        <button type="button" popovertarget="menu" aria-haspopup="menu" aria-expanded="false">Actions for Vision</button>
        <div id="menu" class="menu" popover="auto" role="menu" aria-label="Actions for Vision">
          <button type="button" role="menuitem" tabindex="-1" class="menu-item"><span data-menu-label>Change role</span></button>
          <button type="button" role="menuitem" tabindex="-1" class="menu-item"><span data-menu-label>Why?</span></button>
          <button type="button" role="menuitem" tabindex="-1" class="menu-item"><span data-menu-label>Remove User</span></button>
        </div>
        """;

    [Fact]
    public Task Person_uses_a_menu_by_keyboard() => RunAsync(async page =>
    {
        var opener = await OpenPageWithMenuAsync(page);

        await opener.PressAsync("Enter");
        await Assertions.Expect(Item(page, "Change role")).ToBeFocusedAsync();
        await Assertions.Expect(opener).ToHaveAttributeAsync("aria-expanded", "true");
        await page.Keyboard.PressAsync("ArrowUp");
        await Assertions.Expect(Item(page, "Remove User")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(Item(page, "Change role")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("w");
        await Assertions.Expect(Item(page, "Why?")).ToBeFocusedAsync();
        await page.ShouldBeAccessibleAsync();

        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.GetByRole(AriaRole.Menu)).ToBeHiddenAsync();
        await Assertions.Expect(opener).ToBeFocusedAsync();
        await Assertions.Expect(opener).ToHaveAttributeAsync("aria-expanded", "false");
    });

    [Fact]
    public Task Person_chooses_and_gets_the_focus_back() => RunAsync(async page =>
    {
        var opener = await OpenPageWithMenuAsync(page);

        await opener.ClickAsync();
        await Item(page, "Why?").ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Menu)).ToBeHiddenAsync();
        await Assertions.Expect(opener).ToBeFocusedAsync();
    });

    [Fact]
    public Task Person_keeps_the_theme_they_chose() => RunAsync(async page =>
    {
        await page.GotoAsync("/account/sign-in");
        await page.GetByRole(AriaRole.Button, new() { Name = "Switch theme" }).ClickAsync();
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");

        await page.ReloadAsync();

        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await page.ShouldBeAccessibleAsync();
    });

    private static ILocator Item(IPage page, string name) => page.GetByRole(AriaRole.Menuitem, new() { Name = name });

    private static async Task<ILocator> OpenPageWithMenuAsync(IPage page)
    {
        await page.GotoAsync("/account/sign-in");
        await page.EvaluateAsync("markup => document.querySelector('main').insertAdjacentHTML('beforeend', markup)", Menu);
        return page.GetByRole(AriaRole.Button, new() { Name = "Actions for Vision" });
    }
}
