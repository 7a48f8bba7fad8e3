namespace ProjectConsole.Domain.Collaborators;

/// <summary>What the audit log keeps of a grant on a workspace: all that giving it again needs.</summary>
/// <param name="WorkspaceId">The workspace.</param>
/// <param name="Workspace">Its slug at that time.</param>
/// <param name="Role">Stored name of the role.</param>
/// <param name="ExpiresUtc">When it ends, UTC; null for never.</param>
/// <param name="RestrictionId">The restriction that hangs on it; null for none.</param>
public sealed record WorkspaceGrantState(Guid WorkspaceId, string Workspace, string Role, DateTime? ExpiresUtc, Guid? RestrictionId)
{
    /// <summary>The state of a grant as it is now.</summary>
    public static WorkspaceGrantState Of(Grant grant, string workspace) =>
        new(grant.WorkspaceId ?? throw new InvalidOperationException("A project gives this one."), workspace, grant.RoleKey, grant.ExpiresUtc, grant.RestrictionId);
}
