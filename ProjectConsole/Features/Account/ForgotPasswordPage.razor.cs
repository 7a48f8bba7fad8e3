using Microsoft.AspNetCore.Components;

namespace ProjectConsole.Features.Account;

/// <summary>Asks for a link that resets the password.</summary>
public sealed partial class ForgotPasswordPage
{
    private string? _sentTo;

    [Inject]
    public required PasswordService Service { get; init; }

    [SupplyParameterFromForm]
    private AddressInput Input { get; set; } = default!;

    protected override void OnInitialized() => Input ??= new();

    private async Task AskAsync()
    {
        var result = await Service.AskResetAsync(Actor, Input.Email, Site, Aborted);
        Show(result.Error);
        _sentTo = result.Succeeded ? Input.Email : null;
    }
}
