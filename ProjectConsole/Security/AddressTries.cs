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
    /// <summary>The most addresses of one person and use within <see cref="Window"/>: what can be pasted at once passes once.</summary>
    public const int Most = AddressList.Most;

    /// <summary>How long a try counts.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private const int MostPeople = 10_000;

    private readonly Lock _counting = new();
    private readonly Dictionary<(Guid UserId, AddressUse Use), Dictionary<string, DateTime>> _tries = [];

    /// <summary>Counts a try and answers whether it may go on.</summary>
    public bool Take(Guid userId, AddressUse use, string address) => Take(userId, use, [address]);

    /// <summary>
    /// Counts a try for each address and answers whether all of them may go on; where they may not, none is counted. Called before
    /// any of them is looked up, so that a hit and a miss cost the same.
    /// </summary>
    public bool Take(Guid userId, AddressUse use, IReadOnlyCollection<string> addresses)
    {
        var now = clock.GetUtcNow().UtcDateTime;
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

            var fresh = addresses.Select(EmailAddress.Normalize).Where(address => !mine.ContainsKey(address)).ToHashSet(StringComparer.Ordinal);
            if (mine.Count + fresh.Count > Most)
            {
                return false;
            }

            foreach (var address in fresh)
            {
                mine[address] = now;
            }

            return true;
        }
    }

    /// <summary>Whether tries for all of the addresses are left; counts none.</summary>
    public bool MayAsk(Guid userId, AddressUse use, IReadOnlyCollection<string> addresses)
    {
        lock (_counting)
        {
            var mine = Current(userId, use);
            return (mine?.Count ?? 0) + addresses.Select(EmailAddress.Normalize).Distinct(StringComparer.Ordinal).Count(address => mine?.ContainsKey(address) != true) <= Most;
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
