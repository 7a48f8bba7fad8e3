using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using ProjectConsole.Features.Account;
using ProjectConsole.Features.Account.Mail;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Account;

public sealed class PublicAddressTests
{
    [Theory]
    [InlineData(null, "console.acme.test", true, "http://console.acme.test/")]
    [InlineData(null, "evil.test", false, null)]
    [InlineData(null, "localhost.evil.test", false, null)]
    [InlineData(null, "127.0.0.1.evil.test:5080", false, null)]
    [InlineData(null, "LOCALHOST:5080", false, "http://localhost:5080/")]
    [InlineData(null, "127.0.0.1", false, "http://127.0.0.1/")]
    [InlineData(null, "[::1]:5080", false, "http://[::1]:5080/")]
    [InlineData("https://console.acme.test", "evil.test", false, "https://console.acme.test/")]
    public void Of_RequestAndSetting_BelievesOnlyTheSettingAndThisMachine(string? setting, string host, bool isDevelopment, string? expected)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(PublicAddress.Setting, setting)]).Build();
        var request = new DefaultHttpContext { Request = { Scheme = "http", Host = new HostString(host) } }.Request;

        Assert.Equal(expected, PublicAddress.Of(configuration, request, isDevelopment)?.Root.AbsoluteUri);
    }

    [Fact]
    public void MailPace_SameAddressAndKind_WaitsTwoMinutes()
    {
        var clock = new TestClock();
        var pace = new MailPace(clock);

        Assert.True(pace.Take("a@acme.test", "Confirm"));
        Assert.False(pace.Take("A@acme.test", "Confirm"));
        Assert.True(pace.Take("a@acme.test", "Reset"));
        Assert.True(pace.Take("b@acme.test", "Confirm"));
        clock.Advance(MailPace.Window);
        Assert.True(pace.Take("a@acme.test", "Confirm"));
    }
}
