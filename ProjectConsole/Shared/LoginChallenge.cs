using System.Security.Cryptography;
using System.Text;

namespace ProjectConsole.Shared;

/// <summary>
/// The challenge with which a command line asks to be signed in (RFC 7636), bound to the console that it means: a console that sends the
/// browser on to another one would otherwise be handed the code of that one, and what opens it (the mix-up of RFC 9700, 4.4).
/// </summary>
public static class LoginChallenge
{
    /// <summary>The hash of what only the asking program knows, and of the console that it asks.</summary>
    public static byte[] Of(string verifier, string console) => SHA256.HashData(Encoding.UTF8.GetBytes($"{verifier}.{console}"));

    /// <summary>A console by the name that a browser sends as the host: with its port where that is not the usual one.</summary>
    public static string Console(Uri server)
    {
        var host = server.HostNameType == UriHostNameType.IPv6 ? server.Host : server.IdnHost;
        return Console(server.IsDefaultPort ? host : $"{host}:{server.Port}");
    }

    /// <summary>A console by the host of a request.</summary>
    public static string Console(string host) => host.ToLowerInvariant();
}
