using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using ProjectConsole.Shared;

namespace ProjectConsole.Security;

/// <summary>Whose word is taken for the client's address and scheme.</summary>
public static class ProxySettings
{
    /// <summary>
    /// Reads forwarded headers from the proxies in <c>Console:KnownProxies</c> (addresses or networks, separated by commas) and
    /// from nobody else; without the setting from nobody.
    /// </summary>
    /// <exception cref="StartRefusedException">An entry is neither an address nor a network.</exception>
    public static void UseKnownProxies(this WebApplication app)
    {
        var entries = (app.Configuration["Console:KnownProxies"] ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (entries.Length == 0)
        {
            return;
        }

        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var entry in entries)
        {
            if (IPAddress.TryParse(entry, out var address))
            {
                options.KnownProxies.Add(address);
            }
            else if (System.Net.IPNetwork.TryParse(entry, out var network))
            {
                options.KnownIPNetworks.Add(network);
            }
            else
            {
                throw new StartRefusedException($"Console:KnownProxies holds \"{entry}\", which is neither an address nor a network such as 10.0.0.0/8.");
            }
        }

        app.UseForwardedHeaders(options);
    }
}
