using ProjectConsole.Domain.Resources;

namespace ProjectConsole.Domain.Access;

/// <summary>The permissions that code asks for by name; <see cref="PermissionCatalogue"/> defines them.</summary>
public static class Permissions
{
#pragma warning disable CS1591 // Each name says what it is; title and sentence stand in the catalogue.
    public static readonly Permission ProjectView = PermissionCatalogue.Get("project.view");
    public static readonly Permission ProjectUpdate = PermissionCatalogue.Get("project.update");
    public static readonly Permission ProjectSuspend = PermissionCatalogue.Get("project.suspend");
    public static readonly Permission ProjectDelete = PermissionCatalogue.Get("project.delete");
    public static readonly Permission CollaboratorsView = PermissionCatalogue.Get("collaborators.view");
    public static readonly Permission CollaboratorsAdd = PermissionCatalogue.Get("collaborators.add");
    public static readonly Permission CollaboratorsChange = PermissionCatalogue.Get("collaborators.change");
    public static readonly Permission CollaboratorsRemove = PermissionCatalogue.Get("collaborators.remove");
    public static readonly Permission CollaboratorsManageAdmins = PermissionCatalogue.Get("collaborators.manage-admins");
    public static readonly Permission RolesView = PermissionCatalogue.Get("roles.view");
    public static readonly Permission RolesManage = PermissionCatalogue.Get("roles.manage");
    public static readonly Permission AuditView = PermissionCatalogue.Get("audit.view");
    public static readonly Permission OrganizationView = PermissionCatalogue.Get("organization.view");
    public static readonly Permission OrganizationUpdate = PermissionCatalogue.Get("organization.update");
    public static readonly Permission OrganizationDelete = PermissionCatalogue.Get("organization.delete");
    public static readonly Permission MembersView = PermissionCatalogue.Get("members.view");
    public static readonly Permission MembersManage = PermissionCatalogue.Get("members.manage");
    public static readonly Permission TeamsView = PermissionCatalogue.Get("teams.view");
    public static readonly Permission TeamsManage = PermissionCatalogue.Get("teams.manage");
    public static readonly Permission WorkspacesView = PermissionCatalogue.Get("workspaces.view");
    public static readonly Permission WorkspacesManage = PermissionCatalogue.Get("workspaces.manage");
    public static readonly Permission OrganizationRolesView = PermissionCatalogue.Get("org-roles.view");
    public static readonly Permission OrganizationRolesManage = PermissionCatalogue.Get("org-roles.manage");
    public static readonly Permission ProjectsCreate = PermissionCatalogue.Get("projects.create");
    public static readonly Permission ProjectsViewAll = PermissionCatalogue.Get("projects.view-all");
    public static readonly Permission OrganizationAuditView = PermissionCatalogue.Get("org-audit.view");
    public static readonly Permission AssertionsView = PermissionCatalogue.Get("assertions.view");
    public static readonly Permission AssertionsManage = PermissionCatalogue.Get("assertions.manage");
    public static readonly Permission DefaultKeyView = PermissionCatalogue.Get("default-key.view");
    public static readonly Permission DefaultKeyRotate = PermissionCatalogue.Get("default-key.rotate");
    public static readonly Permission CatalogueView = PermissionCatalogue.Get("catalogue.view");
    public static readonly Permission CatalogueManage = PermissionCatalogue.Get("catalogue.manage");
    public static readonly Permission OrganizationLimitsView = PermissionCatalogue.Get("org-limits.view");
    public static readonly Permission OrganizationLimitsManage = PermissionCatalogue.Get("org-limits.manage");
    public static readonly Permission KeysView = PermissionCatalogue.Get("keys.view");
    public static readonly Permission KeysCreate = PermissionCatalogue.Get("keys.create");
    public static readonly Permission KeysRevoke = PermissionCatalogue.Get("keys.revoke");
    public static readonly Permission LimitsView = PermissionCatalogue.Get("limits.view");
    public static readonly Permission LimitsSet = PermissionCatalogue.Get("limits.set");
    public static readonly Permission SharesAccept = PermissionCatalogue.Get("shares.accept");
    public static readonly Permission InstallationManage = PermissionCatalogue.Get("installation.manage");
    public static readonly Permission OrganizationsCreate = PermissionCatalogue.Get("organizations.create");
#pragma warning restore CS1591

    /// <summary>The permission for a verb on a kind of resource.</summary>
    /// <param name="kind">One of <see cref="ResourceKinds.All"/>, or of the catalogue: those are seen or managed as one.</param>
    /// <param name="verb"><c>view</c>, <c>create</c>, <c>update</c>, <c>operate</c>, <c>delete-own</c>, <c>delete</c> or <c>share</c>.</param>
    public static Permission Of(ResourceKind kind, string verb) =>
        !kind.IsOfCatalogue ? PermissionCatalogue.Get($"{kind.Plural}.{verb}")
        : verb == "view" ? CatalogueView
        : CatalogueManage;
}
