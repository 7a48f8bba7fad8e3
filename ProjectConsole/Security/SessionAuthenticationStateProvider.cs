using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace ProjectConsole.Security;

/// <summary>Asks, while a page stays open, whether its session still lives; when it does not, the page's user is nobody.</summary>
public sealed class SessionAuthenticationStateProvider(ILoggerFactory loggers, Sessions sessions) : RevalidatingServerAuthenticationStateProvider(loggers)
{
    /// <inheritdoc/>
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    protected override Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        sessions.LivesAsync(authenticationState.User, cancellationToken);
}
