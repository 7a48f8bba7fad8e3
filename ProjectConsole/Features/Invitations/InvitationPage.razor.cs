using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components;
using ProjectConsole.Domain.Accounts;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Features.Account;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Invitations;

/// <summary>Where the link of an invitation leads, with and without an account. Static, because joining may set a cookie.</summary>
public sealed partial class InvitationPage
{
    private OpenInvitation? _open;
    private bool _declined;
    private bool _confirmationSent;

    /// <summary>The secret of the link.</summary>
    [Parameter]
    public required string Token { get; set; }

    [Inject]
    public required InvitationAnswers Answers { get; init; }

    [Inject]
    public required InvitedRegistration Registration { get; init; }

    [Inject]
    public required SignInService SignIn { get; init; }

    [SupplyParameterFromForm]
    private JoinInput Input { get; set; } = default!;

    private bool IsSignedIn => Actor.Kind == AuditActorKind.Person;

    private bool IsForAnother => IsSignedIn && _open is not null && EmailAddress.Normalize(Actor.Name) != EmailAddress.Normalize(_open.Email);

    private string Title => _declined ? "Invitation declined" : _confirmationSent ? "Look into your mail" : _open is null ? "This invitation cannot be used" : $"Join {_open.Project ?? _open.Organization}";

    protected override async Task OnInitializedAsync()
    {
        Input ??= new();
        await LookAsync();
    }

    private async Task LookAsync()
    {
        var look = await Answers.LookAsync(Actor, Token, Aborted);
        _open = look.Succeeded ? look.Value : null;
        if (!look.Succeeded)
        {
            Show(look.Error);
        }
    }

    private async Task AcceptAsync()
    {
        if (_open is not null)
        {
            await JoinAsync(Actor);
        }
    }

    private async Task RegisterAsync()
    {
        if (_open is null)
        {
            return;
        }

        var registered = await Registration.RegisterAsync(Actor, Token, Input.DisplayName, Input.Password, Aborted);
        if (!registered.Succeeded)
        {
            Show(registered.Error);
            return;
        }

        if (await SignIn.SignInAsync(Actor, registered.Value, Input.Password, Device, Aborted) is { Succeeded: true, Value: var person })
        {
            await HttpContext.SignInAsync(ConsolePrincipal.Scheme, person);
            await JoinAsync(person.ActingFrom(RequestOrigin.Of(HttpContext)));
        }
    }

    private async Task SendConfirmationAsync()
    {
        var sent = await Registration.SendConfirmationAsync(Actor, Token, Site, Aborted);
        Show(sent.Error);
        _confirmationSent = sent.Succeeded;
    }

    private async Task JoinAsync(Actor actor)
    {
        var joined = await Answers.AcceptAsync(actor, Token, Aborted);
        if (!joined.Succeeded)
        {
            await LookAsync();
            Show(joined.Error);
            return;
        }

        var (organization, project) = joined.Value;
        Navigation.NavigateTo(project is null ? ConsoleUrls.Projects(organization) : ConsoleUrls.Project(organization, project));
    }

    private async Task DeclineAsync()
    {
        if (_open is null)
        {
            return;
        }

        var declined = await Answers.DeclineAsync(Actor, Token, Aborted);
        Show(declined.Error);
        _declined = declined.Succeeded;
    }

    private sealed class JoinInput
    {
        public string? DisplayName { get; set; }

        public string? Password { get; set; }
    }
}
