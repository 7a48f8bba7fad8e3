namespace ProjectConsole.Api;

/// <summary>Counts within the minute that runs; when it turns all begin at zero, so that nothing grows.</summary>
/// <param name="clock">The clock.</param>
/// <param name="most">The most keys that are counted in a minute; further ones are not.</param>
internal sealed class MinuteCounts<TKey>(TimeProvider clock, int most = int.MaxValue)
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, int> _counts = [];
    private long _minute;

    /// <summary>How many were counted in this minute.</summary>
    public int Of(TKey key)
    {
        lock (_lock)
        {
            return Current().GetValueOrDefault(key);
        }
    }

    /// <summary>Counts one, and answers how many that makes.</summary>
    public int Add(TKey key)
    {
        lock (_lock)
        {
            var counts = Current();
            return counts.TryGetValue(key, out var count) || counts.Count < most ? counts[key] = count + 1 : 0;
        }
    }

    private Dictionary<TKey, int> Current()
    {
        var minute = clock.GetUtcNow().UtcTicks / TimeSpan.TicksPerMinute;
        if (minute != _minute)
        {
            _minute = minute;
            _counts.Clear();
        }

        return _counts;
    }
}
