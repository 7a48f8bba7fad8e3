using ProjectConsole.Domain.Access;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Collaborators;

/// <summary>By what the list of collaborators is sorted.</summary>
public enum CollaboratorSort
{
    /// <summary>Effective role, the largest first unless turned round.</summary>
    Role,

    /// <summary>Address.</summary>
    Address,

    /// <summary>When the grant was given or changed last.</summary>
    Granted,
}

/// <summary>By which path a person is in a project.</summary>
public enum CollaboratorSource
{
    /// <summary>A grant on the project.</summary>
    Direct,

    /// <summary>An organization role that holds in every project.</summary>
    Organization,

    /// <summary>The rule that every member has the Default Project.</summary>
    DefaultProject,
}

/// <summary>Which collaborators are asked for, in which order.</summary>
public sealed record CollaboratorQuery
{
    /// <summary>Part of the address; empty for all.</summary>
    public string Search { get; init; } = "";

    /// <summary>Only this effective role.</summary>
    public ProjectRole? Role { get; init; }

    /// <summary>Only people present by this path.</summary>
    public CollaboratorSource? Source { get; init; }

    /// <summary>Only people outside the organization.</summary>
    public bool IsExternal { get; init; }

    /// <summary>The order.</summary>
    public CollaboratorSort Sort { get; init; }

    /// <summary>Whether the order is turned round.</summary>
    public bool IsReversed { get; init; }

    /// <summary>The page.</summary>
    public PageRequest Page { get; init; } = new(null, null);

    /// <summary>Whether the list is narrowed.</summary>
    public bool IsFiltered => Search != "" || Role is not null || Source is not null || IsExternal;
}
