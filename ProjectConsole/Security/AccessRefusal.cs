using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Shared;

namespace ProjectConsole.Security;

/// <summary>Turns a decision into the refusal that may be shown: whether something exists is told only to those who may know.</summary>
public static class AccessRefusal
{
    /// <summary>The refusal in a project, or null where the permission is there.</summary>
    public static Error? InProject(ProjectAccess? access, Permission permission) =>
        access is null ? new NotFound()
        : access.May(permission) ? null
        : access.Access.BeyondToken.Contains(permission) ? new TokenLacks(permission.Title)
        : !access.May(Permissions.ProjectView) ? new NotFound()
        : access is { Project.State: ProjectState.Suspended } && access.Access.Held.Contains(permission) ? new ProjectIsSuspended(access.Project.Name)
        : new Forbidden([permission.Title], "an Admin of the project");

    /// <summary>The refusal in an organization, or null where the permission is there.</summary>
    public static Error? InOrganization(OrganizationAccess? access, Permission permission) =>
        access is null ? new NotFound()
        : access.May(permission) ? null
        : access.Access.BeyondToken.Contains(permission) ? new TokenLacks(permission.Title)
        : access.May(Permissions.OrganizationView) ? new Forbidden([permission.Title], "an Owner or Admin of the organization")
        : new NotFound();

    /// <summary>The refusal in the installation, or null where the permission is there.</summary>
    public static Error? InInstallation(EffectiveAccess access, Permission permission) =>
        access.May(permission) ? null
        : access.BeyondToken.Contains(permission) ? new TokenLacks(permission.Title)
        : permission == Permissions.OrganizationsCreate ? new Forbidden([permission.Title], "the administrator of the installation")
        : new NotFound();
}
