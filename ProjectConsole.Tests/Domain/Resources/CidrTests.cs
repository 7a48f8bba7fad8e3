using ProjectConsole.Domain.Resources.Kinds;

namespace ProjectConsole.Tests.Domain.Resources;

public sealed class CidrTests
{
    [Theory]
    [InlineData("203.0.113.10")]
    [InlineData("2001:db8::10")]
    public void AddressProblem_Address_IsNone(string text) => Assert.Null(Cidr.AddressProblem(text));

    [Theory]
    [InlineData("::ffff:203.0.113.10", "This is an IPv4 address. Write it as 203.0.113.10.")]
    [InlineData("2001:db8::10%1", "Leave out the %")]
    [InlineData("2001:db8::10%eth0", "Leave out the %")]
    [InlineData("2001:DB8::10", "Write an address")]
    [InlineData("2001:db8:0::10", "Write an address")]
    [InlineData("::ffff:cb00:710a", "Write an address")]
    [InlineData("203.0.113.010", "Write an address")]
    [InlineData("203.0.113.10:80", "Write an address")]
    [InlineData("front", "Write an address")]
    public void AddressProblem_AnotherSpelling_SaysHowToWriteIt(string text, string says) =>
        Assert.StartsWith(says, Cidr.AddressProblem(text), StringComparison.Ordinal);
}
