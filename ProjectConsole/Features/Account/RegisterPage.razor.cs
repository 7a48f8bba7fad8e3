using Microsoft.AspNetCore.Components;

namespace ProjectConsole.Features.Account;

/// <summary>Asks for an account.</summary>
public sealed partial class RegisterPage
{
    private bool _isOpen;
    private string? _sentTo;

    [Inject]
    public required RegistrationService Service { get; init; }

    [SupplyParameterFromForm]
    private AddressInput Input { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        Input ??= new();
        _isOpen = await Service.IsOpenAsync(Aborted);
    }

    private async Task RegisterAsync()
    {
        var result = await Service.AskAsync(Actor, Input.Email, Site, Aborted);
        Show(result.Error);
        _sentTo = result.Succeeded ? Input.Email : null;
    }
}
