using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ProjectConsole.E2E.Infrastructure;
using ProjectConsole.E2E.Pages;

namespace ProjectConsole.E2E.Journeys;

public sealed class ProjectCreationJourney(BrowserFixture browser, ServerFixture server) : E2ETest(browser, server)
{
    [Fact]
    public Task Owner_signs_in_and_adds_a_new_project() => RunAsync(async page =>
    {
        await page.SignInAsync(SampleAccounts.Owner, "/");
        var projects = new ProjectsPage(page);
        await projects.StartNewProjectAsync();
        await page.ShouldBeAccessibleAsync();

        await page.GetByLabel("Project Name").FillAsync("Speech Translation");
        await Assertions.Expect(page.GetByLabel("Project ID")).ToHaveValueAsync("speech-translation");

        await page.GetByLabel("Project ID").FillAsync("speech translation!");
        await projects.NextAsync();
        await Assertions.Expect(page.GetByText("Use only letters, numbers, hyphens and underscores.")).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();

        await page.GetByLabel("Project ID").FillAsync("Vision");
        await projects.NextAsync();
        await Assertions.Expect(page.GetByText(new Regex("is taken"))).ToBeVisibleAsync();

        await page.GetByLabel("Project ID").FillAsync("speech-translation");
        await projects.NextAsync();
        await projects.ShouldBeAtAsync("Settings");
        await page.ShouldBeAccessibleAsync();
        await projects.BackAsync();
        await projects.ShouldBeAtAsync("Details");
        await Assertions.Expect(page.GetByLabel("Project Name")).ToHaveValueAsync("Speech Translation");
        await projects.GoOnToReviewAsync();
        await Assertions.Expect(page.GetByText("cannot be changed later")).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Create Project" }).ClickAsync();

        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/projects/speech-translation$"));
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Speech Translation", Level = 1 })).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();
        await projects.OpenAsync();
        await Assertions.Expect(projects.Row("speech-translation")).ToContainTextAsync("Admin");
    });

    [Fact]
    public Task Impatient_owner_clicks_twice_and_gets_one_project() => RunAsync(async page =>
    {
        await page.SignInAsync(SampleAccounts.Owner, "/");
        var projects = new ProjectsPage(page);
        await projects.StartNewProjectAsync();
        await page.GetByLabel("Project Name").FillAsync("Twice Clicked");
        await projects.GoOnToReviewAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Create Project" }).DblClickAsync();

        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/projects/twice-clicked$"));
        await projects.OpenAsync();
        await Assertions.Expect(projects.Row("twice-clicked")).ToHaveCountAsync(1);
    });
}
