using ProjectConsole.Domain.Access;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Collaborators;

/// <summary>Another role for a person or team with a grant on the project.</summary>
/// <param name="PrincipalId">The person or team.</param>
/// <param name="Role">Stored name of the new role.</param>
/// <param name="Seen">The grant's version that the actor saw; null to save over whatever there is.</param>
/// <param name="Heir">Address of the person who becomes Admin in the same transaction, where nobody else would be one.</param>
public sealed record RoleChange(Guid PrincipalId, string Role, Guid? Seen = null, string? Heir = null)
{
    /// <summary>Takes a role that is known already.</summary>
    public RoleChange(Guid principalId, ProjectRole role, Guid? seen = null, string? heir = null)
        : this(principalId, role.Key, seen, heir)
    {
    }
}

/// <summary>Another end of a grant on the project.</summary>
/// <param name="PrincipalId">The person or team.</param>
/// <param name="ExpiresUtc">When it ends, UTC; null for never.</param>
/// <param name="Seen">The grant's version that the actor saw; null to save over whatever there is.</param>
/// <param name="Heir">Address of the person who becomes Admin in the same transaction, where nobody else would be one.</param>
public sealed record ExpiryChange(Guid PrincipalId, DateTime? ExpiresUtc, Guid? Seen = null, string? Heir = null);

/// <summary>Another restriction on a grant on the project.</summary>
/// <param name="PrincipalId">The person or team.</param>
/// <param name="RestrictionId">The restriction; null to take it off.</param>
/// <param name="Seen">The grant's version that the actor saw; null to save over whatever there is.</param>
/// <param name="Heir">Address of the person who becomes Admin in the same transaction, where nobody else would be one.</param>
public sealed record RestrictionChange(Guid PrincipalId, Guid? RestrictionId, Guid? Seen = null, string? Heir = null);

/// <summary>Another role, end and restriction of a grant on the project, all at once.</summary>
/// <param name="PrincipalId">The person or team.</param>
/// <param name="Role">Stored name of the role.</param>
/// <param name="ExpiresUtc">When it ends, UTC; null for never.</param>
/// <param name="RestrictionId">The restriction; null for none.</param>
/// <param name="Seen">The grant's version that the actor saw; null to save over whatever there is.</param>
/// <param name="Heir">Address of the person who becomes Admin in the same transaction, where nobody else would be one.</param>
internal sealed record TermsChange(Guid PrincipalId, string Role, DateTime? ExpiresUtc, Guid? RestrictionId, Guid? Seen = null, string? Heir = null);

/// <summary>A temporary role beside whatever lets a person or team into the project. It replaces an earlier one.</summary>
/// <param name="PrincipalId">The person or team.</param>
/// <param name="Role">Stored name of the role.</param>
/// <param name="EndsUtc">When it ends, UTC; it always does.</param>
/// <param name="RestrictionId">The restriction that hangs on it; null for none.</param>
/// <param name="Seen">The version of the earlier one that the actor saw; null to replace whatever there is.</param>
public sealed record Upgrade(Guid PrincipalId, string Role, DateTime? EndsUtc, Guid? RestrictionId = null, Guid? Seen = null);

/// <summary>The early end of a temporary role.</summary>
/// <param name="PrincipalId">The person or team.</param>
/// <param name="Seen">The version that the actor saw; null to end whatever there is.</param>
public sealed record UpgradeEnd(Guid PrincipalId, Guid? Seen = null);

/// <summary>The end of all that the project itself grants a person or team, a temporary role too.</summary>
/// <param name="PrincipalId">The person or team.</param>
/// <param name="Seen">The standing grant's version that the actor saw; null to end whatever there is.</param>
/// <param name="Heir">Address of the person who becomes Admin in the same transaction, where nobody else would be one.</param>
public sealed record Removal(Guid PrincipalId, Guid? Seen = null, string? Heir = null);

/// <summary>What became of one of several people and teams.</summary>
/// <param name="Name">The address or Team ID.</param>
/// <param name="Refusal">Why it was not done; null where it was.</param>
public sealed record ActLine(string Name, Error? Refusal)
{
    /// <summary>What was changed, or in a dry run would change; null where it was refused.</summary>
    public AccessChange? Change { get; init; }
}

/// <summary>What removing somebody, or leaving, would do.</summary>
/// <param name="Name">Who goes.</param>
/// <param name="Grant">The grant that ends.</param>
/// <param name="Change">What is lost and kept; null where the act is refused.</param>
/// <param name="Refusal">The project would be left without an Admin.</param>
/// <param name="MayNameHeir">Whether the actor may override that by naming an Admin.</param>
/// <param name="Stays">The resources that the person created and that stay with the project.</param>
public sealed record RemovalPreview(
    string Name, DirectGrant Grant, AccessChange? Change, Error? Refusal, bool MayNameHeir, IReadOnlyList<KindCount> Stays)
{
    /// <summary>The heir with whom it was tried; null where none was asked for.</summary>
    public string? Heir { get; init; }

    /// <summary>What is wrong with that heir; null where nothing is.</summary>
    public Error? HeirProblem { get; init; }
}

/// <summary>How many resources of a kind.</summary>
/// <param name="Title">The kind, in singular or plural as the number asks.</param>
/// <param name="Count">The number.</param>
public sealed record KindCount(string Title, int Count);
