using Microsoft.Playwright;
using ProjectConsole.E2E.Infrastructure;

namespace ProjectConsole.E2E.Pages;

/// <summary>The Projects tab and the stepper Add a New Project.</summary>
public sealed class ProjectsPage(IPage page, string organization = "acme")
{
    /// <summary>Opens the tab.</summary>
    public Task OpenAsync() => page.OpenAsync($"/organizations/{organization}/projects");

    /// <summary>The row of a project.</summary>
    public ILocator Row(string projectId) => page.GetByRole(AriaRole.Row).Filter(new() { Has = page.GetByText(projectId, new() { Exact = true }) });

    /// <summary>Starts the stepper from the tab.</summary>
    public async Task StartNewProjectAsync()
    {
        await OpenAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Add a New Project" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Add a New Project" })).ToBeVisibleAsync();
    }

    /// <summary>Makes a project with nothing but a name and an ID.</summary>
    public async Task CreateAsync(string name, string projectId)
    {
        await StartNewProjectAsync();
        await page.GetByLabel("Project Name").FillAsync(name);
        // Filling selects and then types, faster than any hand: an ID derived in between would be typed behind.
        await Assertions.Expect(page.GetByLabel("Project ID")).Not.ToHaveValueAsync("");
        await page.GetByLabel("Project ID").FillAsync(projectId);
        await GoOnToReviewAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Create Project" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex($"/projects/{projectId}$"));
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = name, Level = 1 })).ToBeVisibleAsync();
    }

    /// <summary>Over the second step to the third. Each step is waited for: a click while the first one is checked does nothing.</summary>
    public async Task GoOnToReviewAsync()
    {
        await NextAsync();
        await ShouldBeAtAsync("Settings");
        await NextAsync();
        await ShouldBeAtAsync("Review");
    }

    /// <summary>Waits until a step is the current one.</summary>
    public Task ShouldBeAtAsync(string step) => Assertions.Expect(page.Locator("[aria-current=step]")).ToContainTextAsync(step);

    /// <summary>Asks for the next step, which wrong input refuses.</summary>
    public Task NextAsync() => page.GetByRole(AriaRole.Button, new() { Name = "Next", Exact = true }).ClickAsync();

    /// <summary>The step before.</summary>
    public Task BackAsync() => page.GetByRole(AriaRole.Button, new() { Name = "Back", Exact = true }).ClickAsync();
}
