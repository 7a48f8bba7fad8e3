using System.Globalization;
using Microsoft.Playwright;
using ProjectConsole.E2E.Infrastructure;
using ProjectConsole.Shared;

namespace ProjectConsole.E2E.Benchmarks.Circuits;

/// <summary>From a click that asks the server to the change on the page, in a real browser.</summary>
internal static class ClickLatency
{
    private const int Clicks = 300;

    // Sorting is a link: the server reads the rows anew and sends what differs. Timed inside the page, so that the remote
    // control of the browser is not in the figure. In turns by two columns, or a click would change nothing.
    private const string Script = """
        async clicks => {
            const times = [];
            for (let click = 0; click < clicks; click++) {
                const link = document.querySelector('main thead th:not([aria-sort]) a, main thead th[aria-sort="none"] a');
                if (!link) { return null; }
                const head = link.closest('thead');
                const changed = new Promise(resolve => new MutationObserver((_, observer) => { observer.disconnect(); resolve(); })
                    .observe(head, { subtree: true, attributes: true, childList: true, characterData: true }));
                const start = performance.now();
                link.click();
                await changed;
                times.push(performance.now() - start);
            }
            return times;
        }
        """;

    /// <summary>Prints the percentiles; nothing for a page without a column to sort by.</summary>
    public static async Task MeasureAsync(Uri server, string path)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await BrowserFixture.LaunchAsync(playwright);
        var page = await browser.NewPageAsync(new() { BaseURL = server.ToString(), ReducedMotion = ReducedMotion.Reduce });
        await page.GotoAsync(ConsoleUrls.SignIn);
        await page.GetByLabel("Email address").FillAsync(BenchmarkWorld.OwnerEmail);
        await page.GetByLabel("Password").FillAsync(BenchmarkWorld.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.GotoAsync(path);
        await page.Locator("[data-interactive]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        // A circuit's first drawing may be an empty page, while the database is asked.
        await page.Locator("main h1").First.WaitForAsync();
        if (await page.EvaluateAsync<double[]?>(Script, Clicks) is { } times)
        {
            Array.Sort(times);
            Console.WriteLine($"  click to DOM over {Clicks} clicks: p50 {At(times, 0.5)}, p95 {At(times, 0.95)}, p99 {At(times, 0.99)}, worst {At(times, 1)} ms");
        }
    }

    private static string At(double[] sorted, double share) =>
        sorted[(int)Math.Ceiling(share * sorted.Length) - 1].ToString("N1", CultureInfo.InvariantCulture);
}
