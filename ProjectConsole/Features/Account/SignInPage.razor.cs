using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Account;

/// <summary>Signs in. Static, because a circuit cannot set a cookie.</summary>
public sealed partial class SignInPage
{
    private bool _registers;

    [Inject]
    public required SignInService Service { get; init; }

    [Inject]
    public required RegistrationService Registration { get; init; }

    [SupplyParameterFromQuery]
    public string? ReturnUrl { get; set; }

    [SupplyParameterFromForm]
    private SignInInput Input { get; set; } = default!;

    private string Destination => ConsoleUrls.IsLocal(ReturnUrl) ? ReturnUrl! : ConsoleUrls.Home;

    protected override async Task OnInitializedAsync()
    {
        Input ??= new();
        _registers = await Registration.IsOpenAsync(Aborted);
    }

    private async Task SignInAsync()
    {
        var result = await Service.SignInAsync(Actor, Input.Email, Input.Password, Device, Aborted);
        if (!result.Succeeded)
        {
            Show(result.Error);
            return;
        }

        await HttpContext.SignInAsync(ConsolePrincipal.Scheme, result.Value);
        Navigation.NavigateTo(Destination);
    }

    private sealed class SignInInput
    {
        public string? Email { get; set; }

        public string? Password { get; set; }
    }
}
