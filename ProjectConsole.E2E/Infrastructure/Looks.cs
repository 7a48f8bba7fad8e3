using Microsoft.Playwright;

namespace ProjectConsole.E2E.Infrastructure;

/// <summary>The looks that every page must have: light, dark, and on a phone.</summary>
public static class Looks
{
    /// <summary>A browser with that look.</summary>
    public static BrowserNewContextOptions Options(string look) => new()
    {
        ColorScheme = look == "dark" ? ColorScheme.Dark : ColorScheme.Light,
        ViewportSize = look == "phone" ? new() { Width = 390, Height = 844 } : new() { Width = 1360, Height = 900 },
    };

    /// <summary>What is wrong with the page that is open; its picture is left beside the other results.</summary>
    public static async Task<IReadOnlyList<string>> FaultsAsync(this IPage page, string look, string name)
    {
        var pictures = Path.Combine(BuildOutput.TestResults, "pages");
        Directory.CreateDirectory(pictures);
        // Not until the network is idle: that is half a second of waiting on every page. A static page has no circuit to wait for.
        await Assertions.Expect(page.Locator("[data-interactive], body[data-static]").First).ToBeAttachedAsync();
        await Assertions.Expect(page.Locator("h1").First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".skeleton")).ToHaveCountAsync(0);
        await page.ScreenshotAsync(new() { Path = Path.Combine(pictures, $"{name}.{look}.png") });
        var faults = new List<string>();
        if (await page.AccessibilityFaultsAsync() is { Length: > 0 } described)
        {
            faults.Add(described);
        }

        // A page that is wider than the window makes a person scroll sideways to read it.
        if (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
        {
            faults.Add($"{name} is wider than the window.");
        }

        // The frame of the console fills the window, and the page scrolls within it.
        if (await page.EvaluateAsync<bool>("document.querySelector('.app-shell') !== null && document.documentElement.scrollHeight > document.documentElement.clientHeight + 1"))
        {
            faults.Add($"{name} scrolls beside its own scrollbar.");
        }

        var title = await page.TitleAsync();
        if (!title.EndsWith(" · ProjectConsole", StringComparison.Ordinal))
        {
            faults.Add($"{name} has the title \"{title}\".");
        }

        return faults;
    }
}
