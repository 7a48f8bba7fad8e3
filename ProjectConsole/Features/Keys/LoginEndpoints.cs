using ProjectConsole.Api;
using ProjectConsole.Security;

namespace ProjectConsole.Features.Keys;

/// <summary>Where a command line collects the token that its person confirmed. It has no key yet, so this call needs none.</summary>
public static class LoginEndpoints
{
    /// <summary>Maps the endpoint; the page is what people and the documentation see of it.</summary>
    public static void MapLogin(this WebApplication app) => app.MapPost(ApiPaths.Login, CollectAsync).ExcludeFromDescription();

    private static async Task<IResult> CollectAsync(HttpContext http, Body<LoginCodeBody> body, LoginService login, FailedLogins failed)
    {
        var origin = RequestOrigin.Of(http);
        if ((failed.Refuse(origin.Address, http.Response.Headers) ?? ((ICallPart)body).Problem) is { } wrong)
        {
            return wrong.ToResult();
        }

        var collected = await login.CollectAsync(Actor.Anonymous(origin.Address, origin.RequestId), body.Value.Code, body.Value.Verifier, http.RequestAborted);
        if (collected.Succeeded)
        {
            return Results.Json(new LoginTokenBody(collected.Value.Secret, collected.Value.Name, collected.Value.ExpiresUtc), ApiJson.Options);
        }

        failed.Count(origin.Address);
        return new Problem("unauthorized", "Unauthorized", StatusCodes.Status401Unauthorized, collected.Error.Message).ToResult();
    }
}

/// <summary>What a command line sends for its token.</summary>
/// <param name="Code">From the page.</param>
/// <param name="Verifier">What its challenge was made from.</param>
public sealed record LoginCodeBody(string? Code, string? Verifier);

/// <summary>The token, once.</summary>
/// <param name="Token">The whole text.</param>
/// <param name="Name">For people.</param>
/// <param name="ExpiresUtc">When it ends.</param>
public sealed record LoginTokenBody(string Token, string Name, DateTime? ExpiresUtc)
{
    /// <summary>Nothing of the secret, which would end in a log otherwise.</summary>
    public override string ToString() => Name;
}
