using System.Net;
using System.Net.Sockets;

namespace ProjectConsole.Api;

/// <summary>
/// Counts keys that were looked up and opened nothing, by network address and minute. Whoever sent too many is refused before
/// anything is looked up, so that guessing costs the database nothing. What is no key at all is refused without being counted.
/// </summary>
public class FailedCredentials(TimeProvider clock)
{
    /// <summary>How many an address may send in a minute.</summary>
    public const int Most = 30;

    private const int MostAddresses = 100_000;

    private readonly MinuteCounts<string> _failed = new(clock, MostAddresses);

    /// <summary>Whether the address must wait for the next minute.</summary>
    public bool IsBarred(string address) => _failed.Of(Network(address)) >= Most;

    /// <summary>The answer to an address that must wait; null for any other.</summary>
    public Problem? Refuse(string address, IHeaderDictionary headers)
    {
        if (!IsBarred(address))
        {
            return null;
        }

        headers.RetryAfter = "60";
        return new Problem("too-many-failures", "Too many failed keys", StatusCodes.Status429TooManyRequests, "This address sent too many keys or codes that open nothing. Wait a minute.");
    }

    /// <summary>Counts one that opened nothing.</summary>
    public void Count(string address) => _failed.Add(Network(address));

    // Somebody with one IPv6 address has all those of its network.
    private static string Network(string address) =>
        IPAddress.TryParse(address, out var parsed) && parsed is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false }
            ? Convert.ToHexString(parsed.GetAddressBytes().AsSpan(0, 8))
            : address;
}

/// <summary>The same for codes of command lines, apart: anybody can send those, and would bar the keys of an address that many share.</summary>
public sealed class FailedLogins(TimeProvider clock) : FailedCredentials(clock);
