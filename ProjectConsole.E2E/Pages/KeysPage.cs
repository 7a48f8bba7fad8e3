using Microsoft.Playwright;
using ProjectConsole.E2E.Infrastructure;

namespace ProjectConsole.E2E.Pages;

/// <summary>API Keys of a project, or the tokens of a person: the same list and form.</summary>
public sealed class KeysPage(IPage page, string address)
{
    /// <summary>The tokens of whoever is signed in.</summary>
    public const string Tokens = "/account/tokens";

    /// <summary>The keys of a project.</summary>
    public static string Of(string projectId, string organization = "acme") => $"/organizations/{organization}/projects/{projectId}/settings/keys";

    /// <summary>Makes a key with permissions, by their titles, and answers its secret.</summary>
    public async Task<string> CreateAsync(string name, params string[] titles)
    {
        await page.OpenAsync($"{address}/new");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Name", Exact = true }).FillAsync(name);
        foreach (var title in titles)
        {
            await page.GetByRole(AriaRole.Checkbox, new() { Name = title, Exact = true }).CheckAsync();
        }

        await page.GetByRole(AriaRole.Button, new() { Name = address == Tokens ? "Create token" : "Create API key" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Copy the key now.")).ToBeVisibleAsync();
        return await page.Locator(".code-box code").InnerTextAsync();
    }

    /// <summary>Revokes a key.</summary>
    public async Task RevokeAsync(string name)
    {
        await page.OpenAsync(address);
        await page.GetByRole(AriaRole.Button, new() { Name = $"Actions for {name}" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Revoke" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Revoke key" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = name })).ToContainTextAsync("Revoked");
    }
}
