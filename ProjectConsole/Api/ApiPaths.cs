namespace ProjectConsole.Api;

/// <summary>Which addresses programs call. Everything else is for browsers.</summary>
public static class ApiPaths
{
    /// <summary>Where the API begins.</summary>
    public const string Root = "/api/v1";

    /// <summary>Where proxies ask whether to let somebody through.</summary>
    public const string ForwardAuth = $"{Root}/forward-auth";

    /// <summary>Where a command line collects the token that its person confirmed.</summary>
    public const string Login = $"{Root}/login";

    /// <summary>The pattern of an organization's address.</summary>
    public const string OfOrganization = Root + "/organizations/{organization}";

    /// <summary>The pattern of a project's address.</summary>
    public const string OfProject = OfOrganization + "/projects/{project}";

    /// <summary>Where a key is introspected (RFC 7662).</summary>
    public const string Introspection = "/oauth/introspect";

    /// <summary>An organization.</summary>
    public static string Organization(string slug) => $"{Root}/organizations/{Uri.EscapeDataString(slug)}";

    /// <summary>A project.</summary>
    public static string Project(string organization, string slug) => $"{Organization(organization)}/projects/{Uri.EscapeDataString(slug)}";

    /// <summary>Whether a program asks, and wants no page for an answer.</summary>
    public static bool IsApi(PathString path) => path.StartsWithSegments("/api") || path.StartsWithSegments("/oauth");
}
