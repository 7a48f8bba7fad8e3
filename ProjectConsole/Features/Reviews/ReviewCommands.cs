using ProjectConsole.Domain.Reviews;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Reviews;

/// <summary>A review to start.</summary>
/// <param name="DueUtc">When it ends by itself, UTC.</param>
/// <param name="Unanswered">What then happens to rows without an answer.</param>
public sealed record NewReview(DateTime? DueUtc, UnansweredRows Unanswered);

/// <summary>What is decided about one collaborator.</summary>
/// <param name="PrincipalId">The person or team.</param>
/// <param name="Answer">Keep, Reduce or Remove.</param>
/// <param name="NewRole">Stored name of the smaller role, for Reduce.</param>
public sealed record ReviewDecision(Guid PrincipalId, ReviewAnswer Answer, string? NewRole = null);

/// <summary>One review of a list.</summary>
public sealed record ReviewHead(
    Guid Id, string StartedByName, DateTime StartedUtc, DateTime DueUtc, UnansweredRows Unanswered, DateTime? ClosedUtc, string ClosedByName, int Rows, int Answered)
{
    /// <summary>Whether it still takes answers.</summary>
    public bool IsRunning => ClosedUtc is null;
}

/// <summary>One collaborator in a review.</summary>
/// <param name="PrincipalId">The person or team.</param>
/// <param name="IsTeam">Whether it is a team.</param>
/// <param name="Name">Address or team name when the review began.</param>
/// <param name="Role">Title of the role at that time.</param>
/// <param name="LastUseUtc">When it was last in the project, UTC; null for never.</param>
/// <param name="Answer">What was decided.</param>
/// <param name="NewRole">The smaller role, for people; empty for the other answers.</param>
/// <param name="AnsweredByName">Who decided; empty for nobody yet, and for what the end decided.</param>
/// <param name="AnsweredUtc">When, UTC.</param>
/// <param name="Note">What came of it where that was not what was decided.</param>
public sealed record ReviewRow(
    Guid PrincipalId, bool IsTeam, string Name, string Role, DateTime? LastUseUtc, ReviewAnswer Answer, string NewRole, string AnsweredByName, DateTime? AnsweredUtc, string Note)
{
    /// <summary>Stored name of the role at that time.</summary>
    public string RoleKey { get; init; } = "";

    /// <summary>The other paths by which the person has access now, in words.</summary>
    public string AlsoBy { get; init; } = "";
}

/// <summary>A review with a page of its rows.</summary>
public sealed record ReviewDetail(ReviewHead Head, Page<ReviewRow> Rows);

#pragma warning disable CS1591 // One record per rule; the sentence says what it is.
public sealed record ReviewRunsAlready : RuleError
{
    public override string Message => "A review of this project is running already. Close it before another one starts.";
}

public sealed record NobodyToReview : RuleError
{
    public override string Message => "The project itself grants nobody anything, so there is nothing to review.";
}

public sealed record TooManyToReview(int Most) : RuleError
{
    public override string Message => $"A review can have at most {Most} rows. Gather people in teams first.";
}

public sealed record ReviewIsClosed : RuleError
{
    public override string Message => "The review is closed. Its result stays as it is.";
}

public sealed record ReviewedIsGone(string Name) : RuleError
{
    public override string Message => $"{Name} has no grant on the project any more, so there is nothing to keep or reduce.";
}

public sealed record NotSmaller(string Role) : RuleError
{
    public override string Message => $"{Role} is not smaller than the role there is now. A review reduces, and never gives more.";
}

/// <summary>A review asks somebody else about one's own access.</summary>
public sealed record ReviewsOwnRow : RuleError
{
    /// <inheritdoc/>
    public override string Message => "This is your own access, or your team's. Somebody else decides whether it stays.";

    /// <inheritdoc/>
    public override bool IsDenial => true;
}
