using ProjectConsole.Domain.Access;

namespace ProjectConsole.Domain.Collaborators;

/// <summary>A role that a project or a workspace gives a principal.</summary>
public sealed class Grant
{
    private Grant()
    {
    }

    private Grant(Guid organizationId, Guid principalId, ProjectRole role, Guid grantedBy, string grantedByName, DateTime nowUtc)
    {
        Id = Guid.CreateVersion7();
        OrganizationId = organizationId;
        PrincipalId = principalId;
        RoleKey = role.Key;
        GrantedBy = grantedBy;
        GrantedByName = grantedByName;
        GrantedUtc = nowUtc;
        Version = Guid.NewGuid();
    }

    /// <summary>UUID version 7.</summary>
    public Guid Id { get; private set; }

    /// <summary>The tenant.</summary>
    public Guid OrganizationId { get; private set; }

    /// <summary>The project that grants; null for a workspace grant.</summary>
    public Guid? ProjectId { get; private set; }

    /// <summary>The workspace that grants; null for a project grant.</summary>
    public Guid? WorkspaceId { get; private set; }

    /// <summary>A user's id or a team's.</summary>
    public Guid PrincipalId { get; private set; }

    /// <summary>Stored name of the role.</summary>
    public string RoleKey { get; private set; } = "";

    /// <summary>The restriction that hangs on it; null for none.</summary>
    public Guid? RestrictionId { get; private set; }

    /// <summary>A temporary upgrade beside the standing grant; it always ends.</summary>
    public bool IsUpgrade { get; private set; }

    /// <summary>From this moment on it gives nothing; null for never. UTC.</summary>
    public DateTime? ExpiresUtc { get; private set; }

    /// <summary>Who gave it last.</summary>
    public Guid GrantedBy { get; private set; }

    /// <summary>That person's address at that time.</summary>
    public string GrantedByName { get; private set; } = "";

    /// <summary>When it was given or changed last, UTC.</summary>
    public DateTime GrantedUtc { get; private set; }

    /// <summary>The edit token.</summary>
    public Guid Version { get; private set; }

    /// <summary>A standing grant on a project.</summary>
    public static Grant OnProject(
        Guid organizationId, Guid projectId, Guid principalId, ProjectRole role, Guid grantedBy, string grantedByName, DateTime nowUtc) =>
        new(organizationId, principalId, role, grantedBy, grantedByName, nowUtc) { ProjectId = projectId };

    /// <summary>A standing grant on a workspace, which counts in each of its projects.</summary>
    public static Grant OnWorkspace(
        Guid organizationId, Guid workspaceId, Guid principalId, ProjectRole role, Guid grantedBy, string grantedByName, DateTime nowUtc) =>
        new(organizationId, principalId, role, grantedBy, grantedByName, nowUtc) { WorkspaceId = workspaceId };

    /// <summary>Gives another role instead.</summary>
    public void ChangeRole(ProjectRole role, Guid grantedBy, string grantedByName, DateTime nowUtc)
    {
        RoleKey = role.Key;
        Stamp(grantedBy, grantedByName, nowUtc);
    }

    /// <summary>Ends it at another moment, or never.</summary>
    public void ChangeExpiry(DateTime? expiresUtc, Guid grantedBy, string grantedByName, DateTime nowUtc)
    {
        if (IsUpgrade && expiresUtc is null)
        {
            throw new InvalidOperationException("A temporary upgrade always ends.");
        }

        ExpiresUtc = expiresUtc;
        Stamp(grantedBy, grantedByName, nowUtc);
    }

    /// <summary>Hangs a restriction on it, or takes it off.</summary>
    public void Restrict(Guid? restrictionId, Guid grantedBy, string grantedByName, DateTime nowUtc)
    {
        RestrictionId = restrictionId;
        Stamp(grantedBy, grantedByName, nowUtc);
    }

    /// <summary>The grant with an end and a restriction from the start.</summary>
    public Grant With(DateTime? expiresUtc, Guid? restrictionId = null)
    {
        (ExpiresUtc, RestrictionId) = (expiresUtc, restrictionId);
        return this;
    }

    /// <summary>The grant as a temporary upgrade beside the standing one.</summary>
    public Grant AsUpgrade(DateTime expiresUtc)
    {
        (IsUpgrade, ExpiresUtc) = (true, expiresUtc);
        return this;
    }

    private void Stamp(Guid grantedBy, string grantedByName, DateTime nowUtc)
    {
        GrantedBy = grantedBy;
        GrantedByName = grantedByName;
        GrantedUtc = nowUtc;
        Version = Guid.NewGuid();
    }
}
