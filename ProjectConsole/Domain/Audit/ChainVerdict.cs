using static System.FormattableString;

namespace ProjectConsole.Domain.Audit;

/// <summary>What is wrong with a chain.</summary>
public enum ChainFault
{
    /// <summary>The entry does not say any more what it said when it was sealed.</summary>
    Changed,

    /// <summary>No entry has the number.</summary>
    Missing,

    /// <summary>The entry stands where it was not sealed.</summary>
    OutOfOrder,

    /// <summary>The entry has a number that the head does not count.</summary>
    PastTheHead,

    /// <summary>The head does not have the hash of the last entry.</summary>
    Head,
}

/// <summary>The first place where a chain is broken.</summary>
/// <param name="Number">Of the entry in the chain.</param>
/// <param name="Fault">What is wrong there.</param>
public sealed record ChainBreak(long Number, ChainFault Fault)
{
    /// <summary>The number with which the entry that stands there was sealed, where that is known.</summary>
    public long? SealedAs { get; init; }

    /// <summary>What a person reads.</summary>
    public string Sentence => Fault switch
    {
        ChainFault.Missing => Invariant($"Entry {Number} is missing."),
        ChainFault.OutOfOrder when SealedAs is { } number => Invariant($"Entry {Number} is out of order: what stands there was sealed as entry {number}."),
        ChainFault.OutOfOrder => Invariant($"Entry {Number} is out of order: the number stands twice or was never given."),
        ChainFault.PastTheHead => Invariant($"Entry {Number} was added past the head of the chain."),
        ChainFault.Head => Invariant($"The head of the chain does not match entry {Number}."),
        _ => Invariant($"Entry {Number} was changed after it was sealed."),
    };
}

/// <summary>What was found in a chain.</summary>
/// <param name="Entries">How many entries from the first on are as they were sealed.</param>
/// <param name="UpToUtc">When the latest of them happened; null without one.</param>
/// <param name="Hash">The hash of the last of them: kept elsewhere, it shows a chain that was rewritten as a whole.</param>
/// <param name="Break">Where the chain is broken; null where it is not.</param>
public sealed record ChainVerdict(long Entries, DateTime? UpToUtc, string Hash, ChainBreak? Break);
