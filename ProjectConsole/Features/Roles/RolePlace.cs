using ProjectConsole.Domain.Access;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Roles;

/// <summary>An organization or project as the pages of its roles and restrictions know it, for one person.</summary>
/// <param name="Owner">Who keeps them.</param>
/// <param name="Name">Name of the organization or project.</param>
/// <param name="RolesHref">Where its project roles are listed.</param>
/// <param name="RestrictionsHref">Where its restrictions are listed.</param>
/// <param name="MayManage">Whether the person may write them now.</param>
/// <param name="Own">What the person may give.</param>
/// <param name="Versions">The access versions that this was decided from.</param>
public sealed record RolePlace(
    RoleOwner Owner, string Name, string RolesHref, string RestrictionsHref, bool MayManage, PermissionSet Own, AccessVersions Versions)
{
    /// <summary>Whether the person may name who becomes Admin of a project that would be left without one.</summary>
    public bool MayNameHeir { get; init; }

    /// <summary>Whether it is a project.</summary>
    public bool IsProject => Owner.ProjectId is not null;

    /// <summary>A project.</summary>
    public static RolePlace Of(ProjectAccess project) => new(
        RoleOwner.Of(project.Scope), project.Project.Name,
        ConsoleUrls.ProjectRoles(project.Organization.Slug, project.Project.Slug),
        ConsoleUrls.ProjectRestrictions(project.Organization.Slug, project.Project.Slug),
        project.May(Permissions.RolesManage), RoleRules.Own(project.Access), project.Versions)
    {
        MayNameHeir = AdminSuccession.MayAppoint(project.Access),
    };

    /// <summary>An organization.</summary>
    public static RolePlace Of(OrganizationAccess organization) => new(
        RoleOwner.Of(organization.Id), organization.Organization.Name,
        ConsoleUrls.Roles(organization.Organization.Slug), ConsoleUrls.Restrictions(organization.Organization.Slug),
        organization.May(Permissions.OrganizationRolesManage), RoleRules.Own(organization.Access), organization.Versions)
    {
        MayNameHeir = AdminSuccession.MayAppoint(organization.Access),
    };

    /// <summary>Whether a role or restriction of that origin is kept here, and not only used.</summary>
    public bool Keeps(RoleOrigin origin) => origin == (IsProject ? RoleOrigin.Project : RoleOrigin.Organization);
}
