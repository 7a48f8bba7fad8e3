using ProjectConsole.Shared;

namespace ProjectConsole.Domain.Access;

/// <summary>An organization, or one of its projects, which keeps roles and restrictions of its own.</summary>
/// <param name="OrganizationId">The tenant.</param>
/// <param name="ProjectId">The project; null for the organization itself.</param>
public readonly record struct RoleOwner(Guid OrganizationId, Guid? ProjectId)
{
    /// <summary>Names are unique within it.</summary>
    public Guid Id => ProjectId ?? OrganizationId;

    /// <summary>A project.</summary>
    public static RoleOwner Of(ProjectScope project) => new(project.OrganizationId, project.ProjectId);

    /// <summary>An organization.</summary>
    public static RoleOwner Of(Guid organizationId) => new(organizationId, null);
}
