using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Keys;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Shared;

namespace ProjectConsole.Security;

/// <summary>What is stored of a key or token.</summary>
internal abstract class CredentialRow
{
    public Guid Id { get; init; }
    public string Name { get; init; } = "";
    public string PermissionNames { get; init; } = "";
    public string? SecretHash { get; init; }
    public string? FormerHash { get; init; }
    public DateTime? FormerUntilUtc { get; init; }
    public DateTime? ExpiresUtc { get; init; }
    public DateTime? RevokedUtc { get; init; }
    public DateTime? LastUsedUtc { get; init; }

    /// <summary>Whether a secret of that hash opens with it now.</summary>
    public bool Opens(string hash, DateTime nowUtc) => KeySecrets.Match(hash, SecretHash, FormerHash, FormerUntilUtc, nowUtc);

    /// <summary>Whether it counts at that moment.</summary>
    public virtual bool IsInForce(DateTime nowUtc) => RevokedUtc is null && (ExpiresUtc is not { } end || nowUtc < end);
}

/// <summary>A key with all that decides what it may do, read in one query.</summary>
internal sealed class KeyRow : CredentialRow
{
    public Guid OrganizationId { get; init; }
    public string OrganizationSlug { get; init; } = "";
    public string OrganizationName { get; init; } = "";
    public DateTime? OrganizationDeletedUtc { get; init; }
    public long OrganizationVersion { get; init; }
    public Guid ProjectId { get; init; }
    public string ProjectSlug { get; init; } = "";
    public string ProjectName { get; init; } = "";
    public ProjectState State { get; init; }
    public bool IsDefault { get; init; }
    public bool SuspendedByOrganization { get; init; }
    public long ProjectVersion { get; init; }
    public Guid WorkspaceId { get; init; }
    public string WorkspaceSlug { get; init; } = "";
    public string WorkspaceName { get; init; } = "";
    public bool IsOfOutsider { get; init; }

    /// <summary>What it may do in its project.</summary>
    public ProjectAccess Decide(DateTime nowUtc)
    {
        ConsoleMeter.Decided("project");
        var facts = new AccessFacts(
            nowUtc,
            new PersonFacts(Id, IsLocked: false),
            new OrganizationFacts(OrganizationId, OrganizationDeletedUtc is not null, AllowsExternalCollaborators: false, ProjectCreation.Admins),
            null,
            new ProjectFacts(ProjectId, State, IsDefault),
            [])
        {
            Key = new KeyFacts(Id, Name, PermissionText.Parse(PermissionNames), ExpiresUtc, RevokedUtc is not null) { IsOfOutsider = IsOfOutsider },
        };
        return new ProjectAccess(
            new OrganizationNames(OrganizationId, OrganizationSlug, OrganizationName),
            new ProjectNames(ProjectId, ProjectSlug, ProjectName, State, IsDefault, SuspendedByOrganization, WorkspaceId, WorkspaceSlug, WorkspaceName),
            AccessDecision.Decide(facts),
            new AccessVersions(OrganizationVersion, ProjectVersion));
    }
}

/// <summary>A personal token, and whether its person can use any, read in one query.</summary>
internal sealed class TokenRow : CredentialRow
{
    public Guid UserId { get; init; }
    public string Email { get; init; } = "";
    public DateTime? LockedUtc { get; init; }

    /// <inheritdoc/>
    public override bool IsInForce(DateTime nowUtc) => LockedUtc is null && base.IsInForce(nowUtc);
}
