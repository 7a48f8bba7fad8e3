using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Projects;

namespace ProjectConsole.Security;

/// <summary>Which projects of an organization suit a person, as SQL predicates that agree with the decision.</summary>
public sealed class ProjectSets(TimeProvider clock)
{
    /// <summary>
    /// Of the given projects of an organization those in which the person's effective role is at least this one.
    /// The built-in roles contain each other, so the union of several is the largest, and the ceiling turns each into one role.
    /// </summary>
    public IQueryable<Project> WithRole(ConsoleDbContext db, OrganizationAccess organization, IQueryable<Project> projects, ProjectRole least)
    {
        bool Suffices(PermissionSet given) => ProjectRole.LargestIn(given) is { } role && role.Rank >= least.Rank;
        var facts = organization.Access.Facts;
        var developers = facts.Membership is { } membership && Suffices(ProjectRole.Developer.Permissions & membership.Role.Ceiling);
        if (Granted(db, organization, Suffices) is not { } mine)
        {
            return projects;
        }

        return developers
            ? projects.Where(project => project.IsDefault || mine.Contains(project.Id))
            : projects.Where(project => mine.Contains(project.Id));
    }

    /// <summary>The deleted projects of an organization that the person can still restore.</summary>
    public IQueryable<Project> Restorable(ConsoleDbContext db, OrganizationAccess organization)
    {
        var (organizationId, oldest) = (organization.Id, clock.GetUtcNow().UtcDateTime - Project.RestorableFor);
        var projects = db.Projects.Where(project =>
            project.OrganizationId == organizationId && project.State == ProjectState.Deleted && project.DeletedUtc > oldest);
        if (!organization.Access.MayEnterOrganization)
        {
            return projects.Where(_ => false);
        }

        return Granted(db, organization, given => given.Contains(Permissions.ProjectDelete)) is { } mine
            ? projects.Where(project => mine.Contains(project.Id))
            : projects;
    }

    // Null where the organization role alone suffices in every project.
    private IQueryable<Guid>? Granted(ConsoleDbContext db, OrganizationAccess organization, Func<PermissionSet, bool> suffices)
    {
        var facts = organization.Access.Facts;
        var ceiling = facts.Membership?.Role.Ceiling ?? OrganizationRole.ExternalCeiling;
        if (facts.Membership is { } membership && suffices(membership.Role.InEveryProject & ceiling))
        {
            return null;
        }

        var keys = ProjectRole.All.Where(role => suffices(role.Permissions & ceiling)).Select(role => role.Key).ToArray();
        var (userId, organizationId, now) = (facts.Person.UserId, organization.Id, clock.GetUtcNow().UtcDateTime);
        var grants = from principal in db.Principals.Where(principal => principal.UserId == userId)
                     join grant in db.Grants on principal.Id equals grant.PrincipalId
                     where grant.OrganizationId == organizationId && (grant.ExpiresUtc == null || grant.ExpiresUtc > now) && keys.Contains(grant.RoleKey)
                     select new { grant.ProjectId, grant.WorkspaceId };
        return grants.Where(grant => grant.ProjectId != null).Select(grant => grant.ProjectId!.Value)
            .Concat(from grant in grants
                    join project in db.Projects on grant.WorkspaceId equals project.WorkspaceId
                    select project.Id);
    }
}
