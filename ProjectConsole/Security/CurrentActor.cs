using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;

namespace ProjectConsole.Security;

/// <summary>Who acts on this page or circuit.</summary>
public sealed class CurrentActor(AuthenticationStateProvider authentication)
{
    /// <summary>The person signed in, or nobody.</summary>
    public async Task<Actor> GetAsync()
    {
        var person = (await authentication.GetAuthenticationStateAsync()).User;
        return Guid.TryParse(person.FindFirstValue(ClaimTypes.NameIdentifier), out var id)
            ? new Actor(id, person.FindFirstValue(ClaimTypes.Name) ?? "", "", "")
            : Actor.Anonymous("", "");
    }
}
