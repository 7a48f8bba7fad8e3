using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Account;

/// <summary>The cookie that carries a session's id.</summary>
internal static class SessionCookie
{
    /// <summary>Sets the cookie up; each request asks whether its session still lives.</summary>
    public static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "console-session";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        // The session decides how long it lives; a cookie that is renewed would only outlive it.
        options.ExpireTimeSpan = Sessions.Longest;
        options.SlidingExpiration = false;
        options.LoginPath = ConsoleUrls.SignIn;
        options.ReturnUrlParameter = "returnUrl";
        options.Events.OnValidatePrincipal = ValidateAsync;
        options.Events.OnRedirectToAccessDenied = context =>
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
    }

    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var sessions = context.HttpContext.RequestServices.GetRequiredService<Sessions>();
        if (!await sessions.LivesAsync(context.Principal!, context.HttpContext.RequestAborted))
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(ConsolePrincipal.Scheme);
        }
        else if (IsAct(context.HttpContext.Request))
        {
            await sessions.ActAsync(context.Principal!.SessionId()!.Value, context.HttpContext.RequestAborted);
        }
    }

    // A page that the person asks for. One that reloads by itself, as after a restart of the server, says that nobody did.
    // Browsers say it only over https and to localhost; elsewhere every page counts.
    private static bool IsAct(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal)
        && (!request.Headers.ContainsKey("Sec-Fetch-Mode") || request.Headers["Sec-Fetch-User"] == "?1");
}
