using Microsoft.Playwright;
using ProjectConsole.E2E.Infrastructure;
using ProjectConsole.E2E.Pages;

namespace ProjectConsole.E2E.Journeys;

public sealed class BoundariesJourney(BrowserFixture browser, ServerFixture server) : E2ETest(browser, server)
{
    [Theory]
    [InlineData("/organizations/acme/projects/vision")]
    [InlineData("/organizations/acme/projects/vision/settings/collaborators")]
    [InlineData("/organizations/acme/projects/no-such-project")]
    [InlineData("/organizations/acme/projects/vision/settings/audit")]
    [InlineData("/installation/accounts")]
    public Task Member_without_a_grant_gets_404(string address) => RunAsync(async page =>
    {
        await page.SignInAsync(SampleAccounts.Member, "/");

        var answer = await page.GotoAsync(address);

        Assert.Equal(404, answer!.Status);
        await page.ShouldBeAccessibleAsync();
    });

    [Fact]
    public Task Viewer_browses_and_finds_nothing_to_change() => RunAsync(async page =>
    {
        await page.SignInAsync(SampleAccounts.Viewer, "/");
        await page.OpenAsync("/organizations/acme/projects/vision");
        await page.ShouldBeAccessibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Add Collaborator" })).ToHaveCountAsync(0);

        await page.OpenAsync("/organizations/acme/projects/vision/settings/collaborators");
        await Assertions.Expect(page.GetByText(SampleAccounts.ProjectAdmin).First).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Add Collaborator" })).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = $"Actions for {SampleAccounts.Developer}", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Menuitem, new() { Name = "Why?" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Menuitem)).ToHaveCountAsync(1);
        await page.ShouldBeAccessibleAsync();
    });

    [Fact]
    public Task Manager_promotes_up_to_manager_and_no_further() => RunAsync(async page =>
    {
        await page.SignInAsync(SampleAccounts.Manager, "/");
        var collaborators = new CollaboratorsPage(page, "vision");
        await collaborators.OpenAsync();

        await collaborators.ChooseAsync(SampleAccounts.Contributor, "Change role");
        await Assertions.Expect(collaborators.Role.Locator("option", new() { HasText = "Admin" })).ToBeDisabledAsync();
        await page.ShouldBeAccessibleAsync();
        await collaborators.ChangeRoleAsync("Manager");

        await Assertions.Expect(collaborators.Row(SampleAccounts.Contributor)).ToContainTextAsync("Manager");
        await collaborators.ChooseAsync(SampleAccounts.Contributor, "Change role");
        await collaborators.ChangeRoleAsync("Contributor");
        await Assertions.Expect(collaborators.Row(SampleAccounts.Contributor)).ToContainTextAsync("Contributor");
    });
}
