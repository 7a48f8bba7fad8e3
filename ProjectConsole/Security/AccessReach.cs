using ProjectConsole.Data;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Projects;

namespace ProjectConsole.Security;

/// <summary>
/// Whom a command reaches in which projects, as a query that can be asked before and after the change: what became known only
/// through the change, such as a new project, is found the second time.
/// </summary>
internal sealed class AccessReach
{
    private readonly Func<IQueryable<ReachedAccess>> _query;

    private AccessReach(Func<IQueryable<ReachedAccess>> query) => _query = query;

    /// <summary>Every pair of person and project, each once.</summary>
    public IQueryable<ReachedAccess> Pairs => _query();

    /// <summary>These people wherever the target's change can matter to them: its project, or all that they have in its organization.</summary>
    public static AccessReach OfPeople(ConsoleDbContext db, CommandTarget target, IReadOnlyCollection<Guid> userIds)
    {
        if (target.ProjectId is { } projectId)
        {
            return OfPeopleIn(db, userIds, db.Projects.Where(project => project.Id == projectId));
        }

        var organizationId = target.OrganizationId;
        var granted = from principal in db.Principals.Where(principal => userIds.Contains(principal.UserId))
                      join grant in db.Grants on principal.Id equals grant.PrincipalId
                      select grant;
        return OfPeopleIn(db, userIds, db.Projects.Where(project =>
            (organizationId == null || project.OrganizationId == organizationId) && project.State != ProjectState.Deleted
            && (project.IsDefault || granted.Any(grant => grant.ProjectId == project.Id || grant.WorkspaceId == project.WorkspaceId))));
    }

    /// <summary>Each of these people in each of these projects.</summary>
    public static AccessReach OfPeopleIn(ConsoleDbContext db, IReadOnlyCollection<Guid> userIds, IQueryable<Project> projects) => new(() =>
        from project in projects
        from user in db.Users.Where(user => userIds.Contains(user.Id))
        select new ReachedAccess { UserId = user.Id, ProjectId = project.Id });

    /// <summary>Everybody whom these grants reach, in the projects where they count.</summary>
    public static AccessReach OfGrants(ConsoleDbContext db, CommandTarget target, IQueryable<Grant> grants)
    {
        var projectId = target.ProjectId;
        var projects = db.Projects.Where(project => projectId == null ? project.State != ProjectState.Deleted : project.Id == projectId);
        return new(() =>
            (from grant in grants
             join project in projects on grant.ProjectId equals project.Id
             join principal in db.Principals on grant.PrincipalId equals principal.Id
             select new ReachedAccess { UserId = principal.UserId, ProjectId = project.Id })
            .Union(
             from grant in grants
             join project in projects on grant.WorkspaceId equals project.WorkspaceId
             join principal in db.Principals on grant.PrincipalId equals principal.Id
             select new ReachedAccess { UserId = principal.UserId, ProjectId = project.Id }));
    }
}

/// <summary>One person in one project.</summary>
internal sealed class ReachedAccess
{
    public Guid UserId { get; init; }

    public Guid ProjectId { get; init; }
}
