using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Projects;

namespace ProjectConsole.Domain.Access;

/// <summary>
/// All that a decision needs to know, read in one query at one moment. Times are UTC.
/// Null parts do not apply: no <see cref="Project"/> when the question is about the organization,
/// no <see cref="Organization"/> when it is about the installation.
/// </summary>
/// <param name="Now">The moment of the check; expiry counts against it, not against a job's run.</param>
/// <param name="Person">Who asks.</param>
/// <param name="Organization">The organization asked about.</param>
/// <param name="Membership">The person's membership there; null for a person outside it.</param>
/// <param name="Project">The project asked about.</param>
/// <param name="Grants">The person's grants by every path, on the project and on its workspace.</param>
public sealed record AccessFacts(
    DateTime Now,
    PersonFacts Person,
    OrganizationFacts? Organization,
    MembershipFacts? Membership,
    ProjectFacts? Project,
    IReadOnlyList<GrantFacts> Grants)
{
    /// <summary>The project's key that asks; null for a person. Its set counts, and nobody's grants, restriction or ceiling.</summary>
    public KeyFacts? Key { get; init; }

    /// <summary>The set of the personal token through which the person asks, which cuts everything; null without one.</summary>
    public PermissionSet? Token { get; init; }

    /// <summary>When that token ends: nothing that is passed on through it may outlive it; null for never and without one.</summary>
    public DateTime? TokenEndsUtc { get; init; }
}

/// <summary>A project's key that asks.</summary>
/// <param name="Id">The key; what it creates is its own.</param>
/// <param name="Name">For people.</param>
/// <param name="Permissions">What it holds.</param>
/// <param name="ExpiresUtc">From this moment on it opens nothing; null for never.</param>
/// <param name="IsRevoked">Ended by somebody.</param>
public sealed record KeyFacts(Guid Id, string Name, PermissionSet Permissions, DateTime? ExpiresUtc, bool IsRevoked)
{
    /// <summary>Whether somebody from outside the organization had its secret: what the whole organization sees is not for it.</summary>
    public bool IsOfOutsider { get; init; }

    /// <summary>Whether it counts at that moment.</summary>
    public bool IsInForce(DateTime now) => !IsRevoked && (ExpiresUtc is not { } end || now < end);
}

/// <summary>The person who asks.</summary>
/// <param name="UserId">The account.</param>
/// <param name="IsLocked">Locked by an administrator of the installation; wrong passwords do not count.</param>
/// <param name="IsInstallationAdministrator">Answers for the installation.</param>
/// <param name="MayCreateOrganizations">The installation lets everybody create organizations.</param>
public sealed record PersonFacts(Guid UserId, bool IsLocked, bool IsInstallationAdministrator = false, bool MayCreateOrganizations = false);

/// <summary>The organization asked about.</summary>
/// <param name="Id">Its id.</param>
/// <param name="IsDeleted">Deleted and restorable.</param>
/// <param name="AllowsExternalCollaborators">Whether people outside it may hold grants.</param>
/// <param name="ProjectCreation">Who creates projects.</param>
/// <param name="HoldsAnyGrant">Whether the person holds a grant in force anywhere in it; lets an external person open its list of projects.</param>
public sealed record OrganizationFacts(
    Guid Id, bool IsDeleted, bool AllowsExternalCollaborators, ProjectCreation ProjectCreation, bool HoldsAnyGrant = false);

/// <summary>The person's membership in the organization.</summary>
/// <param name="Role">Its role.</param>
/// <param name="MayCreateProjects">Ticked as a creator of projects.</param>
public sealed record MembershipFacts(OrganizationRole Role, bool MayCreateProjects);

/// <summary>The project asked about.</summary>
/// <param name="Id">Its id.</param>
/// <param name="State">Active, Suspended or Deleted.</param>
/// <param name="IsDefault">The organization's Default Project.</param>
public sealed record ProjectFacts(Guid Id, ProjectState State, bool IsDefault);

/// <summary>Where a grant hangs or comes from.</summary>
public enum AccessSourceKind
{
    /// <summary>The organization role, which counts in every project.</summary>
    OrganizationRole,

    /// <summary>The rule that every member has Developer in the Default Project.</summary>
    DefaultProject,

    /// <summary>A grant to the person on the project.</summary>
    Direct,

    /// <summary>A grant to a team of the person on the project.</summary>
    Team,

    /// <summary>A grant on the project's workspace.</summary>
    Workspace,

    /// <summary>The set of a project's key.</summary>
    Key,
}

/// <summary>One grant that reaches the person.</summary>
/// <param name="Id">The grant.</param>
/// <param name="Source">By which path it reaches the person.</param>
/// <param name="Via">Name of the team or workspace; empty for a direct grant.</param>
/// <param name="RoleTitle">For people.</param>
/// <param name="Permissions">What the role gives.</param>
/// <param name="Denied">What its restriction takes, as one mask; empty without a restriction.</param>
/// <param name="ExpiresUtc">From this moment on it gives nothing; null for a standing grant.</param>
public sealed record GrantFacts(
    Guid Id, AccessSourceKind Source, string Via, string RoleTitle, PermissionSet Permissions, PermissionSet Denied, DateTime? ExpiresUtc)
{
    /// <summary>Stored name of the role.</summary>
    public string RoleKey { get; init; } = "";

    /// <summary>The person or team that holds it.</summary>
    public Guid PrincipalId { get; init; }

    /// <summary>The restriction that hangs on it; null for none.</summary>
    public Guid? RestrictionId { get; init; }

    /// <summary>Name of that restriction; empty without one.</summary>
    public string RestrictionName { get; init; } = "";

    /// <summary>A temporary upgrade beside a standing grant.</summary>
    public bool IsUpgrade { get; init; }

    /// <summary>Whether it still counts at that moment.</summary>
    public bool IsInForce(DateTime now) => ExpiresUtc is not { } end || now < end;
}
