using ProjectConsole.Domain.Resources;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Resources;

/// <summary>The address of a VPN is an address like those of the other services of a network.</summary>
public sealed class NetworkVpnTests
{
    private static readonly ResourceKind Network = ResourceKinds.Get("network");

    [Theory]
    [InlineData("'vpn':true", "spec.vpn-address", "The VPN needs an address on which it answers.")]
    [InlineData("'vpn':true,'vpn-address':'bound'", "spec.vpn-address", "bound belongs to the network first.")]
    [InlineData("'vpn':true,'vpn-address':'vpn'", "spec.vpn-address", "vpn is in use by first: a VPN needs 500, 1701 and 4500/udp of its address.")]
    [InlineData("'vpn-address':'vpn'", "spec.vpn-address", "vpn is in use by first: a VPN needs 500, 1701 and 4500/udp of its address.")]
    [InlineData("'vpn':true,'vpn-address':'natted'", "spec.vpn-address", "natted is in use by first: a VPN needs 500, 1701 and 4500/udp of its address.")]
    [InlineData("'vpn':true,'vpn-address':'tunnel'", "spec.vpn-address", "tunnel is in use by first: a VPN needs 500, 1701 and 4500/udp of its address.")]
    [InlineData("'static-nat':[{'address':'vpn','instance':'web'}]", "spec.static-nat[0].address", "vpn is in use: static NAT takes an address whole.")]
    [InlineData("'port-forwarding':[{'address':'vpn','port':500,'protocol':'udp','instance':'web','instance-port':500}]", "spec.port-forwarding[0].port", "500/udp of vpn is taken by first.")]
    [InlineData("'vpn':true,'vpn-address':'free','static-nat':[{'address':'free','instance':'web'}]", "spec.static-nat[0].address", "free is in use: static NAT takes an address whole.")]
    [InlineData("'vpn':true,'vpn-address':'free','port-forwarding':[{'address':'free','port':4500,'protocol':'udp','instance':'web','instance-port':1}]", "spec.port-forwarding[0].port", "4500/udp of free is taken by the VPN of this network.")]
    public async Task Vpn_WhereTheAddressIsNotFree_IsRefusedOnCreateAndChange(string services, string wrong, string sentence)
    {
        await using var world = await WorldAsync();
        var (plain, fields) = (await world.MakeAsync("network", "plain", "{'cidr':'10.3.0.0/24'}"), $"{{'cidr':'10.3.0.0/24',{services}}}");

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            AssertWrong(await world.Resources.ChangeAsync(world.As("developer"), world.InVision, Network, plain.Id, ResourceWorld.Draft("", fields), null));
            AssertWrong((await world.Resources.CreateAsync(
                world.As("developer"), world.InVision, Network, ResourceWorld.Draft("second", fields.Replace("10.3.", "10.2.", StringComparison.Ordinal)))).Error!);
        });

        void AssertWrong(Result result)
        {
            var error = Assert.Single(Assert.IsType<Invalid>(result.Error).Fields);
            Assert.Equal((wrong, sentence), (error.Field, error.Message));
        }
    }

    [Theory]
    [InlineData("'vpn':true,'vpn-address':'free'")]
    [InlineData("'vpn-address':'free'")]
    [InlineData("'vpn':false")]
    // A VPN leaves the other ports of its address to others.
    [InlineData("'port-forwarding':[{'address':'vpn','port':443,'protocol':'tcp','instance':'web','instance-port':443}]")]
    [InlineData("'load-balancing':[{'address':'vpn','port':500,'members':'web','instance-port':500,'algorithm':'source'}]")]
    [InlineData("'vpn':true,'vpn-address':'free','port-forwarding':[{'address':'free','port':500,'protocol':'tcp','instance':'web','instance-port':500}]")]
    public async Task Vpn_WhereNothingCollides_IsTaken(string services)
    {
        await using var world = await WorldAsync();
        var plain = await world.MakeAsync("network", "plain", "{'cidr':'10.3.0.0/24'}");

        Assert.Null((await world.Resources.ChangeAsync(world.As("developer"), world.InVision, Network, plain.Id, ResourceWorld.Draft("", $"{{'cidr':'10.3.0.0/24',{services}}}"), null)).Error);
    }

    [DatabaseTheory]
    public async Task Vpn_ChangedByItsOwnNetwork_KeepsItsAddress(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        await world.MakeAsync("ip-address", "vpn", "{'address':'203.0.113.10'}");
        var network = await world.MakeAsync("network", "first", "{'cidr':'10.1.0.0/24','vpn':true,'vpn-address':'vpn'}");
        var address = await world.FindAsync("ip-address", "vpn");

        Assert.Null((await world.Resources.ChangeAsync(
            world.As("developer"), world.InVision, ResourceKinds.Get("ip-address"), address.Id, ResourceWorld.Draft("", "{'address':'203.0.113.10','network':'first'}"), null)).Error);
        Assert.Null((await world.Resources.ChangeAsync(
            world.As("developer"), world.InVision, Network, network.Id, ResourceWorld.Draft("", "{'vpn':false,'vpn-address':'vpn'}"), null)).Error);

        Assert.Equal("vpn", (await world.FindAsync("network", "first")).Spec.Text("vpn-address"));
    }

    private static async Task<ResourceWorld> WorldAsync()
    {
        var world = await ResourceWorld.CreateAsync();
        await world.MakeAsync("instance", "web", "{'cpu-cores':1,'memory':1}");
        foreach (var (name, index) in ((string[])["vpn", "natted", "tunnel", "free"]).Select((name, index) => (name, index)))
        {
            await world.MakeAsync("ip-address", name, $"{{'address':'203.0.113.{index + 1}'}}");
        }

        await world.MakeAsync(
            "network", "first",
            """{"cidr":"10.1.0.0/24","vpn":true,"vpn-address":"vpn","static-nat":[{"address":"natted","instance":"web"}],"port-forwarding":[{"address":"tunnel","port":1701,"protocol":"udp","instance":"web","instance-port":1701}]}""");
        await world.MakeAsync("ip-address", "bound", "{'address':'203.0.113.99','network':'first'}");
        return world;
    }
}
