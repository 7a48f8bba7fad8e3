using ProjectConsole.Shared;

namespace ProjectConsole.Domain.Resources.Kinds;

/// <summary>What must hold between the networks, addresses and instances of one owner.</summary>
internal static class NetworkRules
{
    private const string VpnProtocol = "udp";

    private static readonly string[] Tables = ["port-forwarding", "load-balancing", "static-nat"];

    // IPsec and the tunnel inside it.
    private static readonly decimal[] VpnPorts = [500, 1701, 4500];

    /// <summary>A VPN answers on an address.</summary>
    public static IEnumerable<FieldError> CheckVpn(ResourceSpec network)
    {
        if (network.IsOn("vpn") && !network.Has("vpn-address"))
        {
            yield return new FieldError("spec.vpn-address", "The VPN needs an address on which it answers.");
        }
    }

    /// <summary>Ranges do not overlap, no port of an address is taken twice, and services name what belongs to this network.</summary>
    public static IEnumerable<FieldError> Check(Neighbour network, IReadOnlyList<Neighbour> neighbours)
    {
        var spec = network.Spec;
        var others = neighbours.Where(other => other.Kind == "network").ToList();
        if (others.Find(other => Cidr.Overlap(other.Spec.Text("cidr") ?? "", spec.Text("cidr") ?? "")) is { } overlapping)
        {
            yield return new FieldError("spec.cidr", $"It overlaps {overlapping.Name}, {overlapping.Spec.Text("cidr")}.");
        }

        var taken = others.SelectMany(other => Ports(other.Spec).Select(port => (port.Address, port.Port, port.Protocol, By: other.Name)))
            .Concat(others.SelectMany(other => PortsOfVpn(other.Spec).Select(port => (port.Address, port.Port, port.Protocol, By: other.Name))))
            .Concat(others.SelectMany(other => other.Spec.Rows("static-nat").Select(row => (Address: row.Text("address")!, Port: 0m, Protocol: "", By: other.Name)))).ToList();
        foreach (var error in CheckPorts(spec, taken).Concat(CheckVpnPorts(spec, taken)).Concat(CheckAddresses(network, neighbours)))
        {
            yield return error;
        }
    }

    /// <summary>No address is allocated twice, and it belongs to no other network than those that use it.</summary>
    public static IEnumerable<FieldError> CheckAddress(Neighbour address, IReadOnlyList<Neighbour> neighbours)
    {
        var spec = address.Spec;
        var same = neighbours.FirstOrDefault(other => other.Kind == "ip-address" && other.Spec.Text("address") == spec.Text("address"));
        if (same is not null)
        {
            yield return new FieldError("spec.address", $"{spec.Text("address")} is {same.Name} already.");
        }

        // Which network that is, is told to those who see networks, on its own page.
        if (spec.Text("network") is { } its && neighbours.Any(other => other.Kind == "network" && other.Name != its && Uses(other.Spec, address.Name)))
        {
            yield return new FieldError("spec.network", $"Another network uses {address.Name}. Take it out there first.");
        }
    }

    private static bool Uses(ResourceSpec network, string address) =>
        Tables.SelectMany(network.Rows).Any(row => row.Text("address") == address) || network.Text("vpn-address") == address;

    // What others took of the address of this network's VPN. What the network itself took of it is said at its rows.
    private static IEnumerable<FieldError> CheckVpnPorts(ResourceSpec spec, List<(string Address, decimal Port, string Protocol, string By)> taken)
    {
        var other = PortsOfVpn(spec).Select(port => taken.Find(entry => entry.Address == port.Address && (entry.Port == 0 || (entry.Port == port.Port && entry.Protocol == port.Protocol))).By)
            .FirstOrDefault(by => by is not null);
        if (other is not null)
        {
            yield return new FieldError("spec.vpn-address", $"{spec.Text("vpn-address")} is in use by {other}: a VPN needs 500, 1701 and 4500/udp of its address.");
        }
    }

    // An address that says to which network it belongs serves that one alone.
    private static IEnumerable<FieldError> CheckAddresses(Neighbour network, IReadOnlyList<Neighbour> neighbours)
    {
        var elsewhere = neighbours.Where(other => other.Kind == "ip-address" && other.Spec.Text("network") is { } its && its != network.Name)
            .ToDictionary(other => other.Name, other => other.Spec.Text("network")!);
        if (network.Spec.Text("vpn-address") is { } ofVpn && elsewhere.TryGetValue(ofVpn, out var holder))
        {
            yield return new FieldError("spec.vpn-address", $"{ofVpn} belongs to the network {holder}.");
        }

        foreach (var table in Tables)
        {
            var rows = network.Spec.Rows(table);
            for (var index = 0; index < rows.Count; index++)
            {
                if (rows[index].Text("address") is { } address && elsewhere.TryGetValue(address, out var its))
                {
                    yield return new FieldError($"spec.{table}[{index}].address", $"{address} belongs to the network {its}.");
                }
            }
        }
    }

    private static IEnumerable<FieldError> CheckPorts(ResourceSpec spec, List<(string Address, decimal Port, string Protocol, string By)> taken)
    {
        var natted = spec.Rows("static-nat").Select(row => row.Text("address")!).ToList();
        for (var index = 0; index < natted.Count; index++)
        {
            var address = natted[index];
            if (natted.IndexOf(address) != index || Ports(spec).Concat(PortsOfVpn(spec)).Any(port => port.Address == address) || taken.Exists(entry => entry.Address == address))
            {
                yield return new FieldError($"spec.static-nat[{index}].address", $"{address} is in use: static NAT takes an address whole.");
            }
        }

        var seen = new HashSet<(string, decimal, string)>();
        foreach (var port in Ports(spec))
        {
            var other = taken.Find(entry => entry.Address == port.Address && (entry.Port == 0 || (entry.Port == port.Port && entry.Protocol == port.Protocol)));
            if (other.By is not null)
            {
                yield return new FieldError(port.At, $"{port.Port:0}/{port.Protocol} of {port.Address} is taken by {other.By}.");
            }
            else if (PortsOfVpn(spec).Any(ofVpn => (ofVpn.Address, ofVpn.Port, ofVpn.Protocol) == (port.Address, port.Port, port.Protocol)))
            {
                yield return new FieldError(port.At, $"{port.Port:0}/{port.Protocol} of {port.Address} is taken by the VPN of this network.");
            }
            else if (!seen.Add((port.Address, port.Port, port.Protocol)))
            {
                yield return new FieldError(port.At, $"{port.Port:0}/{port.Protocol} of {port.Address} stands twice.");
            }
        }
    }

    // The address is kept for the VPN also while that is off.
    private static IEnumerable<(string At, string Address, decimal Port, string Protocol)> PortsOfVpn(ResourceSpec spec) =>
        spec.Text("vpn-address") is { } address ? VpnPorts.Select(port => ("spec.vpn-address", address, port, VpnProtocol)) : [];

    private static IEnumerable<(string At, string Address, decimal Port, string Protocol)> Ports(ResourceSpec spec) =>
        spec.Rows("port-forwarding").Select((row, index) =>
                ($"spec.port-forwarding[{index}].port", row.Text("address") ?? "", row.Number("port") ?? 0, row.Text("protocol") ?? "tcp"))
            .Concat(spec.Rows("load-balancing").Select((row, index) =>
                ($"spec.load-balancing[{index}].port", row.Text("address") ?? "", row.Number("port") ?? 0, "tcp")));
}
