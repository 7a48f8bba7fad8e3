using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Account;

/// <summary>Changes the password and ends sessions. Static, because a circuit cannot set a cookie.</summary>
public sealed partial class SecurityPage
{
    private bool _isChanged;

    [Inject]
    public required PasswordService Service { get; init; }

    [SupplyParameterFromForm]
    private PasswordInput Input { get; set; } = default!;

    protected override void OnInitialized() => Input ??= new();

    private async Task ChangeAsync()
    {
        var result = await Service.ChangeAsync(Actor, HttpContext.User.SessionId()!.Value, Input.Current, Input.Password, Aborted);
        Show(result.Error);
        _isChanged = result.Succeeded;
        if (result.Succeeded)
        {
            await HttpContext.SignInAsync(ConsolePrincipal.Scheme, result.Value);
        }
    }

    private async Task SignOutEverywhereAsync()
    {
        await Service.SignOutEverywhereAsync(Actor, Aborted);
        await HttpContext.SignOutAsync(ConsolePrincipal.Scheme);
        Navigation.NavigateTo(ConsoleUrls.SignIn);
    }

    private sealed class PasswordInput
    {
        public string? Current { get; set; }

        public string? Password { get; set; }
    }
}
