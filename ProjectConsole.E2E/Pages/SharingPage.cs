using Microsoft.Playwright;
using ProjectConsole.E2E.Infrastructure;

namespace ProjectConsole.E2E.Pages;

/// <summary>Settings > Sharing of a project, and the dialog that shares a resource from its own page.</summary>
public sealed class SharingPage(IPage page, string projectId, string organization = "acme")
{
    /// <summary>The open dialog.</summary>
    public ILocator Dialog => page.GetByRole(AriaRole.Dialog);

    /// <summary>Opens the page by its address.</summary>
    public Task OpenAsync() => page.OpenAsync($"/organizations/{organization}/projects/{projectId}/settings/sharing");

    /// <summary>The row of a resource in one of the page's tables.</summary>
    public ILocator Row(string table, string name) =>
        page.GetByRole(AriaRole.Table, new() { Name = table }).GetByRole(AriaRole.Row).Filter(new() { Has = page.GetByText(name, new() { Exact = true }) });

    /// <summary>Chooses an entry of a row's three-dot menu.</summary>
    public async Task ChooseAsync(string name, string entry)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = $"Actions for {name}", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = entry }).ClickAsync();
    }

    /// <summary>Accepts what another project offers.</summary>
    public async Task AcceptAsync(string name)
    {
        await ChooseAsync(name, "Accept");
        await Assertions.Expect(Row("Received", name)).ToBeVisibleAsync();
    }

    /// <summary>Opens the dialog of a resource, whose page is open, and chooses with whom it is shared.</summary>
    public async Task StartAsync(string name, string with)
    {
        await ChooseAsync(name, "Share");
        await Dialog.GetByRole(AriaRole.Radio, new() { NameRegex = new($"^{with}") }).CheckAsync();
    }

    /// <summary>Shares as the open dialog says.</summary>
    public async Task ShareAsync()
    {
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Share", Exact = true }).ClickAsync();
        await Assertions.Expect(Dialog).ToHaveCountAsync(0);
    }
}
