using ProjectConsole.Domain.Accounts;

namespace ProjectConsole.Security;

/// <summary>What an address is asked for.</summary>
public enum AddressUse
{
    /// <summary>Adding the account at once: the answer tells whether there is one.</summary>
    Add,

    /// <summary>Inviting, which mails somebody.</summary>
    Invite,
}

/// <summary>
/// Counts for how many addresses outside an organization a person asked, wherever people are added or invited; each use by itself. Asking
/// for the same address again tells nothing new and is no further try: a preview and the act after it are one. Counted per node and kept
/// in memory: it slows somebody who probes for accounts, and the audit log has every try.
/// </summary>
public sealed class AddressTries(TimeProvider clock)
{
    /// <summary>The most addresses of one person and use within <see cref="Window"/>.</summary>
    public const int Most = 30;

    /// <summary>How long a try counts.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private const int MostPeople = 10_000;

    private readonly Lock _counting = new();
    private readonly Dictionary<(Guid UserId, AddressUse Use), Dictionary<string, DateTime>> _tries = [];

    /// <summary>Whether the person has a try left, or asked for all of the addresses before; counts none.</summary>
    public bool MayAsk(Guid userId, AddressUse use, IEnumerable<string> addresses)
    {
        lock (_counting)
        {
            return Current(userId, use) is not { } mine || mine.Count < Most || addresses.All(address => mine.ContainsKey(EmailAddress.Normalize(address)));
        }
    }

    /// <summary>Counts a try and answers whether it may go on.</summary>
    public bool Take(Guid userId, AddressUse use, string address)
    {
        var (now, normalized) = (clock.GetUtcNow().UtcDateTime, EmailAddress.Normalize(address));
        lock (_counting)
        {
            if (_tries.Count >= MostPeople)
            {
                ForgetIdle(now);
            }

            if (Current(userId, use) is not { } mine)
            {
                _tries[(userId, use)] = mine = [];
            }

            return mine.ContainsKey(normalized) || (mine.Count < Most && mine.TryAdd(normalized, now));
        }
    }

    private Dictionary<string, DateTime>? Current(Guid userId, AddressUse use)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (!_tries.TryGetValue((userId, use), out var mine))
        {
            return null;
        }

        foreach (var old in mine.Where(tried => now - tried.Value >= Window).Select(tried => tried.Key).ToList())
        {
            mine.Remove(old);
        }

        return mine;
    }

    private void ForgetIdle(DateTime now)
    {
        foreach (var idle in _tries.Where(person => person.Value.Values.All(moment => now - moment >= Window)).Select(person => person.Key).ToList())
        {
            _tries.Remove(idle);
        }
    }
}
