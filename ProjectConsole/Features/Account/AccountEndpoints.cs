using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Account;

/// <summary>What pages post to that is no page.</summary>
public static class AccountEndpoints
{
    /// <summary>Maps signing out.</summary>
    public static void MapAccountEndpoints(this IEndpointRouteBuilder endpoints) => endpoints.MapPost(ConsoleUrls.SignOut, SignOutAsync);

    private static async Task<IResult> SignOutAsync(HttpContext request, IAntiforgery antiforgery, SignInService signIn)
    {
        if (!await antiforgery.IsRequestValidAsync(request))
        {
            return Results.BadRequest();
        }

        if (request.User.SessionId() is { } sessionId)
        {
            await signIn.SignOutAsync(request.User.ActingFrom(RequestOrigin.Of(request)), sessionId, request.RequestAborted);
        }

        await request.SignOutAsync(ConsolePrincipal.Scheme);
        return Results.LocalRedirect(ConsoleUrls.SignIn);
    }
}
