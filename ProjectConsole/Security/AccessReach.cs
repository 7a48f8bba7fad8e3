using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Projects;

namespace ProjectConsole.Security;

/// <summary>
/// Whom a command reaches in which projects, as a query that can be asked before and after the change: what became known only
/// through the change, such as a new project, is found the second time.
/// </summary>
internal sealed class AccessReach
{
    private static readonly string[] Everywhere = [.. OrganizationRole.All.Where(role => !role.InEveryProject.IsEmpty).Select(role => role.Key)];

    private const int StandingForAll = 100;

    private readonly Func<IQueryable<ReachedAccess>> _query;

    private readonly Func<IQueryable<ReachedAccess>> _judged;

    private AccessReach(Func<IQueryable<ReachedAccess>> query, Func<IQueryable<ReachedAccess>>? judged = null) => (_query, _judged) = (query, judged ?? query);

    /// <summary>Every pair of person and project, each once.</summary>
    public IQueryable<ReachedAccess> Pairs => _query();

    /// <summary>The pairs by which assertions judge: what a role gives in every project alike, some projects stand for.</summary>
    public IQueryable<ReachedAccess> Judged => _judged();

    /// <summary>These people wherever the target's change can matter to them: its project, or all that they have in its organization.</summary>
    public static AccessReach OfPeople(ConsoleDbContext db, CommandTarget target, IReadOnlyCollection<Guid> userIds)
    {
        if (target.ProjectId is { } projectId)
        {
            return OfPeopleIn(db, userIds, db.Projects.Where(project => project.Id == projectId));
        }

        var organizationId = target.OrganizationId;
        var projects = db.Projects.Where(project => (organizationId == null || project.OrganizationId == organizationId) && project.State != ProjectState.Deleted);
        var granted = from principal in db.Principals.Where(principal => userIds.Contains(principal.UserId))
                      join grant in db.Grants on principal.Id equals grant.PrincipalId
                      select grant;
        var named = granted.Where(grant => grant.ProjectId != null).Select(grant => grant.ProjectId!.Value)
            .Concat(from grant in granted
                    join project in projects on grant.WorkspaceId equals project.WorkspaceId
                    select project.Id)
            .Concat(from member in db.Members.Where(member => userIds.Contains(member.UserId))
                    join project in projects.Where(project => project.IsDefault) on member.OrganizationId equals project.OrganizationId
                    select project.Id);
        var everywhere = from member in WithRoleEverywhere(db).Where(member => userIds.Contains(member.UserId))
                         join project in projects on member.OrganizationId equals project.OrganizationId
                         select project.Id;
        return new(() => In(named.Concat(everywhere)), () => In(named.Concat(everywhere.OrderBy(id => id).Take(StandingForAll))));

        IQueryable<ReachedAccess> In(IQueryable<Guid> ids) => Cross(db, userIds, projects.Where(project => ids.Contains(project.Id)));
    }

    /// <summary>Each of these people in each of these projects.</summary>
    public static AccessReach OfPeopleIn(ConsoleDbContext db, IReadOnlyCollection<Guid> userIds, IQueryable<Project> projects) => new(() => Cross(db, userIds, projects));

    /// <summary>Everybody who has anything in a project: by its grants, by those of its workspace, or by an organization role.</summary>
    public static AccessReach OfEverybodyIn(ConsoleDbContext db, Guid projectId)
    {
        var projects = db.Projects.Where(project => project.Id == projectId);
        return new(() => OfGrants(db, db.Grants, projects).Union(
            from project in projects
            join member in WithRoleEverywhere(db) on project.OrganizationId equals member.OrganizationId
            select new ReachedAccess { UserId = member.UserId, ProjectId = project.Id }));
    }

    /// <summary>Everybody whom these grants reach, in the projects where they count.</summary>
    public static AccessReach OfGrants(ConsoleDbContext db, CommandTarget target, IQueryable<Grant> grants)
    {
        var projectId = target.ProjectId;
        var projects = db.Projects.Where(project => projectId == null ? project.State != ProjectState.Deleted : project.Id == projectId);
        return new(() => OfGrants(db, grants, projects));
    }

    private static IQueryable<ReachedAccess> Cross(ConsoleDbContext db, IReadOnlyCollection<Guid> userIds, IQueryable<Project> projects) =>
        from project in projects
        from user in db.Users.Where(user => userIds.Contains(user.Id))
        select new ReachedAccess { UserId = user.Id, ProjectId = project.Id };

    private static IQueryable<Member> WithRoleEverywhere(ConsoleDbContext db) => db.Members.Where(member =>
        Everywhere.Contains(member.RoleKey) || db.OrganizationRoles.Any(role => role.Key == member.RoleKey && role.InEveryProject != null));

    private static IQueryable<ReachedAccess> OfGrants(ConsoleDbContext db, IQueryable<Grant> grants, IQueryable<Project> projects) =>
        (from grant in grants
         join project in projects on grant.ProjectId equals project.Id
         join principal in db.Principals on grant.PrincipalId equals principal.Id
         select new ReachedAccess { UserId = principal.UserId, ProjectId = project.Id })
        .Union(
         from grant in grants
         join project in projects on grant.WorkspaceId equals project.WorkspaceId
         join principal in db.Principals on grant.PrincipalId equals principal.Id
         select new ReachedAccess { UserId = principal.UserId, ProjectId = project.Id });
}

/// <summary>One person in one project.</summary>
internal sealed class ReachedAccess
{
    public Guid UserId { get; init; }

    public Guid ProjectId { get; init; }
}
