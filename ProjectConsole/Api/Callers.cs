using ProjectConsole.Domain.Keys;
using ProjectConsole.Security;

namespace ProjectConsole.Api;

/// <summary>
/// Finds out who calls, by the header <c>Authorization: Bearer</c> and nothing else: what stands in an address ends in logs. A
/// session's cookie is no credential here, so that no other site can make a browser call.
/// </summary>
internal sealed class Callers(Credentials credentials, FailedCredentials failed, CallRates rates)
{
    private static readonly string[] Suspicious = ["access_token", "api_key", "apikey", "key", "token"];

    /// <summary>Notes who calls, before anything of the call is read; or answers why the call ends here.</summary>
    public async Task<Problem?> AdmitAsync(HttpContext http)
    {
        var (caller, problem) = await FindAsync(http);
        if (caller is null)
        {
            return problem;
        }

        if (!rates.Take(caller.Credential!.Id, http.Response.Headers))
        {
            return new Problem("too-many-calls", "Too many calls", StatusCodes.Status429TooManyRequests, "Wait as long as Retry-After says.");
        }

        _ = ApiCall.Begin(http, caller);
        return null;
    }

    private async Task<(Actor? Caller, Problem? Problem)> FindAsync(HttpContext http)
    {
        if (Array.Exists(Suspicious, name => KeyText.TryParse(http.Request.Query[name], out _)))
        {
            return (null, Problem.BadRequest("A key in an address ends in logs and histories. Revoke it, and send keys in the header Authorization: Bearer."));
        }

        var origin = RequestOrigin.Of(http);
        if (failed.Refuse(origin.Address, http.Response.Headers) is { } barred)
        {
            return (null, barred);
        }

        if (http.Request.Headers.Authorization.ToString().Length == 0)
        {
            http.Response.Headers.WWWAuthenticate = BearerHeader.Scheme;
            return (null, Unauthorized("Send a project key or a personal token in the header Authorization: Bearer."));
        }

        var isKey = KeyText.TryParse(BearerHeader.Read(http.Request), out var key);
        if (isKey && await credentials.OpenAsync(key, origin, http.RequestAborted) is { } actor)
        {
            return (actor, null);
        }

        if (isKey)
        {
            failed.Count(origin.Address);
        }

        http.Response.Headers.WWWAuthenticate = $"{BearerHeader.Scheme} error=\"invalid_token\"";
        return (null, Unauthorized("This key opens nothing: it is mistyped, revoked, expired, or for nothing that exists."));
    }

    private static Problem Unauthorized(string detail) => new("unauthorized", "Unauthorized", StatusCodes.Status401Unauthorized, detail);
}

/// <summary>Marks endpoints that nobody calls without a key or token.</summary>
internal sealed class NeedsCaller;
