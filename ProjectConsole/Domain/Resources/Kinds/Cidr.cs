using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ProjectConsole.Domain.Resources.Kinds;

/// <summary>Ranges of IPv4 addresses as <c>10.1.0.0/24</c>.</summary>
internal static class Cidr
{
    private const int Shortest = 8;
    private const int Longest = 30;

    public static string? Problem(string text) =>
        !IPNetwork.TryParse(text, out var network) || network.BaseAddress.AddressFamily != AddressFamily.InterNetwork || network.ToString() != text
            ? "Write the range as an address and a length, such as 10.1.0.0/24. The bits after the length are 0."
            : network.PrefixLength is < Shortest or > Longest ? string.Create(CultureInfo.InvariantCulture, $"The length is between /{Shortest} and /{Longest}.")
            : null;

    // One spelling for each address: what is spelled in two ways would be allocated twice.
    public static string? AddressProblem(string text) =>
        text.Contains('%', StringComparison.Ordinal) ? "Leave out the % and what follows it: a scope is of one machine and not of the address."
        : !IPAddress.TryParse(text, out var address) || address.ToString() != text ? "Write an address, such as 203.0.113.10 or 2001:db8::10."
        : address.IsIPv4MappedToIPv6 ? $"This is an IPv4 address. Write it as {address.MapToIPv4()}."
        : null;

    public static bool Overlap(string first, string second)
    {
        if (!IPNetwork.TryParse(first, out var one) || !IPNetwork.TryParse(second, out var other))
        {
            return false;
        }

        return one.Contains(other.BaseAddress) || other.Contains(one.BaseAddress);
    }
}
