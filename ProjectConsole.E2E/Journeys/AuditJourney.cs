using Microsoft.Playwright;
using ProjectConsole.E2E.Infrastructure;
using ProjectConsole.E2E.Pages;

namespace ProjectConsole.E2E.Journeys;

public sealed class AuditJourney(BrowserFixture browser, ServerFixture server) : E2ETest(browser, server)
{
    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    [InlineData("phone")]
    public Task Auditor_verifies_the_sealed_log(string look) => RunAsync(async _ =>
    {
        var page = await NewPersonAsync(options: Looks.Options(look));
        await page.SignInAsync(SampleAccounts.Auditor, "/organizations/acme/audit");
        await page.ShouldBeInteractiveAsync();
        var verify = page.GetByRole(AriaRole.Button, new() { Name = "Verify", Exact = true });

        // What the sample wrote is sealed within seconds of the start; until then the answer says so.
        for (var attempt = 0; attempt < 10; attempt++)
        {
            await verify.ClickAsync();
            await Assertions.Expect(page.Locator(".banner")).ToBeVisibleAsync();
            if (!await page.GetByText("No entry is sealed yet").IsVisibleAsync())
            {
                break;
            }

            await page.OpenAsync("/organizations/acme/audit");
        }

        await Assertions.Expect(page.GetByText("unbroken up to")).ToBeVisibleAsync();
        Assert.Empty(await page.FaultsAsync(look, "audit-verified"));
    }, $"{nameof(Auditor_verifies_the_sealed_log)}.{look}");
}
