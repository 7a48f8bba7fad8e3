using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using ProjectConsole.Components.Access;
using ProjectConsole.Security;

namespace ProjectConsole.Components;

/// <summary>
/// Leads to the page, for the one person it was opened by: when a circuit finds itself under somebody else, or its session has
/// ended, it shows nothing and loads anew.
/// </summary>
public sealed partial class Routes
{
    private ClaimsPrincipal? _person;
    private bool _hasEnded;

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    // Asked for here, so that it knows of every move of the circuit.
    [Inject]
    public required RefusedVisits RefusedVisits { get; init; }

    /// <summary>Where the page's request came from; a circuit has no request of its own to ask.</summary>
    [Parameter, EditorRequired]
    public required RequestOrigin Origin { get; set; }

    [CascadingParameter]
    public required Task<AuthenticationState> Authentication { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        CurrentActor.ComesFrom(Origin);
        var person = (await Authentication).User;
        if (!_hasEnded && _person is not null && (person.UserId() != _person.UserId() || person.SessionId() != _person.SessionId()))
        {
            _hasEnded = true;
            Navigation.NavigateTo(Navigation.Uri, forceLoad: true);
        }

        _person = _hasEnded ? null : person;
    }
}
