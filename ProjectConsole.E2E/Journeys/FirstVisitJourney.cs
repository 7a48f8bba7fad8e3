using Microsoft.Playwright;
using ProjectConsole.E2E.Infrastructure;

namespace ProjectConsole.E2E.Journeys;

public sealed class FirstVisitJourney(BrowserFixture browser, ServerFixture server) : E2ETest(browser, server)
{
    [Fact]
    public Task Visitor_opens_the_home_page_and_clicks() => RunAsync(async page =>
    {
        await page.OpenAsync("/");

        await page.GetByRole(AriaRole.Button, new() { Name = "Count" }).ClickAsync();

        await Assertions.Expect(page.GetByText("Counted 1")).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();
    });

    [Fact]
    public Task Visitor_opens_an_unknown_address() => RunAsync(async page =>
    {
        var response = await page.GotoAsync("/no-such-page");

        Assert.Equal(404, response!.Status);
        await page.ShouldBeInteractiveAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Not found" })).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();
    });
}
