using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Security;

namespace ProjectConsole.Features.Projects;

/// <summary>What pages offer of a project's life, so that no control fails after the click. The commands decide again.</summary>
public static class ProjectLifeRules
{
    /// <summary>The acts that a person may do with a project as a whole.</summary>
    public static ProjectActs ActsOf(ProjectAccess project) => new(
        project.May(Permissions.ProjectUpdate),
        project.May(Permissions.ProjectSuspend) ? SuspensionRefusal(project) : null,
        project.Project.State != ProjectState.Deleted && project.May(Permissions.ProjectDelete) ? DeletionRefusal(project) : null,
        project.Project.State == ProjectState.Deleted && project.May(Permissions.ProjectDelete));

    /// <summary>Whether the actor may suspend by an organization role, which only an organization role takes back.</summary>
    public static bool IsThroughOrganizationRole(EffectiveAccess access) =>
        access.HoldsThrough(AccessSourceKind.OrganizationRole, Permissions.ProjectSuspend);

    /// <summary>Whether the person may make a project Admin's suspension the organization's own.</summary>
    public static bool MaySuspendForOrganization(ProjectAccess project) =>
        project.Project is { State: ProjectState.Suspended, SuspendedByOrganization: false, IsDefault: false }
        && project.May(Permissions.ProjectSuspend) && IsThroughOrganizationRole(project.Access);

    private static string SuspensionRefusal(ProjectAccess project) =>
        project.Project.IsDefault ? new DefaultProjectStays("suspended").Message
        : project.Project is { State: ProjectState.Suspended, SuspendedByOrganization: true } && !IsThroughOrganizationRole(project.Access)
            ? new SuspendedByTheOrganization(project.Project.Name).Message
        : "";

    private static string DeletionRefusal(ProjectAccess project) =>
        project.Project.IsDefault ? new DefaultProjectStays("deleted").Message : "";
}
