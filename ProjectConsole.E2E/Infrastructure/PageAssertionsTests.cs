namespace ProjectConsole.E2E.Infrastructure;

public sealed class PageAssertionsTests(BrowserFixture browser, ServerFixture server) : E2ETest(browser, server)
{
    [Fact]
    public Task AccessibilityFaults_OfAPageWithFaults_NameRuleAndElement() => RunAsync(async page =>
    {
        await page.SetContentAsync("""<html lang="en"><title>Faults</title><main><h1>Faults</h1><p style="color: #ccc">Pale</p><img src="data:," id="nameless"></main></html>""");

        var faults = await page.AccessibilityFaultsAsync();

        Assert.Contains("- image-alt", faults, StringComparison.Ordinal);
        Assert.Contains("#nameless", faults, StringComparison.Ordinal);
        Assert.Contains("- color-contrast", faults, StringComparison.Ordinal);
    });

    [Fact]
    public Task AccessibilityFaults_OfAPageWithout_AreNone() => RunAsync(async page =>
    {
        await page.SetContentAsync("""<html lang="en"><title>None</title><main><h1>None</h1></main></html>""");

        Assert.Empty(await page.AccessibilityFaultsAsync());
    });
}
