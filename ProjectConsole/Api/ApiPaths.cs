namespace ProjectConsole.Api;

/// <summary>Which addresses programs call. Everything else is for browsers.</summary>
public static class ApiPaths
{
    /// <summary>Where the API begins.</summary>
    public const string Root = "/api/v1";

    /// <summary>Where proxies ask whether to let somebody through.</summary>
    public const string ForwardAuth = $"{Root}/forward-auth";

    /// <summary>Where a key is introspected (RFC 7662).</summary>
    public const string Introspection = "/oauth/introspect";

    /// <summary>Whether a program asks, and wants no page for an answer.</summary>
    public static bool IsApi(PathString path) => path.StartsWithSegments("/api") || path.StartsWithSegments("/oauth");
}
