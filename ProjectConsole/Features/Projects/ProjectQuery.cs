using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Projects;

/// <summary>By what the list of projects is sorted.</summary>
public enum ProjectSort
{
    /// <summary>The last change of it or in it.</summary>
    Activity,

    /// <summary>Display name.</summary>
    Name,

    /// <summary>Project ID.</summary>
    Id,

    /// <summary>Active, Deleted, Suspended.</summary>
    State,

    /// <summary>When it was made.</summary>
    Created,
}

/// <summary>Which projects are asked for, in which order. Everything that a person can set stands in the list's address.</summary>
public sealed record ProjectQuery
{
    /// <summary>The states shown unless the person asks otherwise.</summary>
    public static readonly IReadOnlyList<ProjectState> UsualStates = [ProjectState.Active, ProjectState.Suspended];

    /// <summary>Part of a name or Project ID.</summary>
    public string Search { get; init; } = "";

    /// <summary>States; never empty.</summary>
    public IReadOnlyList<ProjectState> States { get; init; } = UsualStates;

    /// <summary>The person's own effective role; null for any.</summary>
    public ProjectRole? Role { get; init; }

    /// <summary>Only those that the person made.</summary>
    public bool Mine { get; init; }

    /// <summary>Slug of a workspace; empty for all.</summary>
    public string Workspace { get; init; } = "";

    /// <summary>Key of a structure; empty for all.</summary>
    public string Structure { get; init; } = "";

    /// <summary>Order.</summary>
    public ProjectSort Sort { get; init; }

    /// <summary>Whether the order is turned round.</summary>
    public bool IsDescending { get; init; } = true;

    /// <summary>Which page.</summary>
    public PageRequest Page { get; init; } = new(1, null);

    /// <summary>Whether the states differ from the usual ones.</summary>
    public bool HasOtherStates => !States.Order().SequenceEqual(UsualStates);

    /// <summary>How many filters are set.</summary>
    public int FiltersSet =>
        (HasOtherStates ? 1 : 0) + (Role is null ? 0 : 1) + (Mine ? 1 : 0) + (Workspace == "" ? 0 : 1) + (Structure == "" ? 0 : 1);
}
