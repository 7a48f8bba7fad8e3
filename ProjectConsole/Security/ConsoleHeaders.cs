using ProjectConsole.Shared;

namespace ProjectConsole.Security;

/// <summary>What the browser is told to refuse, and what the server refuses of other sites.</summary>
public static class ConsoleHeaders
{
    // Radzen and Blazor set style attributes; scripts come from files only.
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; "
        + "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    private static readonly string[] TokenPages = [ConsoleUrls.ConfirmEmail, ConsoleUrls.ResetPassword];

    /// <summary>Sends the security headers with every answer.</summary>
    public static IApplicationBuilder UseConsoleHeaders(this IApplicationBuilder app) => app.UseHsts().Use((context, next) =>
    {
        // The page's own path: a failing page is answered under another one, and the failure clears what was set before.
        var isTokenPage = TokenPages.Contains(context.Request.Path.Value) || context.Request.Path.StartsWithSegments(ConsoleUrls.Invitations);
        context.Response.OnStarting(() =>
        {
            Add(context.Response.Headers, isTokenPage);
            return Task.CompletedTask;
        });
        return next(context);
    });

    /// <summary>
    /// Refuses what another site makes a browser send: anything that changes something, and the socket of a circuit, which
    /// browsers open to any host with its cookies.
    /// </summary>
    public static IApplicationBuilder UseOwnOriginOnly(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var request = context.Request;
        var isGuarded = request.Path.StartsWithSegments("/_blazor") || !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method));
        if (isGuarded && !IsFromHere(request))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        }

        return next(context);
    });

    private static void Add(IHeaderDictionary headers, bool isTokenPage)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        // The address of a page with a token must not travel to where its links lead.
        headers["Referrer-Policy"] = isTokenPage ? "no-referrer" : "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
    }

    // Where the browser says itself which site sent it (it does over https and to localhost), its word is better than the origin:
    // a page without a referrer posts its own form with the origin "null".
    // https://fetch.spec.whatwg.org/#append-a-request-origin-header
    private static bool IsFromHere(HttpRequest request) => request.Headers["Sec-Fetch-Site"].ToString() switch
    {
        "same-origin" => true,
        "same-site" or "cross-site" => false,
        _ => request.Headers.Origin is not [{ Length: > 0 } origin, ..] || IsOwn(origin, request.Host),
    };

    // Host and port, not the scheme: behind a proxy that ends TLS the server sees http where the browser says https.
    private static bool IsOwn(string origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && (uri.Authority.Equals(host.Value, StringComparison.OrdinalIgnoreCase)
            || $"{uri.Host}:{uri.Port}".Equals(host.Value, StringComparison.OrdinalIgnoreCase));
}
