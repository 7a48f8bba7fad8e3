using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ProjectConsole.E2E.Infrastructure;

namespace ProjectConsole.E2E.Journeys;

public sealed class FirstVisitJourney(BrowserFixture browser, ServerFixture server) : E2ETest(browser, server)
{
    [Fact]
    public Task Visitor_signs_in_and_lands_in_the_only_organization() => RunAsync(async page =>
    {
        await page.GotoAsync("/");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();

        await page.SignInAsync("viewer@acme.test", "/");

        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/organizations/acme/projects$"));
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Account menu, viewer@acme.test" })).ToBeVisibleAsync();
    });

    [Fact]
    public Task Visitor_opens_an_unknown_address() => RunAsync(async page =>
    {
        var response = await page.GotoAsync("/no-such-page");

        Assert.Equal(404, response!.Status);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Not found" })).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();
        // A stranger gets no circuit.
        await Assertions.Expect(page.Locator("[data-interactive]")).Not.ToBeAttachedAsync();
    });
}
