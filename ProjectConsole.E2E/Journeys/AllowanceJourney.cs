using Microsoft.Playwright;
using ProjectConsole.E2E.Infrastructure;
using ProjectConsole.E2E.Pages;

namespace ProjectConsole.E2E.Journeys;

public sealed class AllowanceJourney(BrowserFixture browser, ServerFixture server) : E2ETest(browser, server)
{
    [Fact]
    public Task Owner_asks_for_more_projects_and_the_administrator_answers() => RunAsync(async administrator =>
    {
        var dialog = administrator.GetByRole(AriaRole.Dialog);
        await administrator.SignInAsync(SampleAccounts.Owner, "/organizations/new");
        await administrator.GetByLabel("Organization name").FillAsync("Beta Labs");
        await Assertions.Expect(administrator.GetByLabel("Organization ID")).ToHaveValueAsync("beta-labs");
        await administrator.GetByRole(AriaRole.Button, new() { Name = "Create organization" }).ClickAsync();
        await Assertions.Expect(administrator).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/organizations/beta-labs/"));
        await administrator.OpenAsync("/organizations/beta-labs/members");
        await administrator.GetByRole(AriaRole.Button, new() { Name = "Add members" }).ClickAsync();
        await dialog.GetByLabel("Email addresses").FillAsync(SampleAccounts.Manager);
        await dialog.GetByRole(AriaRole.Radio, new() { NameRegex = new("^Owner") }).CheckAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Next" }).ClickAsync();
        await Assertions.Expect(dialog.GetByText("Becomes Admin")).ToBeVisibleAsync();
        await administrator.ShouldBeAccessibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Close", Exact = true }).ClickAsync();

        var owner = await NewPersonAsync();
        await owner.SignInAsync(SampleAccounts.Manager, "/organizations/beta-labs/projects");
        await owner.ShouldBeAccessibleAsync();
        await owner.GetByRole(AriaRole.Button, new() { Name = "Request more projects" }).First.ClickAsync();
        var request = owner.GetByRole(AriaRole.Dialog);
        await request.GetByLabel("Projects", new() { Exact = true }).FillAsync("3");
        await request.GetByLabel("Reason").FillAsync("Two teams start next month.");
        await owner.ShouldBeAccessibleAsync();
        await request.GetByRole(AriaRole.Button, new() { Name = "Send request" }).ClickAsync();
        await Assertions.Expect(request).ToHaveCountAsync(0);

        await administrator.OpenAsync("/installation/requests");
        await administrator.GetByRole(AriaRole.Button, new() { Name = "Answer Beta Labs" }).ClickAsync();
        await administrator.ShouldBeAccessibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Approve", Exact = true }).ClickAsync();
        await Assertions.Expect(dialog).ToHaveCountAsync(0);

        await new ProjectsPage(owner, "beta-labs").CreateAsync("First Try", "first-try");
    });
}
