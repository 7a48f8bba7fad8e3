using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Limits;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Limits;

/// <summary>Where limits are read and set.</summary>
/// <param name="Scope">Whose limits they are.</param>
/// <param name="OrganizationId">The organization; empty for the installation.</param>
/// <param name="ProjectId">The project, where it is one.</param>
public sealed record LimitPlace(LimitScope Scope, Guid OrganizationId, Guid? ProjectId)
{
    /// <summary>What a project may use where its organization says nothing.</summary>
    public static LimitPlace Defaults { get; } = new(LimitScope.Installation, Guid.Empty, null);

    /// <summary>The most that organizations may set.</summary>
    public static LimitPlace Bounds { get; } = new(LimitScope.Bound, Guid.Empty, null);

    /// <summary>The personal space, where it is one: its limits are set for all of the organization, and what is used is its own.</summary>
    public Guid? SpaceId { get; init; }

    /// <summary>Whether it uses anything itself.</summary>
    public bool UsesAny => ProjectId is not null || SpaceId is not null;

    /// <summary>Under which id its limits are stored.</summary>
    public Guid ScopeId => ProjectId ?? OrganizationId;

    internal ResourceOwner? Owner => ProjectId is { } projectId ? ResourceOwner.Of(new ProjectScope(OrganizationId, projectId))
        : SpaceId is { } spaceId ? new ResourceOwner(OrganizationId, spaceId, null)
        : null;

    private bool IsOfInstallation => Scope is LimitScope.Installation or LimitScope.Bound;

    /// <summary>A project's own limits.</summary>
    public static LimitPlace Of(ProjectScope project) => new(LimitScope.Project, project.OrganizationId, project.ProjectId);

    /// <summary>What an organization sets for each of its projects.</summary>
    public static LimitPlace ForProjectsOf(Guid organizationId) => new(LimitScope.Organization, organizationId, null);

    /// <summary>What an organization sets for each personal space.</summary>
    public static LimitPlace ForPersonalSpacesOf(Guid organizationId) => new(LimitScope.PersonalSpace, organizationId, null);

    /// <summary>One personal space.</summary>
    public static LimitPlace OfPersonalSpace(ResourceOwner space) => ForPersonalSpacesOf(space.OrganizationId) with { SpaceId = space.Id };

    /// <summary>Whether a metric counts there: nobody is added to a personal space, and it has no keys.</summary>
    public bool Has(Metric metric) => Scope != LimitScope.PersonalSpace || (metric != Metric.Keys && metric != Metric.Collaborators);

    // Exclusive: what others create meanwhile is decided either by the limit before or by the one after.
    internal CommandTarget Target(string action) =>
        IsOfInstallation ? CommandTarget.InInstallation(Permissions.InstallationManage, action)
        : ProjectId is { } projectId ? CommandTarget.InProject(new ProjectScope(OrganizationId, projectId), Permissions.LimitsSet, action, CommandLock.Exclusive)
        : CommandTarget.InOrganization(OrganizationId, Permissions.OrganizationLimitsManage, action, CommandLock.Exclusive);

    // How the audit log calls it; where it was done stands beside it.
    internal string Named(Metric metric) => Scope switch
    {
        LimitScope.Project => metric.Title,
        LimitScope.Organization => $"{metric.Title} of each project",
        LimitScope.PersonalSpace => $"{metric.Title} of each personal space",
        LimitScope.Installation => $"{metric.Title} by default",
        _ => $"{metric.Title} at most",
    };
}
