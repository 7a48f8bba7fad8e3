using ProjectConsole.Domain.Access;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Assertions;

/// <summary>What a person put together.</summary>
/// <param name="Form">Which of the three sentences.</param>
/// <param name="Permission">Stored name of the permission.</param>
/// <param name="Project">Project ID as typed; empty for any.</param>
/// <param name="Only">For "only": <c>team:</c> or <c>role:</c> and the stored name; null otherwise.</param>
/// <param name="Reason">Why, possibly empty.</param>
public sealed record NewAssertion(AssertionForm Form, string Permission, string Project = "", string? Only = null, string Reason = "");

/// <summary>One assertion of a list.</summary>
/// <param name="Id">The assertion.</param>
/// <param name="Sentence">What it says, with the names as they are now.</param>
/// <param name="Reason">Why, possibly empty.</param>
/// <param name="CreatedByName">Who wrote it, by the address at that time.</param>
/// <param name="CreatedUtc">When, UTC.</param>
public sealed record AssertionRow(Guid Id, string Sentence, string Reason, string CreatedByName, DateTime CreatedUtc);

/// <summary>One assertion, and whether it holds now.</summary>
public sealed record OpenedAssertion(AssertionRow Row, AssertionState State);

/// <summary>Whether an assertion holds now, as far as was checked.</summary>
/// <param name="Breaking">Who breaks it: one line for each person and project.</param>
/// <param name="Checked">How many pairs of person and project were checked.</param>
/// <param name="All">How many there are to check.</param>
public sealed record AssertionState(IReadOnlyList<AssertionBreaker> Breaking, int Checked, int All)
{
    /// <summary>How many more people break it, all of it in projects that are deleted or whose collaborators the reader may not see.</summary>
    public int Unnamed { get; init; }

    /// <summary>Whether everything was checked.</summary>
    public bool IsComplete => Checked >= All;
}

/// <summary>Somebody who breaks an assertion.</summary>
/// <param name="UserId">The person.</param>
/// <param name="Email">The person's address.</param>
/// <param name="ProjectId">Where.</param>
/// <param name="Project">Name of the project.</param>
/// <param name="Paths">By which paths, in words.</param>
public sealed record AssertionBreaker(Guid UserId, string Email, Guid ProjectId, string Project, string Paths);

/// <summary>What the form for a new assertion offers.</summary>
/// <param name="Teams">Teams by id and name.</param>
/// <param name="Roles">Roles by stored name and title.</param>
public sealed record AssertionChoices(IReadOnlyList<AssertionChoice> Teams, IReadOnlyList<AssertionChoice> Roles);

/// <summary>One team or role on offer.</summary>
public sealed record AssertionChoice(string Value, string Title);

/// <summary>What a new assertion would say, and who would break it from the start.</summary>
public sealed record AssertionPreview(string Sentence, AssertionState State);

#pragma warning disable CS1591 // One record per rule; the sentence says what it is.
public sealed record TooManyAssertions(int Most) : RuleError
{
    public override string Message => $"An organization can have at most {Most} assertions. Delete one first.";
}

public sealed record AssertionThere : RuleError
{
    public override string Message => "The organization asserts this already.";
}
