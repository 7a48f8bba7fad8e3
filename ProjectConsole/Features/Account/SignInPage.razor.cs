using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Account;

/// <summary>Signs in. Static, because a circuit cannot set a cookie.</summary>
public sealed partial class SignInPage
{
    private string? _refusal;

    [Inject]
    public required SignInService Service { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [CascadingParameter]
    public required HttpContext HttpContext { get; set; }

    [SupplyParameterFromQuery]
    public string? ReturnUrl { get; set; }

    [SupplyParameterFromForm]
    private SignInInput Input { get; set; } = default!;

    protected override void OnInitialized() => Input ??= new();

    private async Task SignInAsync()
    {
        var origin = RequestOrigin.Of(HttpContext);
        var result = await Service.SignInAsync(
            Actor.Anonymous(origin.Address, origin.RequestId), Input.Email, Input.Password, HttpContext.Request.Headers.UserAgent.ToString(), HttpContext.RequestAborted);
        if (!result.Succeeded)
        {
            _refusal = result.Error.Message;
            return;
        }

        await HttpContext.SignInAsync(ConsolePrincipal.Scheme, result.Value);
        Navigation.NavigateTo(ConsoleUrls.IsLocal(ReturnUrl) ? ReturnUrl! : ConsoleUrls.Home);
    }

    private sealed class SignInInput
    {
        public string? Email { get; set; }

        public string? Password { get; set; }
    }
}
