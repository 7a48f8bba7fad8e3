namespace ProjectConsole.Features.Account;

/// <summary>The address under which people reach the console, for links in mails.</summary>
/// <param name="Root">Scheme, host and port.</param>
public sealed record PublicAddress(Uri Root)
{
    /// <summary>
    /// The setting <c>Console:PublicUrl</c>; without it what the request says, which a forged Host header changes: set it wherever
    /// strangers reach the console.
    /// </summary>
    public static PublicAddress Of(IConfiguration configuration, HttpRequest request) =>
        new(configuration.GetValue<Uri>("Console:PublicUrl") ?? new Uri($"{request.Scheme}://{request.Host}"));

    /// <summary>A full link.</summary>
    public string Link(string url) => new Uri(Root, url).AbsoluteUri;
}
