using Microsoft.Playwright;
using ProjectConsole.E2E.Infrastructure;

namespace ProjectConsole.E2E.Pages;

/// <summary>Settings > Limits of a project or of an organization: the same list and dialog.</summary>
public sealed class LimitsPage(IPage page, string address)
{
    /// <summary>The limits of each project of the sample organization.</summary>
    public const string OfEachProject = "/organizations/acme/settings/limits";

    /// <summary>The open dialog.</summary>
    public ILocator Dialog => page.GetByRole(AriaRole.Dialog);

    /// <summary>The limits of a project.</summary>
    public static string Of(string projectId, string organization = "acme") => $"/organizations/{organization}/projects/{projectId}/settings/limits";

    /// <summary>Opens the page by its address.</summary>
    public Task OpenAsync() => page.OpenAsync(address);

    /// <summary>The row of what is limited.</summary>
    public ILocator Row(string title) => page.GetByRole(AriaRole.Row).Filter(new() { Has = page.GetByText(title, new() { Exact = true }) });

    /// <summary>The bar that shows how much of a limit is used.</summary>
    public ILocator Bar(string title) => page.GetByLabel($"{title} used of limit", new() { Exact = true });

    /// <summary>Opens the dialog of a limit and types one; nothing clears it.</summary>
    public async Task TypeAsync(string title, string amount)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = $"Change limit: {title}", Exact = true }).ClickAsync();
        await Dialog.GetByLabel("Limit", new() { Exact = true }).FillAsync(amount);
    }

    /// <summary>Saves what is typed in the open dialog, which a wrong limit refuses.</summary>
    public Task SaveAsync() => Dialog.GetByRole(AriaRole.Button, new() { Name = "Save limit" }).ClickAsync();

    /// <summary>Sets a limit.</summary>
    public async Task SetAsync(string title, string amount)
    {
        await TypeAsync(title, amount);
        await SaveAsync();
        await Assertions.Expect(Dialog).ToHaveCountAsync(0);
    }
}
