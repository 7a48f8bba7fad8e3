using System.Net;
using System.Net.Sockets;

namespace ProjectConsole.Api;

/// <summary>
/// Counts keys that were looked up and opened nothing, by network address and minute. Whoever sent too many is refused before
/// anything is looked up, so that guessing costs the database nothing. What is no key at all is refused without being counted.
/// </summary>
public sealed class FailedCredentials(TimeProvider clock)
{
    /// <summary>How many an address may send in a minute.</summary>
    public const int Most = 30;

    private const int MostAddresses = 100_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _failed = new(StringComparer.Ordinal);
    private long _minute;

    /// <summary>Whether the address must wait for the next minute.</summary>
    public bool IsBarred(string address)
    {
        lock (_lock)
        {
            return Turned().GetValueOrDefault(Network(address)) >= Most;
        }
    }

    /// <summary>Counts one that opened nothing.</summary>
    public void Count(string address)
    {
        var network = Network(address);
        lock (_lock)
        {
            var failed = Turned();
            if (failed.TryGetValue(network, out var count) || failed.Count < MostAddresses)
            {
                failed[network] = count + 1;
            }
        }
    }

    // Somebody with one IPv6 address has all those of its network.
    private static string Network(string address) =>
        IPAddress.TryParse(address, out var parsed) && parsed is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false }
            ? Convert.ToHexString(parsed.GetAddressBytes().AsSpan(0, 8))
            : address;

    private Dictionary<string, int> Turned()
    {
        var minute = clock.GetUtcNow().UtcTicks / TimeSpan.TicksPerMinute;
        if (minute != _minute)
        {
            _minute = minute;
            _failed.Clear();
        }

        return _failed;
    }
}
