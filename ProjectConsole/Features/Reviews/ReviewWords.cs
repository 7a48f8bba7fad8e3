using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Reviews;

namespace ProjectConsole.Features.Reviews;

/// <summary>Reviews in the words that people read.</summary>
internal static class ReviewWords
{
    /// <summary>How far a review is, or how it ended.</summary>
    public static string Head(ReviewHead head) => head.ClosedUtc is { } closed
        ? $"Closed on {TimeText.Date(closed)} by {head.ClosedByName}. {head.Answered} of {head.Rows} answered."
        : $"Runs until {TimeText.Date(head.DueUtc)}. {head.Answered} of {head.Rows} answered; whoever is not by then {(head.Unanswered == UnansweredRows.Remove ? "loses the grant" : "keeps it")}.";

    /// <summary>What closing a review now does.</summary>
    public static string Closing(ReviewHead head) =>
        head.Rows == head.Answered ? "Everybody is answered. The result is kept."
        : head.Unanswered == UnansweredRows.Remove ? $"{head.Rows - head.Answered} without an answer lose their grant on the project. The last Admin is kept."
        : $"{head.Rows - head.Answered} without an answer keep what they have.";
}
