using ProjectConsole.Shared;

namespace ProjectConsole.Features.Collaborators;

/// <summary>By what the list of collaborators is sorted.</summary>
public enum CollaboratorSort
{
    /// <summary>The role that is granted, the largest first unless turned round.</summary>
    Role,

    /// <summary>Address or team name.</summary>
    Address,

    /// <summary>When the grant was given or changed last.</summary>
    Granted,

    /// <summary>When the grant ends, the soonest first.</summary>
    Expires,
}

/// <summary>By which path a person or team is in a project.</summary>
public enum CollaboratorSource
{
    /// <summary>A grant to the person on the project.</summary>
    Direct,

    /// <summary>A team.</summary>
    Team,

    /// <summary>A grant on the project's workspace.</summary>
    Workspace,

    /// <summary>An organization role that holds in every project.</summary>
    Organization,

    /// <summary>The rule that every member has the Default Project.</summary>
    DefaultProject,
}

/// <summary>Which collaborators are asked for, in which order.</summary>
public sealed record CollaboratorQuery
{
    /// <summary>How soon an end counts as soon.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromDays(7);

    /// <summary>Part of the address or team name; empty for all.</summary>
    public string Search { get; init; } = "";

    /// <summary>Stored name of a role: only whom it is granted to; empty for all.</summary>
    public string Role { get; init; } = "";

    /// <summary>Only those present by this path.</summary>
    public CollaboratorSource? Source { get; init; }

    /// <summary>Only people outside the organization.</summary>
    public bool IsExternal { get; init; }

    /// <summary>Only grants that end within <see cref="Soon"/>.</summary>
    public bool IsExpiring { get; init; }

    /// <summary>Only grants on which a restriction hangs.</summary>
    public bool IsRestricted { get; init; }

    /// <summary>Only people who have nothing although they are listed: locked accounts, and people outside while none are allowed.</summary>
    public bool IsBlocked { get; init; }

    /// <summary>Team ID of the team whose people are shown beneath its row; empty for none.</summary>
    public string Team { get; init; } = "";

    /// <summary>The order.</summary>
    public CollaboratorSort Sort { get; init; }

    /// <summary>Whether the order is turned round.</summary>
    public bool IsReversed { get; init; }

    /// <summary>The page.</summary>
    public PageRequest Page { get; init; } = new(null, null);

    /// <summary>Whether the list is narrowed.</summary>
    public bool IsFiltered => Search != "" || Role != "" || Source is not null || IsExternal || IsExpiring || IsRestricted || IsBlocked;
}
