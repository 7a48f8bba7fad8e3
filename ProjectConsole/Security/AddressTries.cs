namespace ProjectConsole.Security;

/// <summary>
/// Counts how often a person asked for an address outside an organization, wherever people are added. Counted per node and kept in memory:
/// it slows somebody who probes for accounts, and the audit log has every try.
/// </summary>
public sealed class AddressTries(TimeProvider clock)
{
    /// <summary>The most tries of one person within <see cref="Window"/>.</summary>
    public const int Most = 30;

    /// <summary>How long a try counts.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private const int MostPeople = 10_000;

    private readonly Lock _counting = new();
    private readonly Dictionary<Guid, Queue<DateTime>> _tries = [];

    /// <summary>Whether the person has a try left; counts none.</summary>
    public bool HasOne(Guid userId)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        lock (_counting)
        {
            return !_tries.TryGetValue(userId, out var mine) || mine.Count(moment => now - moment < Window) < Most;
        }
    }

    /// <summary>Counts a try and answers whether it may go on.</summary>
    public bool Take(Guid userId)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        lock (_counting)
        {
            if (_tries.Count >= MostPeople)
            {
                ForgetIdle(now);
            }

            if (!_tries.TryGetValue(userId, out var mine))
            {
                _tries[userId] = mine = new Queue<DateTime>();
            }

            while (mine.TryPeek(out var oldest) && now - oldest >= Window)
            {
                mine.Dequeue();
            }

            if (mine.Count >= Most)
            {
                return false;
            }

            mine.Enqueue(now);
            return true;
        }
    }

    private void ForgetIdle(DateTime now)
    {
        foreach (var idle in _tries.Where(person => now - person.Value.LastOrDefault() >= Window).Select(person => person.Key).ToList())
        {
            _tries.Remove(idle);
        }
    }
}
