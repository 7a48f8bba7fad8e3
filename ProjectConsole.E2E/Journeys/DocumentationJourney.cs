using Microsoft.Playwright;
using ProjectConsole.E2E.Infrastructure;
using ProjectConsole.E2E.Pages;

namespace ProjectConsole.E2E.Journeys;

public sealed class DocumentationJourney(BrowserFixture browser, ServerFixture server) : E2ETest(browser, server)
{
    [Fact]
    public Task Developer_reads_how_keys_work_and_tries_the_first_call_in_the_browser() => RunAsync(async page =>
    {
        await page.SignInAsync(SampleAccounts.Developer, "/");
        var token = await new KeysPage(page, KeysPage.Tokens).CreateAsync("try", "View clusters");
        await page.OpenAsync(KeysPage.Tokens);
        await page.GetByRole(AriaRole.Link, new() { Name = "Documentation" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Keys and the API" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Keys and the API" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText($"{Server.BaseAddress}api/v1/whoami")).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Try the API" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Authorize" }).ClickAsync();
        await page.Locator(".auth-container input").FillAsync(token);
        await page.GetByRole(AriaRole.Button, new() { Name = "Apply credentials" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Close", Exact = true }).ClickAsync();
        await page.Locator("#operations-tag-Access").ClickAsync();
        await page.GetByText("/api/v1/whoami").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Try it out" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Execute" }).ClickAsync();
        await Assertions.Expect(page.Locator(".live-responses-table")).ToContainTextAsync(SampleAccounts.Developer);

        await page.ReloadAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Authorize" }).ClickAsync();
        await Assertions.Expect(page.Locator(".auth-container input")).ToHaveValueAsync("");
    });
}
