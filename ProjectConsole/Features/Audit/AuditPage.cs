using ProjectConsole.Components.Access;
using ProjectConsole.Domain.Audit;

namespace ProjectConsole.Features.Audit;

/// <summary>One entry in a list.</summary>
public sealed record AuditLine(
    long Id, DateTime WhenUtc, string ActorName, string Action, string ObjectName, AuditResult Result, int Count, string? ProjectName)
{
    /// <summary>What was done, in words: the part before the object.</summary>
    public string Verb => AuditWords.Verb(Action, Result);

    /// <summary>The part after the object.</summary>
    public string Tail => AuditWords.Tail(Action, Result, ProjectName);
}

/// <summary>A page of entries, newest first.</summary>
/// <param name="Lines">The entries.</param>
/// <param name="Total">How many match, at most <see cref="AuditService.MostCounted"/>.</param>
/// <param name="Older">Where the next page starts; null at the end.</param>
/// <param name="Newer">Where the page before ends; null at the start.</param>
public sealed record AuditList(IReadOnlyList<AuditLine> Lines, int Total, long? Older, long? Newer);

/// <summary>What is shown of an entry when it is opened.</summary>
public sealed record AuditDetail(
    string Action, string ObjectKind, DateTime WhenUtc, string Reason, string? Before, string? After, string Address, string RequestId);
