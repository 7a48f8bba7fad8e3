namespace ProjectConsole.Api;

/// <summary>The header <c>Authorization: Bearer</c> of a request (RFC 6750; the scheme's case does not matter).</summary>
internal static class BearerHeader
{
    /// <summary>The name of the scheme.</summary>
    public const string Scheme = "Bearer";

    /// <summary>Whether the request has one, whatever stands in it.</summary>
    public static bool IsSent(HttpRequest request) => IsIn(request.Headers.Authorization.ToString());

    /// <summary>What stands in it behind the spaces; empty where the request has none.</summary>
    public static string Read(HttpRequest request) =>
        request.Headers.Authorization.ToString() is var header && IsIn(header) ? header[Scheme.Length..].TrimStart(' ') : "";

    private static bool IsIn(string header) => header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && (header.Length == Scheme.Length || header[Scheme.Length] == ' ');
}
