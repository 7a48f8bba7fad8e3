using ProjectConsole.Security;

namespace ProjectConsole.Features.Collaborators;

/// <summary>What is done to several collaborators at once.</summary>
public abstract record BulkAct
{
    /// <summary>Another role.</summary>
    /// <param name="Key">Its stored name.</param>
    public sealed record Role(string Key) : BulkAct;

    /// <summary>Another end.</summary>
    /// <param name="ExpiresUtc">When, UTC; null for never.</param>
    public sealed record Expiry(DateTime? ExpiresUtc) : BulkAct;

    /// <summary>The end of what the project grants them.</summary>
    public sealed record Removal : BulkAct;
}

/// <summary>One act on several collaborators.</summary>
/// <param name="Principals">People and teams.</param>
/// <param name="Act">What is done.</param>
/// <param name="IsAllOrNothing">Whether one refusal stops all of it; otherwise those that can are done.</param>
public sealed record BulkChange(IReadOnlyList<Guid> Principals, BulkAct Act, bool IsAllOrNothing);

/// <summary>Takes over the collaborators of another project of the organization.</summary>
/// <param name="FromProjectId">The other project.</param>
/// <param name="IsAllOrNothing">Whether one refusal stops all of it; otherwise those that can are added.</param>
public sealed record CollaboratorCopy(Guid FromProjectId, bool IsAllOrNothing);

/// <summary>What became of an act on several.</summary>
/// <param name="Lines">A line for each.</param>
/// <param name="Change">Done, or in a dry run what would change; null where nothing was done.</param>
public sealed record BulkAnswer(IReadOnlyList<ActLine> Lines, AccessChange? Change)
{
    /// <summary>How many were refused.</summary>
    public int Refused => Lines.Count(line => line.Refusal is not null);

    /// <summary>How many were done, or would be.</summary>
    public int Done => Change is null ? 0 : Lines.Count - Refused;
}
