using System.Collections.Concurrent;

namespace ProjectConsole.Api;

/// <summary>
/// Counts credentials that opened nothing by address and minute. Whoever sent too many is refused before anything is looked up, so
/// that guessing costs the database nothing.
/// </summary>
public sealed class FailedCredentials(TimeProvider clock)
{
    /// <summary>How many an address may send in a minute.</summary>
    public const int Most = 30;

    private const int MostAddresses = 100_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, (long Minute, int Count)> _failed = new(StringComparer.Ordinal);

    private long Minute => clock.GetUtcNow().UtcTicks / Window.Ticks;

    /// <summary>Whether the address must wait for the next minute.</summary>
    public bool IsBarred(string address) => _failed.TryGetValue(address, out var entry) && entry.Minute == Minute && entry.Count >= Most;

    /// <summary>Counts one that opened nothing.</summary>
    public void Count(string address)
    {
        var minute = Minute;
        if (_failed.Count >= MostAddresses)
        {
            foreach (var (key, entry) in _failed)
            {
                if (entry.Minute != minute)
                {
                    _failed.TryRemove(key, out _);
                }
            }
        }

        _failed.AddOrUpdate(address, (minute, 1), (_, entry) => entry.Minute == minute ? (minute, entry.Count + 1) : (minute, 1));
    }
}
