using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace ProjectConsole.E2E.Infrastructure;

/// <summary>What every page must satisfy.</summary>
public static class PageAssertions
{
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    /// <summary>Fails with one readable line per element that axe finds at fault.</summary>
    public static async Task ShouldBeAccessibleAsync(this IPage page)
    {
        var faults = await page.AccessibilityFaultsAsync();
        Assert.True(faults.Length == 0, faults);
    }

    /// <summary>What axe finds at fault, one readable line per element; empty where it finds nothing.</summary>
    // Within the page itself: with frames one would need a second, empty page to put the parts together, and it takes three times as long.
    public static async Task<string> AccessibilityFaultsAsync(this IPage page)
    {
        Assert.Single(page.Frames);
        await page.EvaluateAsync(Axe);
        var faults = await page.EvaluateAsync<string[]>(
            """
            async () => (await axe.run(document, { resultTypes: ['violations'] })).violations.flatMap(rule => [
                `- ${rule.id} (${rule.impact}): ${rule.help}`,
                ...rule.nodes.map(node => `    ${node.target}: ${node.html}`),
            ])
            """);
        return faults.Length == 0 ? "" : string.Join(Environment.NewLine, [$"Accessibility rules are broken on {page.Url}:", .. faults]);
    }

    /// <summary>Opens a page and waits until it is interactive: before that, clicks are lost.</summary>
    public static async Task OpenAsync(this IPage page, string address)
    {
        await page.GotoAsync(address);
        await page.ShouldBeInteractiveAsync();
    }

    /// <summary>Waits until the page's circuit has rendered (Components/Routes.razor marks it).</summary>
    public static Task ShouldBeInteractiveAsync(this IPage page) =>
        Assertions.Expect(page.Locator("[data-interactive]")).ToBeAttachedAsync();
}
