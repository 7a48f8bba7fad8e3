namespace ProjectConsole.Domain.Access;

/// <summary>One path by which a person has permissions in a project, before and after its own restriction.</summary>
/// <param name="Kind">Which path.</param>
/// <param name="RoleTitle">The role it gives, for people.</param>
/// <param name="Grant">The grant; null for the organization role and the Default Project's rule.</param>
/// <param name="Before">What the role gives.</param>
/// <param name="After">What is left after the restriction.</param>
public readonly record struct AccessSource(AccessSourceKind Kind, string RoleTitle, GrantFacts? Grant, PermissionSet Before, PermissionSet After)
{
    internal static readonly AccessSource DefaultProject = new(
        AccessSourceKind.DefaultProject, ProjectRole.Developer.Title, null, ProjectRole.Developer.Permissions, ProjectRole.Developer.Permissions);

    private static readonly PermissionSet ProjectView = PermissionSet.Of(Permissions.ProjectView);

    /// <summary>Name of the team or workspace; empty otherwise.</summary>
    public string Via => Grant?.Via ?? "";

    /// <summary>The grant's id; null for the organization role and the Default Project's rule.</summary>
    public Guid? GrantId => Grant?.Id;

    /// <summary>When it ends; null for never.</summary>
    public DateTime? ExpiresUtc => Grant?.ExpiresUtc;

    internal static AccessSource OfOrganizationRole(OrganizationRole role) =>
        new(AccessSourceKind.OrganizationRole, role.Title, null, role.InEveryProject, role.InEveryProject);

    // No restriction takes project.view, or "the projects this person sees" would not be one SQL predicate.
    internal static AccessSource OfGrant(GrantFacts grant) =>
        new(grant.Source, grant.RoleTitle, grant, grant.Permissions, (grant.Permissions - grant.Denied) | ProjectView);
}
