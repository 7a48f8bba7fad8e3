using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Account;

/// <summary>What pages post to that is no page.</summary>
public static class AccountEndpoints
{
    /// <summary>Maps signing out and noting acts of the person.</summary>
    public static void MapAccountEndpoints(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost(ConsoleUrls.SignOut, SignOutAsync);
        endpoints.MapPost(ConsoleUrls.Act, ActAsync);
    }

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

    // console.js posts here when somebody clicks or types, at most every half minute. A circuit's own traffic never does.
    private static async Task<IResult> ActAsync(HttpContext request, IAntiforgery antiforgery, Sessions sessions)
    {
        if (request.User.SessionId() is not { } sessionId || !await antiforgery.IsRequestValidAsync(request))
        {
            return Results.BadRequest();
        }

        await sessions.ActAsync(sessionId, request.RequestAborted);
        return Results.NoContent();
    }
}
