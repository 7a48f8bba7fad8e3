using Microsoft.AspNetCore.Components.Authorization;

namespace ProjectConsole.Security;

/// <summary>
/// Who acts in this request or circuit. Ask it for the actor of each call: a circuit can end up under another person.
/// </summary>
public sealed class CurrentActor(AuthenticationStateProvider authentication)
{
    private RequestOrigin _origin = RequestOrigin.Unknown;

    /// <summary>Notes where the page's request came from; a circuit has no request of its own to ask.</summary>
    public void ComesFrom(RequestOrigin origin) => _origin = origin;

    /// <summary>The person signed in, or nobody.</summary>
    public async Task<Actor> GetAsync() => (await authentication.GetAuthenticationStateAsync()).User.ActingFrom(_origin);
}
