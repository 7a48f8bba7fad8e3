using System.Security.Claims;
using ProjectConsole.Data.Accounts;

namespace ProjectConsole.Security;

/// <summary>What the cookie says about the person, and how it is read. Rights are never in it.</summary>
public static class ConsolePrincipal
{
    /// <summary>The authentication scheme of the console's cookie.</summary>
    public const string Scheme = "Console";

    private const string SessionClaim = "session";
    private const string StampClaim = "stamp";

    /// <summary>The principal of a session.</summary>
    public static ClaimsPrincipal Of(User user, Guid sessionId) => new(new ClaimsIdentity(
        [
            new(ClaimTypes.NameIdentifier, user.Id.ToString()),
            new(ClaimTypes.Name, user.Email!),
            new(SessionClaim, sessionId.ToString()),
            new(StampClaim, user.SecurityStamp!),
        ],
        Scheme));

    /// <summary>The account; null for nobody.</summary>
    public static Guid? UserId(this ClaimsPrincipal principal) => Id(principal, ClaimTypes.NameIdentifier);

    /// <summary>The session; null for nobody.</summary>
    public static Guid? SessionId(this ClaimsPrincipal principal) => Id(principal, SessionClaim);

    /// <summary>The security stamp that the account had at sign-in.</summary>
    public static string? Stamp(this ClaimsPrincipal principal) => principal.FindFirstValue(StampClaim);

    /// <summary>The person as an actor, from where the request came.</summary>
    public static Actor ActingFrom(this ClaimsPrincipal principal, RequestOrigin origin) =>
        principal.UserId() is { } id
            ? new Actor(id, principal.Identity?.Name ?? "", origin.Address, origin.RequestId)
            : Actor.Anonymous(origin.Address, origin.RequestId);

    private static Guid? Id(ClaimsPrincipal principal, string claim) => Guid.TryParse(principal.FindFirstValue(claim), out var id) ? id : null;
}
