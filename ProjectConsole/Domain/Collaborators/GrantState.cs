using System.Text.Json.Serialization;

namespace ProjectConsole.Domain.Collaborators;

/// <summary>What the audit log keeps of a grant: all that giving it again needs.</summary>
/// <param name="Role">Stored name of the role.</param>
/// <param name="Expires">When it ends, UTC; null for never.</param>
/// <param name="Restriction">The restriction that hangs on it; null for none.</param>
/// <param name="IsTeam">Whether a team holds it.</param>
/// <param name="IsUpgrade">Whether it is a temporary role beside the standing grant.</param>
public sealed record GrantState(string Role, DateTime? Expires, Guid? Restriction, bool IsTeam, bool IsUpgrade)
{
    /// <summary>For a person whose grant begins or ends: whether outside the organization then.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? External { get; init; }

    /// <summary>Given because the act before it left the project without an Admin: undoing that act takes it back.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Heir { get; init; }

    /// <summary>The state of a grant as it is now.</summary>
    public static GrantState Of(Grant grant, bool isTeam) => new(grant.RoleKey, grant.ExpiresUtc, grant.RestrictionId, isTeam, grant.IsUpgrade);
}
