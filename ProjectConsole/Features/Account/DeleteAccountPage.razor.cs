using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Accounts;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Account;

/// <summary>Ends the own account. Static, because a circuit cannot take a cookie away.</summary>
public sealed partial class DeleteAccountPage
{
    private AccountHoldings _holdings = new("", [], 0, 0, 0);

    [Inject]
    public required AccountDeletion Service { get; init; }

    [SupplyParameterFromForm]
    private DeletionInput Input { get; set; } = default!;

    private string Memberships => _holdings.Organizations.Count == 0
        ? "You belong to no organization."
        : $"You leave {string.Join(", ", _holdings.Organizations)}, with every team there.";

    private string Projects => _holdings.Projects == 1
        ? "Your role in 1 project ends."
        : $"Your roles in {Numbers.Whole(_holdings.Projects)} projects end.";

    private string Resources => _holdings.Resources == 1
        ? "The 1 resource that you created stays with its project."
        : $"The {Numbers.Whole(_holdings.Resources)} resources that you created stay with their projects.";

    private string Shares => _holdings.Shares == 1
        ? "1 share of your personal space ends: its project can no longer use what it was given."
        : $"{Numbers.Whole(_holdings.Shares)} shares of your personal spaces end: their projects can no longer use what they were given.";

    protected override async Task OnInitializedAsync()
    {
        Input ??= new();
        _holdings = await Service.LookAsync(Actor, Aborted);
    }

    private async Task DeleteAsync()
    {
        if (EmailAddress.Normalize(TextRules.Clean(Input.Typed)) != EmailAddress.Normalize(_holdings.Email))
        {
            Show(new Invalid("Typed", "Type your address as it stands above the field."));
            return;
        }

        var result = await Service.DeleteAsync(Actor, Input.Password, Aborted);
        Show(result.Error);
        if (result.Succeeded)
        {
            await HttpContext.SignOutAsync(ConsolePrincipal.Scheme);
            Navigation.NavigateTo(ConsoleUrls.SignIn);
        }
    }

    private sealed class DeletionInput
    {
        public string? Typed { get; set; }

        public string? Password { get; set; }
    }
}
