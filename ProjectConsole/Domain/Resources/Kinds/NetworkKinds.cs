using static ProjectConsole.Domain.Resources.ResourceField;

namespace ProjectConsole.Domain.Resources.Kinds;

/// <summary>What connects: isolated networks with their services, and addresses.</summary>
internal static class NetworkKinds
{
    public static IReadOnlyList<ResourceKind> All { get; } =
    [
        new("network", "networks", "Network", "Networks", "Network", "lan")
        {
            Purpose = "An isolated network with its services: port forwarding, load balancing, VPN and static NAT.",
            DefaultLimit = 20,
            Fields =
            [
                Text("cidr", "Range", "Such as 10.1.0.0/24. No two networks of a project overlap.").Required().Fixed().AsColumn() with { Check = Cidr.Problem, Example = "10.1.0.0/24" },
                Table(
                    "port-forwarding", "Port forwarding", Address("address"), Port("port", "Port"), Protocol(), Reference("instance", "Instance", "instance").Required(), Port("instance-port", "Its port")),
                Table(
                    "load-balancing", "Load balancing", Address("address"), Port("port", "Port"), References("members", "Instances", "instance").Required(), Port("instance-port", "Their port"),
                    Choice("algorithm", "Algorithm", "round-robin=Round robin", "least-connections=Least connections", "source=By source").Required()),
                Table("static-nat", "Static NAT", Address("address"), Reference("instance", "Instance", "instance").Required()),
                Switch("vpn", "Remote access VPN"), Reference("vpn-address", "VPN address", "ip-address").OfOwner() with { Help = "It answers there on 500, 1701 and 4500/udp." },
            ],
            Rule = NetworkRules.CheckVpn,
            Neighbours = new(["network", "ip-address"], NetworkRules.Check),
        },
        new("ip-address", "ip-addresses", "IP address", "IP addresses", "Network", "location_on")
        {
            Purpose = "A public address that a network's services answer on.",
            DefaultLimit = 20,
            Life = ResourceLives.Allocated,
            Fields = [Text("address", "Address", "Such as 203.0.113.10.").Required().Fixed().AsColumn() with { Check = Cidr.AddressProblem, Example = "203.0.113.10" }, Reference("network", "Network", "network").AsColumn()],
            Neighbours = new(["ip-address", "network"], NetworkRules.CheckAddress),
        },
    ];

    private static ResourceField Address(string name) => Reference(name, "IP address", "ip-address").Required().OfOwner();

    private static ResourceField Port(string name, string title) => Number(name, title, 1, 65_535).Required();

    private static ResourceField Protocol() => Choice("protocol", "Protocol", "tcp=TCP", "udp=UDP").Required();
}
