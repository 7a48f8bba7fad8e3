using ProjectConsole.Domain.Access;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Collaborators;

/// <summary>The collaborators of a project as one person sees them.</summary>
/// <param name="Page">The rows asked for.</param>
/// <param name="Counts">How many there are in all.</param>
/// <param name="Roles">Every role that the project may use.</param>
public sealed record CollaboratorList(Page<CollaboratorRow> Page, CollaboratorCounts Counts, IReadOnlyList<RoleName> Roles);

/// <summary>How many have access to a project.</summary>
/// <param name="People">People, each once, by whatever path.</param>
/// <param name="Teams">Teams with a grant.</param>
/// <param name="External">People with a grant who are outside the organization.</param>
/// <param name="Expiring">Grants that end within <see cref="CollaboratorQuery.Soon"/>.</param>
public sealed record CollaboratorCounts(int People, int Teams, int External, int Expiring);

/// <summary>A role by its stored name and for people.</summary>
public sealed record RoleName(string Key, string Title);

/// <summary>Where a row is managed.</summary>
public enum ManagedIn
{
    /// <summary>On this page.</summary>
    Project,

    /// <summary>With the grants of the workspace.</summary>
    Workspaces,

    /// <summary>With the members of the organization.</summary>
    Members,
}

/// <summary>One person or team with a way into a project.</summary>
/// <param name="PrincipalId">The account or the team.</param>
/// <param name="Name">Address or team name.</param>
/// <param name="Role">The effective role of a person, the granted one of a team: Developer, Custom, or No access.</param>
/// <param name="Sources">The paths by which the person or team is here.</param>
public sealed record CollaboratorRow(Guid PrincipalId, string Name, string Role, IReadOnlyList<RoleSource> Sources)
{
    /// <summary>The standing grant on the project; null where there is none.</summary>
    public DirectGrant? Grant { get; init; }

    /// <summary>The temporary role; null where there is none in force.</summary>
    public DirectGrant? Upgrade { get; init; }

    /// <summary>For a team: its Team ID. Null for a person.</summary>
    public string? TeamId { get; init; }

    /// <summary>For a team: how many people are in it.</summary>
    public int TeamSize { get; init; }

    /// <summary>For a team whose people are asked for: the first of them.</summary>
    public IReadOnlyList<CollaboratorRow> People { get; init; } = [];

    /// <summary>Names of the restrictions that take something from the role.</summary>
    public IReadOnlyList<string> RestrictedBy { get; init; } = [];

    /// <summary>Whose ceiling takes something from the role; null where none does.</summary>
    public string? CappedBy { get; init; }

    /// <summary>Where the row is managed.</summary>
    public ManagedIn Managed { get; init; }

    /// <summary>The person is no member of the organization.</summary>
    public bool IsExternal { get; init; }

    /// <summary>The person is no member, and the organization allows nobody from outside.</summary>
    public bool IsBlocked { get; init; }

    /// <summary>An administrator locked the account.</summary>
    public bool IsLocked { get; init; }

    /// <summary>The row is the reader's own.</summary>
    public bool IsYou { get; init; }

    /// <summary>When the person, or somebody of the team, was last in the project, UTC; null for never.</summary>
    public DateTime? LastActivityUtc { get; init; }

    /// <summary>What the reader may do with the row.</summary>
    public CollaboratorActs Acts { get; init; } = CollaboratorActs.None;

    /// <summary>The row is a team's.</summary>
    public bool IsTeam => TeamId is not null;
}

/// <summary>One path by which a person is in a project.</summary>
/// <param name="Kind">Which path.</param>
/// <param name="Text">For people: Direct, Organization Owner.</param>
public sealed record RoleSource(AccessSourceKind Kind, string Text);

/// <summary>A grant on the project itself.</summary>
/// <param name="RoleKey">Stored name of the role.</param>
/// <param name="RoleTitle">The role for people.</param>
/// <param name="GrantedByName">The address of who gave or changed it last.</param>
/// <param name="GrantedUtc">When, UTC.</param>
/// <param name="ExpiresUtc">When it ends, UTC; null for never.</param>
/// <param name="Version">The edit token.</param>
public sealed record DirectGrant(string RoleKey, string RoleTitle, string GrantedByName, DateTime GrantedUtc, DateTime? ExpiresUtc, Guid Version)
{
    /// <summary>The restriction that hangs on it; null for none.</summary>
    public Guid? RestrictionId { get; init; }
}

/// <summary>What the reader may do with a row: shown at all, and why not now.</summary>
/// <param name="ShowsChange">Whether changing role, expiry and restriction is offered.</param>
/// <param name="WhyNotChange">Why it cannot be done; null where it can.</param>
/// <param name="ShowsRemove">Whether removing is offered.</param>
/// <param name="WhyNotRemove">Why it cannot be done; null where it can.</param>
/// <param name="MayLeave">Whether leaving is offered.</param>
public sealed record CollaboratorActs(bool ShowsChange, string? WhyNotChange, bool ShowsRemove, string? WhyNotRemove, bool MayLeave)
{
    /// <summary>Nothing.</summary>
    public static CollaboratorActs None { get; } = new(false, null, false, null, false);

    /// <summary>Whether raising for a while is offered.</summary>
    public bool ShowsRaise { get; init; }

    /// <summary>Why it cannot be done; null where it can.</summary>
    public string? WhyNotRaise { get; init; }

    /// <summary>Whether ending a temporary role is offered.</summary>
    public bool ShowsEndRaise { get; init; }

    /// <summary>Why it cannot be done; null where it can.</summary>
    public string? WhyNotEndRaise { get; init; }

    /// <summary>Whether there is a menu at all.</summary>
    public bool Any => ShowsChange || ShowsRemove || MayLeave || ShowsRaise || ShowsEndRaise;
}
