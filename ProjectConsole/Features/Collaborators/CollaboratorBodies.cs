using ProjectConsole.Api;
using ProjectConsole.Domain.Access;

namespace ProjectConsole.Features.Collaborators;

/// <summary>A person or team with a way into a project.</summary>
/// <param name="Address">E-mail address or, for a team, its Team ID.</param>
/// <param name="Kind">person or team.</param>
/// <param name="Role">The effective role of a person, the granted one of a team.</param>
/// <param name="Grant">The standing grant on the project; null where there is none.</param>
/// <param name="TemporaryRole">The role beside it that ends by itself; null for none.</param>
/// <param name="Sources">The paths by which the person or team is here.</param>
/// <param name="RestrictedBy">Names of the restrictions that take something.</param>
/// <param name="CappedBy">Whose ceiling takes something; null where none does.</param>
/// <param name="External">The person is no member of the organization.</param>
/// <param name="Blocked">The person has nothing although listed.</param>
/// <param name="LastActivityUtc">When the person, or somebody of the team, was last in the project.</param>
public sealed record CollaboratorBody(
    string Address, string Kind, string Role, CollaboratorGrantBody? Grant, CollaboratorGrantBody? TemporaryRole, IReadOnlyList<CollaboratorSourceBody> Sources,
    IReadOnlyList<string> RestrictedBy, string? CappedBy, bool External, bool Blocked, DateTime? LastActivityUtc)
{
    internal static CollaboratorBody Of(CollaboratorRow row) => new(
        row.TeamId ?? row.Name, row.IsTeam ? "team" : "person", row.Role, CollaboratorGrantBody.Of(row.Grant), CollaboratorGrantBody.Of(row.Upgrade),
        [.. row.Sources.Select(source => new CollaboratorSourceBody(source.Kind, source.Text))], row.RestrictedBy, row.CappedBy, row.IsExternal,
        row.IsBlocked || row.IsLocked, row.LastActivityUtc);
}

/// <summary>A grant on the project.</summary>
/// <param name="Role">Stored name of the role.</param>
/// <param name="Restriction">The restriction that hangs on it; null for none.</param>
/// <param name="GrantedBy">Who gave or changed it last.</param>
/// <param name="GrantedUtc">When.</param>
/// <param name="ExpiresUtc">When it ends; null for never.</param>
public sealed record CollaboratorGrantBody(string Role, Guid? Restriction, string GrantedBy, DateTime GrantedUtc, DateTime? ExpiresUtc)
{
    internal static CollaboratorGrantBody? Of(DirectGrant? grant) =>
        grant is null ? null : new(grant.RoleKey, grant.RestrictionId, grant.GrantedByName, grant.GrantedUtc, grant.ExpiresUtc);
}

/// <summary>One path into a project.</summary>
/// <param name="Kind">Which path.</param>
/// <param name="Text">For people.</param>
public sealed record CollaboratorSourceBody(AccessSourceKind Kind, string Text);

/// <summary>Somebody to add.</summary>
/// <param name="Address">E-mail address or Team ID.</param>
/// <param name="Role">Stored name of the role; developer where it is not sent.</param>
/// <param name="External">Whether the person may be outside the organization.</param>
/// <param name="ExpiresUtc">When the grant ends; null for never.</param>
/// <param name="Restriction">The restriction that hangs on it; null for none.</param>
public sealed record NewCollaboratorBody(string? Address, string? Role, bool External = false, DateTime? ExpiresUtc = null, Guid? Restriction = null);

/// <summary>A change of a grant; what is not sent stays.</summary>
/// <param name="Role">Stored name of the role.</param>
/// <param name="ExpiresUtc">When it ends; null for never.</param>
/// <param name="Restriction">The restriction that hangs on it; null for none.</param>
/// <param name="Heir">Address of the person who becomes Admin with it, where nobody else would be one.</param>
public sealed record CollaboratorChangeBody(string? Role, Optional<DateTime?> ExpiresUtc, Optional<Guid?> Restriction, string? Heir)
{
    internal int Sent => (Role is null ? 0 : 1) + (ExpiresUtc.IsSent ? 1 : 0) + (Restriction.IsSent ? 1 : 0);
}

/// <summary>A role beside the standing one that ends by itself.</summary>
/// <param name="Role">Stored name of the role.</param>
/// <param name="EndsUtc">When it ends.</param>
/// <param name="Restriction">The restriction that hangs on it; null for none.</param>
public sealed record TemporaryRoleBody(string? Role, DateTime EndsUtc, Guid? Restriction);
