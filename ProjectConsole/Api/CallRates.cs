using System.Collections.Concurrent;
using System.Globalization;

namespace ProjectConsole.Api;

/// <summary>
/// How many calls a key, token or session makes in a minute on this node, told in headers with every answer
/// (draft-ietf-httpapi-ratelimit-headers).
/// </summary>
public sealed class CallRates(TimeProvider clock, IConfiguration configuration)
{
    private const int MostCallers = 100_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Guid, Counter> _callers = new();
    private readonly int _most = configuration.GetValue("Api:CallsPerMinute", 6_000);

    /// <summary>Takes one call of the caller's; false where there is none left in this minute.</summary>
    public bool Take(Guid caller, IHeaderDictionary headers)
    {
        var now = clock.GetUtcNow().UtcTicks;
        var minute = now / Window.Ticks;
        if (_callers.Count >= MostCallers)
        {
            foreach (var (key, old) in _callers)
            {
                if (old.Minute != minute)
                {
                    _callers.TryRemove(key, out _);
                }
            }
        }

        var taken = _callers.GetOrAdd(caller, _ => new Counter()).Take(minute);
        var seconds = ((minute + 1) * Window.Ticks - now + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond;
        headers["RateLimit-Policy"] = string.Create(CultureInfo.InvariantCulture, $"\"calls\";q={_most};w=60");
        headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"calls\";r={Math.Max(0, _most - taken)};t={seconds}");
        if (taken <= _most)
        {
            return true;
        }

        headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return false;
    }

    private sealed class Counter
    {
        private readonly Lock _lock = new();
        private int _count;

        public long Minute { get; private set; }

        public int Take(long minute)
        {
            lock (_lock)
            {
                (Minute, _count) = (minute, Minute == minute ? _count + 1 : 1);
                return _count;
            }
        }
    }
}
