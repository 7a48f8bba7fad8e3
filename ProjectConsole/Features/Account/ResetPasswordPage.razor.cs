using Microsoft.AspNetCore.Components;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Account;

/// <summary>Where the link of a forgotten password leads.</summary>
public sealed partial class ResetPasswordPage
{
    private string? _email;
    private bool _isDone;

    [Inject]
    public required PasswordService Service { get; init; }

    [SupplyParameterFromQuery(Name = "account")]
    public string? AccountText { get; set; }

    [SupplyParameterFromQuery]
    public string? Code { get; set; }

    [SupplyParameterFromForm]
    private ResetInput Input { get; set; } = default!;

    private Guid Account => QueryText.Id(AccountText);

    protected override async Task OnInitializedAsync()
    {
        Input ??= new();
        var link = await Service.LookAtLinkAsync(Actor, Account, Code, Aborted);
        _email = link.Succeeded ? link.Value : null;
    }

    private async Task ResetAsync()
    {
        var result = await Service.ResetAsync(Actor, Account, Code, Input.Password, Aborted);
        Show(result.Error);
        _isDone = result.Succeeded;
        if (result.Error is LinkIsOver)
        {
            _email = null;
        }
    }

    private sealed class ResetInput
    {
        public string? Password { get; set; }
    }
}
