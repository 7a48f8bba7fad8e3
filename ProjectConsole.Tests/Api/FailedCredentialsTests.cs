using ProjectConsole.Api;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Api;

/// <summary>Who must wait after keys that opened nothing.</summary>
public sealed class FailedCredentialsTests
{
    [Theory]
    [InlineData("2001:db8::1", "2001:db8::ffff:2", true)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", false)]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("::ffff:192.0.2.1", "::ffff:192.0.2.2", false)]
    public void IsBarred_AfterTheFailuresOfOneAddress_IsItsNetworkForTheMinute(string failing, string asking, bool barred)
    {
        var clock = new TestClock();
        var failed = new FailedCredentials(clock);
        for (var failure = 1; failure <= FailedCredentials.Most; failure++)
        {
            Assert.False(failed.IsBarred(asking));
            failed.Count(failing);
        }

        Assert.Equal(barred, failed.IsBarred(asking));
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.False(failed.IsBarred(asking));
    }
}
