using Microsoft.Playwright;
using ProjectConsole.E2E.Infrastructure;

namespace ProjectConsole.E2E.Pages;

/// <summary>The resources of one kind in a project.</summary>
public sealed class ResourcesPage(IPage page, string projectId, string plural, string organization = "acme")
{
    /// <summary>The open dialog.</summary>
    public ILocator Dialog => page.GetByRole(AriaRole.Dialog);

    private string Address => $"/organizations/{organization}/projects/{projectId}/resources/{plural}";

    /// <summary>Chooses a project in the open dialog and moves there what the dialog is about.</summary>
    public async Task MoveToAsync(string project)
    {
        await Dialog.GetByLabel("Project", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = project });
        await Assertions.Expect(Dialog.GetByText("Nothing is in the way.")).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Move", Exact = true }).ClickAsync();
        await Assertions.Expect(Dialog).ToHaveCountAsync(0);
    }

    /// <summary>Opens the list.</summary>
    public Task OpenAsync() => page.OpenAsync(Address);

    /// <summary>Opens one resource.</summary>
    public Task OpenAsync(string name) => page.OpenAsync($"{Address}/{name}");

    /// <summary>The row of a resource.</summary>
    public ILocator Row(string name) => page.GetByRole(AriaRole.Row).Filter(new() { Has = page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true }) });

    /// <summary>Fills a field of the form.</summary>
    public Task FillAsync(string label, string value) => page.GetByLabel(label, new() { Exact = true }).FillAsync(value);

    /// <summary>Presses a button of the page.</summary>
    public Task PressAsync(string button) => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    /// <summary>Chooses an entry of a resource's three-dot menu.</summary>
    public async Task ChooseAsync(string name, string entry)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = $"Actions for {name}", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = entry }).ClickAsync();
    }
}
