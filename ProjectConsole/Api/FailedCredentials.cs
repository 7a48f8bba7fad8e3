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

    private readonly MinuteCounts<string> _failed = new(clock, MostAddresses);

    /// <summary>Whether the address must wait for the next minute.</summary>
    public bool IsBarred(string address) => _failed.Of(Network(address)) >= Most;

    /// <summary>Counts one that opened nothing.</summary>
    public void Count(string address) => _failed.Add(Network(address));

    // Somebody with one IPv6 address has all those of its network.
    private static string Network(string address) =>
        IPAddress.TryParse(address, out var parsed) && parsed is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false }
            ? Convert.ToHexString(parsed.GetAddressBytes().AsSpan(0, 8))
            : address;
}
