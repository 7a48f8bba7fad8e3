using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Account;

/// <summary>
/// Where the link of a registration leads. Opening it changes nothing, because programs that look into mails open links too.
/// </summary>
public sealed partial class ConfirmEmailPage
{
    private string? _email;

    [Inject]
    public required RegistrationService Service { get; init; }

    [Inject]
    public required SignInService SignIn { get; init; }

    [SupplyParameterFromQuery(Name = "account")]
    public string? AccountText { get; set; }

    [SupplyParameterFromQuery]
    public string? Code { get; set; }

    [SupplyParameterFromForm]
    private ConfirmInput Input { get; set; } = default!;

    private Guid Account => QueryText.Id(AccountText);

    protected override async Task OnInitializedAsync()
    {
        Input ??= new();
        var link = await Service.LookAtLinkAsync(Actor, Account, Code, Aborted);
        _email = link.Succeeded ? link.Value : null;
    }

    private async Task ConfirmAsync()
    {
        var result = await Service.ConfirmAsync(Actor, Account, Code, Input.DisplayName, Input.Password, Aborted);
        Show(result.Error);
        if (result.Error is LinkIsOver)
        {
            _email = null;
        }

        if (result.Succeeded && await SignIn.SignInAsync(Actor, _email, Input.Password, Device, Aborted) is { Succeeded: true, Value: var person })
        {
            await HttpContext.SignInAsync(ConsolePrincipal.Scheme, person);
            Navigation.NavigateTo(ConsoleUrls.Home);
        }
    }

    private sealed class ConfirmInput
    {
        public string? DisplayName { get; set; }

        public string? Password { get; set; }
    }
}
