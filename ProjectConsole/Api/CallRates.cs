using System.Globalization;

namespace ProjectConsole.Api;

/// <summary>
/// How many calls a key or token makes in a minute on this node, told in headers with every answer
/// (draft-ietf-httpapi-ratelimit-headers).
/// </summary>
public sealed class CallRates(TimeProvider clock, IConfiguration configuration)
{
    // Only callers that have a key are here: there are no more of them than keys.
    private readonly MinuteCounts<Guid> _calls = new(clock);
    private readonly int _most = configuration.GetValue("Api:CallsPerMinute", 6_000);

    /// <summary>Takes one call of the caller's; false where there is none left in this minute.</summary>
    public bool Take(Guid caller, IHeaderDictionary headers)
    {
        var taken = _calls.Add(caller);
        var left = TimeSpan.TicksPerMinute - clock.GetUtcNow().UtcTicks % TimeSpan.TicksPerMinute;
        var seconds = (left + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond;
        headers["RateLimit-Policy"] = string.Create(CultureInfo.InvariantCulture, $"\"calls\";q={_most};w=60");
        headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"calls\";r={Math.Max(0, _most - taken)};t={seconds}");
        if (taken <= _most)
        {
            return true;
        }

        headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return false;
    }
}
