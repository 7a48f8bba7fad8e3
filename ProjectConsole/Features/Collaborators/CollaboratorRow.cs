using ProjectConsole.Domain.Access;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Collaborators;

/// <summary>The collaborators of a project as one person sees them.</summary>
/// <param name="Page">The rows asked for.</param>
/// <param name="People">How many people have access in all.</param>
/// <param name="External">How many of them are outside the organization.</param>
public sealed record CollaboratorList(Page<CollaboratorRow> Page, int People, int External);

/// <summary>One person with access to a project.</summary>
/// <param name="UserId">The account.</param>
/// <param name="Email">Its address.</param>
/// <param name="Role">The effective role: Developer, Custom, or No access.</param>
/// <param name="Sources">The paths by which the person is here.</param>
public sealed record CollaboratorRow(Guid UserId, string Email, string Role, IReadOnlyList<RoleSource> Sources)
{
    /// <summary>The grant on the project; null for people present only by another path.</summary>
    public DirectGrant? Grant { get; init; }

    /// <summary>Whose ceiling takes something from the role; null where none does.</summary>
    public string? CappedBy { get; init; }

    /// <summary>The person is no member of the organization.</summary>
    public bool IsExternal { get; init; }

    /// <summary>An administrator locked the account.</summary>
    public bool IsLocked { get; init; }

    /// <summary>The row is the reader's own.</summary>
    public bool IsYou { get; init; }

    /// <summary>When the person was last in the project, UTC; null for never.</summary>
    public DateTime? LastActivityUtc { get; init; }

    /// <summary>What the reader may do with the row.</summary>
    public CollaboratorActs Acts { get; init; } = CollaboratorActs.None;
}

/// <summary>One path by which a person is in a project.</summary>
/// <param name="Kind">Which path.</param>
/// <param name="Text">For people: Direct, Organization Owner.</param>
public sealed record RoleSource(AccessSourceKind Kind, string Text);

/// <summary>A grant on the project itself.</summary>
/// <param name="RoleKey">Stored name of the role.</param>
/// <param name="GrantedByName">The address of who gave or changed it last.</param>
/// <param name="GrantedUtc">When, UTC.</param>
/// <param name="ExpiresUtc">When it ends, UTC; null for never.</param>
/// <param name="Version">The edit token.</param>
public sealed record DirectGrant(string RoleKey, string GrantedByName, DateTime GrantedUtc, DateTime? ExpiresUtc, Guid Version);

/// <summary>What the reader may do with a row: shown at all, and why not now.</summary>
/// <param name="ShowsChange">Whether changing the role is offered.</param>
/// <param name="WhyNotChange">Why it cannot be done; null where it can.</param>
/// <param name="ShowsRemove">Whether removing is offered.</param>
/// <param name="WhyNotRemove">Why it cannot be done; null where it can.</param>
/// <param name="MayLeave">Whether leaving is offered.</param>
public sealed record CollaboratorActs(bool ShowsChange, string? WhyNotChange, bool ShowsRemove, string? WhyNotRemove, bool MayLeave)
{
    /// <summary>Nothing.</summary>
    public static CollaboratorActs None { get; } = new(false, null, false, null, false);

    /// <summary>Whether there is a menu at all.</summary>
    public bool Any => ShowsChange || ShowsRemove || MayLeave;
}
