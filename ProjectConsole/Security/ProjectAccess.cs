using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Shared;

namespace ProjectConsole.Security;

/// <summary>A project as one person may open it.</summary>
/// <param name="Organization">Its organization.</param>
/// <param name="Project">The project's own names.</param>
/// <param name="Access">What the person may do in it.</param>
/// <param name="Versions">The access versions that the decision was made from.</param>
public sealed record ProjectAccess(OrganizationNames Organization, ProjectNames Project, EffectiveAccess Access, AccessVersions Versions)
{
    /// <summary>Organization and project id.</summary>
    public ProjectScope Scope => new(Organization.Id, Project.Id);

    /// <summary>Whether the person may do this here now.</summary>
    public bool May(Permission permission) => Access.May(permission);

    /// <summary>Whether the person may do this here now and has it by a grant on the workspace itself or by the organization role, and with that in each of its projects.</summary>
    public bool MayInWholeWorkspace(Permission permission) =>
        May(permission) && (Access.HoldsThrough(AccessSourceKind.Workspace, permission) || Access.HoldsThrough(AccessSourceKind.OrganizationRole, permission));
}

/// <summary>An organization as one person may enter it.</summary>
/// <param name="Organization">Its names.</param>
/// <param name="Access">What the person may do in it.</param>
/// <param name="Versions">The access versions that the decision was made from.</param>
public sealed record OrganizationAccess(OrganizationNames Organization, EffectiveAccess Access, AccessVersions Versions)
{
    /// <summary>The organization's id.</summary>
    public Guid Id => Organization.Id;

    /// <summary>Whether a grant in force on a workspace reaches the person, and with it any number of projects.</summary>
    public bool HoldsInWorkspaces { get; init; }

    /// <summary>The person is no member and holds grants here.</summary>
    public bool IsExternal => Access.Facts.Membership is null;

    /// <summary>Whether the person may do this here now.</summary>
    public bool May(Permission permission) => Access.May(permission);
}

/// <summary>What an organization is called.</summary>
public sealed record OrganizationNames(Guid Id, string Slug, string Name);

/// <summary>What a project is called, and the few facts that every page of it shows.</summary>
public sealed record ProjectNames(
    Guid Id, string Slug, string Name, ProjectState State, bool IsDefault, bool SuspendedByOrganization, Guid WorkspaceId, string WorkspaceSlug, string WorkspaceName);

/// <summary>The access versions of an organization and, where it is about one, of a project.</summary>
public readonly record struct AccessVersions(long Organization, long Project);
