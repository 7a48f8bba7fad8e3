namespace ProjectConsole.CommandLine;

/// <summary>Which console is asked, and with which token.</summary>
internal static class ServerAddress
{
    /// <summary>Names the console.</summary>
    public const string Variable = "PROJECTCONSOLE_SERVER";

    /// <summary>Holds a token.</summary>
    public const string TokenVariable = "PROJECTCONSOLE_TOKEN";

    /// <summary>The console: as typed, else by the environment, else the stored one.</summary>
    public static Uri Find(string? typed, Surroundings around, StoredSettings stored) => (typed ?? around.Find(Variable) ?? stored.Server) is { } text
        ? Parse(text)
        : throw CommandRefusedException.Usage("No server is given.", $"Give --server https://..., set {Variable}, or sign in with projectconsole login --server https://...");

    /// <summary>The token: by the environment, else the stored one, which is for the stored console alone.</summary>
    public static string FindToken(Uri server, Surroundings around, StoredSettings stored)
    {
        if (around.Find(TokenVariable) is { } given)
        {
            return given.Trim();
        }

        return stored is { Token: { } token, Server: { } known } && Parse(known) == server ? token
            : throw new CommandRefusedException(
                ExitCodes.NotSignedIn, $"There is no token for {Show(server)}.", $"projectconsole login --server {Show(server)}, or set {TokenVariable}.");
    }

    /// <summary>An address as it is stored and shown.</summary>
    public static string Show(Uri server) => server.GetLeftPart(UriPartial.Authority);

    /// <summary>Whether what is sent there can be read on the way.</summary>
    public static bool IsOpenToOthers(Uri server) => server.Scheme == Uri.UriSchemeHttp && !server.IsLoopback;

    private static Uri Parse(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
        && address is { PathAndQuery: "/", UserInfo: "", Fragment: "" }
            ? address
            : throw CommandRefusedException.Usage("The server is not an address such as https://console.example.", "Give scheme, host and port, and nothing behind them.");
}
