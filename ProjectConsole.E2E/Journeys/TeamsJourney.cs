using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ProjectConsole.E2E.Infrastructure;
using ProjectConsole.E2E.Pages;

namespace ProjectConsole.E2E.Journeys;

public sealed class TeamsJourney(BrowserFixture browser, ServerFixture server) : E2ETest(browser, server)
{
    [Fact]
    public Task Owner_makes_a_team_gives_it_a_workspace_and_a_person_joins_and_sees_the_project() => RunAsync(async page =>
    {
        var dialog = page.GetByRole(AriaRole.Dialog);
        await page.SignInAsync(SampleAccounts.Owner, "/organizations/acme/teams");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create team" }).ClickAsync();
        await dialog.GetByLabel("Team name").FillAsync("Release crew");
        await Assertions.Expect(dialog.GetByLabel("Team ID")).ToHaveValueAsync("release-crew");
        await page.ShouldBeAccessibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Create team" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/organizations/acme/teams/release-crew$"));
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Release crew", Level = 1 })).ToBeVisibleAsync();

        await page.OpenAsync("/organizations/acme/settings/workspaces/platform");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add person or team" }).ClickAsync();
        await dialog.GetByLabel("Email address or Team ID").FillAsync("release-crew");
        await dialog.GetByLabel("Role").SelectOptionAsync(new SelectOptionValue { Label = "Contributor" });
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Next" }).ClickAsync();
        await Assertions.Expect(dialog.GetByText("Nobody gains or loses access by this now.")).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Confirm", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Release crew" })).ToContainTextAsync("Contributor");

        var other = await NewPersonAsync();
        await other.SignInAsync(SampleAccounts.Member, "/organizations/acme/projects");
        var projects = new ProjectsPage(other);
        await Assertions.Expect(projects.Row("staging")).ToHaveCountAsync(0);

        await page.OpenAsync("/organizations/acme/teams/release-crew");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add people" }).ClickAsync();
        await dialog.GetByLabel("Email addresses").FillAsync($"{SampleAccounts.Member} nobody@acme.test");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Next" }).ClickAsync();
        await Assertions.Expect(dialog.GetByText("Becomes Contributor")).ToBeVisibleAsync();
        await Assertions.Expect(dialog.GetByText("nobody@acme.test: There is no account with this address in this organization.")).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Add to team" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = SampleAccounts.Member })).ToBeVisibleAsync();

        await projects.OpenAsync();
        await Assertions.Expect(projects.Row("staging")).ToContainTextAsync("Contributor");
        await other.OpenAsync("/organizations/acme/projects/staging");
        await Assertions.Expect(other.GetByRole(AriaRole.Heading, new() { Name = "Staging", Level = 1 })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Delete team" }).ClickAsync();
        await Assertions.Expect(dialog.GetByText("Loses Contributor")).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Delete team" }).ClickAsync();
        await Assertions.Expect(other.GetByText("You no longer have access to that project.")).ToBeVisibleAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/organizations/acme/teams$"));
    });
}
