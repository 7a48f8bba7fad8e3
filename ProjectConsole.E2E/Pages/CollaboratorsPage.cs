using Microsoft.Playwright;
using ProjectConsole.E2E.Infrastructure;

namespace ProjectConsole.E2E.Pages;

/// <summary>Settings > Project > Collaborators.</summary>
public sealed class CollaboratorsPage(IPage page, string projectId, string organization = "acme")
{
    /// <summary>The open dialog.</summary>
    public ILocator Dialog => page.GetByRole(AriaRole.Dialog);

    /// <summary>Opens the page by its address.</summary>
    public Task OpenAsync() => page.OpenAsync($"/organizations/{organization}/projects/{projectId}/settings/collaborators");

    /// <summary>The row of a person.</summary>
    public ILocator Row(string email) => page.GetByRole(AriaRole.Row).Filter(new() { Has = page.GetByText(email, new() { Exact = true }) });

    /// <summary>Opens the dialog Add Collaborator, fills it and confirms.</summary>
    public async Task TryAddAsync(string email)
    {
        if (!await Dialog.IsVisibleAsync())
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Add Collaborator" }).ClickAsync();
        }

        await Dialog.GetByLabel("Email address").FillAsync(email);
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Confirm", Exact = true }).ClickAsync();
    }

    /// <summary>The choice of a role in the open dialog.</summary>
    public ILocator Role => Dialog.GetByLabel("Role", new() { Exact = true });

    /// <summary>Gives the collaborator of the open dialog another role.</summary>
    public async Task ChangeRoleAsync(string role)
    {
        await Role.SelectOptionAsync(new SelectOptionValue { Label = role });
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Change role", Exact = true }).ClickAsync();
        await Assertions.Expect(Dialog).ToHaveCountAsync(0);
    }

    /// <summary>Opens the page and removes a person.</summary>
    public async Task RemoveAsync(string email)
    {
        await OpenAsync();
        await ChooseAsync(email, "Remove User");
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Confirm removal" }).ClickAsync();
        await Assertions.Expect(Dialog).ToHaveCountAsync(0);
    }

    /// <summary>Chooses an entry of a row's three-dot menu.</summary>
    public async Task ChooseAsync(string email, string entry)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = $"Actions for {email}", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = entry }).ClickAsync();
    }
}
