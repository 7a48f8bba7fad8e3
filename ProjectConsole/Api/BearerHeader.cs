namespace ProjectConsole.Api;

/// <summary>The header <c>Authorization: Bearer</c> of a request (RFC 6750; the scheme's case does not matter).</summary>
internal static class BearerHeader
{
    /// <summary>The name of the scheme.</summary>
    public const string Scheme = "Bearer";

    /// <summary>Whether the request has one, whatever stands in it.</summary>
    public static bool IsSent(HttpRequest request) => request.Headers.Authorization.ToString().Split(' ')[0].Equals(Scheme, StringComparison.OrdinalIgnoreCase);

    /// <summary>What stands in it; empty where the request has none.</summary>
    public static string Read(HttpRequest request) => IsSent(request) ? request.Headers.Authorization.ToString()[Scheme.Length..].TrimStart(' ') : "";
}
