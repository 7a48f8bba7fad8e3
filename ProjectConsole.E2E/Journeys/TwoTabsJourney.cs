using Microsoft.Playwright;
using ProjectConsole.E2E.Infrastructure;
using ProjectConsole.E2E.Pages;

namespace ProjectConsole.E2E.Journeys;

/// <summary>Two tabs change the same thing: the second one is asked, and nothing is lost unasked.</summary>
public sealed class TwoTabsJourney(BrowserFixture browser, ServerFixture server) : E2ETest(browser, server)
{
    private const string Stale = "Somebody changed these settings while you were editing.";

    [Fact]
    public Task Owner_edits_in_two_tabs_and_chooses() => RunAsync(async first =>
    {
        await first.SignInAsync(SampleAccounts.Owner, "/");
        await new ProjectsPage(first).CreateAsync("Two Tabs", "two-tabs");
        const string address = "/organizations/acme/projects/two-tabs/settings/general";
        await first.OpenAsync(address);
        var second = await first.Context.NewPageAsync();
        await second.OpenAsync(address);

        await SaveAsync(first, "From the first tab");
        await Assertions.Expect(first.GetByText("The settings are saved.")).ToBeVisibleAsync();
        await SaveAsync(second, "From the second tab");

        await Assertions.Expect(second.GetByText(Stale)).ToBeVisibleAsync();
        await Assertions.Expect(Description(second)).ToHaveValueAsync("From the second tab");
        await second.ShouldBeAccessibleAsync();
        await first.OpenAsync(address);
        await Assertions.Expect(Description(first)).ToHaveValueAsync("From the first tab");

        await second.GetByRole(AriaRole.Button, new() { Name = "Save mine over it" }).ClickAsync();
        await Assertions.Expect(second.GetByText(Stale)).ToHaveCountAsync(0);
        await SaveAsync(first, "From the first tab again");
        await Assertions.Expect(first.GetByText(Stale)).ToBeVisibleAsync();
        await first.GetByRole(AriaRole.Button, new() { Name = "Reload theirs" }).ClickAsync();
        await Assertions.Expect(Description(first)).ToHaveValueAsync("From the second tab");
    });

    private static ILocator Description(IPage page) => page.GetByLabel("Description");

    private static async Task SaveAsync(IPage page, string description)
    {
        await Description(page).FillAsync(description);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save changes" }).ClickAsync();
    }
}
