using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ProjectConsole.E2E.Infrastructure;
using ProjectConsole.E2E.Pages;

namespace ProjectConsole.E2E.Journeys;

public sealed class IdentityJourney(BrowserFixture browser, ServerFixture server) : E2ETest(browser, server)
{
    [Fact]
    public Task Signed_out_person_gets_nothing_by_the_back_button() => RunAsync(async page =>
    {
        await page.SignInAsync(SampleAccounts.Manager, "/organizations/acme/projects/vision");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Account menu") }).ClickAsync();
        await page.GetByText("Sign out", new() { Exact = true }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/account/sign-in"));

        await page.GoBackAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Vision", Level = 1 })).ToHaveCountAsync(0);
    });
}
