namespace ProjectConsole.Features.Account;

/// <summary>The address under which people reach the console, for links in mails.</summary>
/// <param name="Root">Scheme, host and port.</param>
public sealed record PublicAddress(Uri Root)
{
    /// <summary>The setting that says it.</summary>
    public const string Setting = "Console:PublicUrl";

    /// <summary>
    /// The setting <c>Console:PublicUrl</c>; without it what the request says, but only where it leads to this machine: a
    /// forged Host header would lead the owner of an address, link and all, to whoever sent it. Null where neither is there.
    /// </summary>
    public static PublicAddress? Of(IConfiguration configuration, HttpRequest request, bool isDevelopment) =>
        configuration.GetValue<Uri>(Setting) is { } set ? new(set)
        : isDevelopment || request.Host.Host.ToLowerInvariant() is "localhost" or "127.0.0.1" or "[::1]" ? new(new Uri($"{request.Scheme}://{request.Host}"))
        : null;

    /// <summary>The same for a page in a circuit, which has no request: what its own address says.</summary>
    public static PublicAddress? Of(IConfiguration configuration, Uri page, bool isDevelopment) =>
        configuration.GetValue<Uri>(Setting) is { } set ? new(set)
        : isDevelopment || page.IsLoopback ? new(new Uri(page.GetLeftPart(UriPartial.Authority)))
        : null;

    /// <summary>A full link.</summary>
    public string Link(string url) => new Uri(Root, url).AbsoluteUri;
}
