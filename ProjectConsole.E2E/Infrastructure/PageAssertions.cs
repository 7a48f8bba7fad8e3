using System.Text;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace ProjectConsole.E2E.Infrastructure;

/// <summary>What every page must satisfy.</summary>
public static class PageAssertions
{
    /// <summary>Fails with one readable line per element that axe finds at fault.</summary>
    public static async Task ShouldBeAccessibleAsync(this IPage page)
    {
        var faults = await page.AccessibilityFaultsAsync();
        Assert.True(faults.Length == 0, faults);
    }

    /// <summary>What axe finds at fault, one readable line per element; empty where it finds nothing.</summary>
    public static async Task<string> AccessibilityFaultsAsync(this IPage page)
    {
        var result = await page.RunAxe();
        return result.Violations.Length == 0 ? "" : Describe(page.Url, result.Violations);
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

    private static string Describe(string address, AxeResultItem[] violations)
    {
        var text = new StringBuilder().AppendLine(null, $"{violations.Length} accessibility rules are broken on {address}:");
        foreach (var rule in violations)
        {
            text.AppendLine(null, $"- {rule.Id} ({rule.Impact}): {rule.Help}");
            foreach (var node in rule.Nodes)
            {
                text.AppendLine(null, $"    {node.Target}: {node.Html}");
            }
        }

        return text.ToString();
    }
}
