namespace ProjectConsole.Domain.Audit;

/// <summary>Goes along a chain from its first entry and stops where it is broken.</summary>
public sealed class ChainWalk
{
    private DateTime? _upToUtc;

    /// <summary>The entries so far are as they were sealed.</summary>
    public long Number { get; private set; }

    /// <summary>Hash of the last of them; empty before the first.</summary>
    public string Hash { get; private set; } = "";

    /// <summary>What was found so far.</summary>
    public ChainVerdict Verdict(ChainBreak? found) => new(Number, _upToUtc, Hash, found);

    /// <summary>Takes the sealed entry that comes next by its number; answers what is wrong with it.</summary>
    public ChainBreak? Take(AuditEntry entry)
    {
        var next = Number + 1;
        if (entry.SealNumber != next)
        {
            return entry.SealNumber > next ? new ChainBreak(next, ChainFault.Missing) : new ChainBreak(entry.SealNumber ?? 0, ChainFault.OutOfOrder);
        }

        var hash = AuditSeal.Of(entry, next, Hash);
        if (hash != entry.SealHash)
        {
            return new ChainBreak(next, ChainFault.Changed);
        }

        // A denied attempt is sealed after what was done meanwhile.
        (Number, Hash, _upToUtc) = (next, hash, _upToUtc is { } latest && latest > entry.WhenUtc ? latest : entry.WhenUtc);
        return null;
    }

    /// <summary>Ends behind the last entry; answers what is wrong with the head, which is null where none was written.</summary>
    public ChainBreak? End(AuditChain? head) => (head?.Number ?? 0) switch
    {
        var counted when counted > Number => new ChainBreak(Number + 1, ChainFault.Missing),
        var counted when counted < Number => new ChainBreak(Math.Max(counted, 0) + 1, ChainFault.PastTheHead),
        _ => (head?.Hash ?? "") == Hash ? null : new ChainBreak(Number, ChainFault.Head),
    };
}
