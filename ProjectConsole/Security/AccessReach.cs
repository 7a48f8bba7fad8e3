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
    private static readonly string[] InEveryProject = [.. OrganizationRole.All.Where(role => !role.InEveryProject.IsEmpty).Select(role => role.Key)];

    private AccessReach()
    {
    }

    /// <summary>Everybody in any pair, possibly several times; asked without the projects, of which a workspace has very many.</summary>
    public required Func<IQueryable<Guid>> People { get; init; }

    /// <summary>How many people there are, where that is known without asking.</summary>
    public int? PeopleInAll { get; private init; }

    /// <summary>
    /// The projects of any pair that a preview compares: the living ones, and the command's own. Asked without the people, of whom a
    /// team has very many, and in parts, each in its own order: where the first are enough, nobody reads the rest. What a role gives
    /// in every project alike, the first <see cref="AccessPreview.MostProjects"/> projects show; <see cref="Alike"/> has all of them.
    /// </summary>
    public required Func<IReadOnlyList<IQueryable<Guid>>> Projects { get; init; }

    /// <summary>Every pair of person and project in some of those projects, each once.</summary>
    public required Func<IReadOnlyCollection<Guid>, IQueryable<ReachedAccess>> PairsIn { get; init; }

    /// <summary>
    /// The pairs by which assertions judge. Deleted projects are among them: what somebody comes to hold in one is theirs the moment
    /// it is restored. For what a role gives in every project, one stands where nobody among the people holds anything else.
    /// </summary>
    public required Func<IQueryable<ReachedAccess>> Judged { get; init; }

    /// <summary>The projects in which a role counts alike, each once and in order, if one of the people has such a role; null where roles are not concerned.</summary>
    public Func<IQueryable<Guid>>? Alike { get; private init; }

    /// <summary>These people wherever the target's change can matter to them: its project, or all that they have in its organization.</summary>
    public static AccessReach OfPeople(ConsoleDbContext db, CommandTarget target, IReadOnlyCollection<Guid> userIds)
    {
        if (target.ProjectId is { } projectId)
        {
            return OfPeopleIn(db, userIds, db.Projects.Where(project => project.Id == projectId));
        }

        var organizationId = target.OrganizationId;
        var projects = db.Projects.Where(project => organizationId == null || project.OrganizationId == organizationId);
        var granted = from principal in db.Principals.Where(principal => userIds.Contains(principal.UserId))
                      join grant in db.Grants on principal.Id equals grant.PrincipalId
                      where organizationId == null || grant.OrganizationId == organizationId
                      select grant;
        var byDefault = from member in db.Members.Where(member => userIds.Contains(member.UserId))
                        join project in projects.Where(project => project.IsDefault) on member.OrganizationId equals project.OrganizationId
                        select project.Id;
        var named = ProjectsOf(db, granted).Concat(byDefault);
        // Told as the one organization and not as one of some, SQLite takes the first of its projects in order without reading the rest.
        var everywhere = WithRoleEverywhere(db).Where(member => userIds.Contains(member.UserId));
        var alike = organizationId is null
            ? Living(db.Projects).Where(project => everywhere.Select(member => member.OrganizationId).Contains(project.OrganizationId))
            : Living(db.Projects).Where(project => project.OrganizationId == everywhere.Where(member => member.OrganizationId == organizationId).Select(member => member.OrganizationId).FirstOrDefault());
        return new()
        {
            People = () => Users(db, userIds),
            PeopleInAll = userIds.Count,
            Projects = () =>
            [
                .. LivingOf(db.Projects, granted),
                Living(projects).Where(project => byDefault.Contains(project.Id)).OrderBy(project => project.Id).Select(project => project.Id),
                alike.OrderBy(project => project.SearchText).Take(AccessPreview.MostProjects).Select(project => project.Id),
            ],
            PairsIn = ids => Cross(db, userIds, db.Projects.Where(project => ids.Contains(project.Id))),
            Judged = () => Cross(db, userIds, projects.Where(project =>
                named.Concat(alike.Where(each => !named.Contains(each.Id)).OrderBy(each => each.Id).Take(1).Select(each => each.Id)).Contains(project.Id))),
            Alike = () => alike.OrderBy(project => project.SearchText).Select(project => project.Id),
        };
    }

    /// <summary>Each of these people in each project in which these grants count.</summary>
    public static AccessReach OfPeopleBy(ConsoleDbContext db, IReadOnlyCollection<Guid> userIds, IQueryable<Grant> grants)
    {
        var reached = ProjectsOf(db, grants);
        return OfPeople(db, userIds, db.Projects.Where(project => reached.Contains(project.Id)), () => LivingOf(db.Projects, grants));
    }

    /// <summary>Each of these people in each of these projects.</summary>
    public static AccessReach OfPeopleIn(ConsoleDbContext db, IReadOnlyCollection<Guid> userIds, IQueryable<Project> projects) =>
        OfPeople(db, userIds, projects, () => [ByWorkspace(Living(projects))]);

    private static AccessReach OfPeople(
        ConsoleDbContext db, IReadOnlyCollection<Guid> userIds, IQueryable<Project> projects, Func<IReadOnlyList<IQueryable<Guid>>> living) => new()
        {
            People = () => Users(db, userIds),
            PeopleInAll = userIds.Count,
            Projects = living,
            PairsIn = ids => Cross(db, userIds, db.Projects.Where(project => ids.Contains(project.Id))),
            Judged = () => Cross(db, userIds, projects),
        };

    /// <summary>A person, or everybody in a team, in one project, whether or not they have anything there.</summary>
    public static AccessReach OfHolder(ConsoleDbContext db, Guid principalId, Guid projectId)
    {
        var (holders, projects) = (db.Principals.Where(principal => principal.Id == principalId), db.Projects.Where(project => project.Id == projectId));
        return new()
        {
            People = () => holders.Select(principal => principal.UserId),
            Projects = () => [ByWorkspace(Living(projects))],
            PairsIn = _ => Holders(),
            Judged = Holders,
        };

        IQueryable<ReachedAccess> Holders() =>
            from project in projects
            from principal in holders
            select new ReachedAccess { UserId = principal.UserId, ProjectId = project.Id };
    }

    /// <summary>Everybody who has anything in a project: by its grants, by those of its workspace, or by an organization role.</summary>
    public static AccessReach OfEverybodyIn(ConsoleDbContext db, Guid projectId)
    {
        var projects = db.Projects.Where(project => project.Id == projectId);
        return new()
        {
            People = () => Everybody().Select(pair => pair.UserId),
            Projects = () => [ByWorkspace(projects)],
            PairsIn = _ => Everybody(),
            Judged = Everybody,
        };

        IQueryable<ReachedAccess> Everybody() => PairsOf(db, db.Grants, projects).Union(
            from project in projects
            join member in WithRoleEverywhere(db) on project.OrganizationId equals member.OrganizationId
            select new ReachedAccess { UserId = member.UserId, ProjectId = project.Id });
    }

    /// <summary>Everybody whom these grants reach, in the projects where they count.</summary>
    public static AccessReach OfGrants(ConsoleDbContext db, CommandTarget target, IQueryable<Grant> grants)
    {
        var projectId = target.ProjectId;
        var projects = db.Projects.Where(project => projectId == null || project.Id == projectId);
        var held = grants.Where(grant => db.Principals.Any(principal => principal.Id == grant.PrincipalId));
        return new()
        {
            // By the teams and people that hold any of them, each once: a team holds the same role in many projects.
            People = () => db.Principals.Where(principal => grants.Select(grant => grant.PrincipalId).Contains(principal.Id)).Select(principal => principal.UserId),
            Projects = () => LivingOf(projects, held),
            PairsIn = ids => PairsOf(db, grants, db.Projects.Where(project => ids.Contains(project.Id))),
            Judged = () => PairsOf(db, grants, projects),
        };
    }

    /// <summary>
    /// The projects in which grants count, through their workspace too, possibly several times and deleted ones among them. Found by
    /// the grants and in any organization: told which, SQLite goes through all projects of it for each grant.
    /// </summary>
    public static IQueryable<Guid> ProjectsOf(ConsoleDbContext db, IQueryable<Grant> grants) =>
        grants.Where(grant => grant.ProjectId != null).Select(grant => grant.ProjectId!.Value)
            .Concat(from grant in grants
                    join project in db.Projects on grant.WorkspaceId equals project.WorkspaceId
                    select project.Id);

    /// <summary>Everybody whom some of these grants reach in some of these projects, each pair once.</summary>
    public static IQueryable<ReachedAccess> PairsOf(ConsoleDbContext db, IQueryable<Grant> grants, IQueryable<Project> projects) =>
        (from grant in grants
         join project in projects on grant.ProjectId equals project.Id
         join principal in db.Principals on grant.PrincipalId equals principal.Id
         select new ReachedAccess { UserId = principal.UserId, ProjectId = project.Id })
        .Union(
         from grant in grants
         join project in projects on grant.WorkspaceId equals project.WorkspaceId
         join principal in db.Principals on grant.PrincipalId equals principal.Id
         select new ReachedAccess { UserId = principal.UserId, ProjectId = project.Id });

    // What grants name first, then their workspaces, of which one has all that is needed.
    private static IQueryable<Guid>[] LivingOf(IQueryable<Project> projects, IQueryable<Grant> grants)
    {
        var named = grants.Where(grant => grant.ProjectId != null).Select(grant => grant.ProjectId!.Value);
        var workspaces = grants.Where(grant => grant.WorkspaceId != null).Select(grant => grant.WorkspaceId!.Value);
        return
        [
            Living(projects).Where(project => named.Contains(project.Id)).OrderBy(project => project.Id).Select(project => project.Id),
            ByWorkspace(Living(projects).Where(project => workspaces.Contains(project.WorkspaceId))),
        ];
    }

    // In the order of the index that finds them: in any other, all projects of a large workspace would be sorted first.
    private static IQueryable<Guid> ByWorkspace(IQueryable<Project> projects) => projects.OrderBy(project => project.WorkspaceId).Select(project => project.Id);

    private static IQueryable<Guid> Users(ConsoleDbContext db, IReadOnlyCollection<Guid> userIds) => db.Users.Where(user => userIds.Contains(user.Id)).Select(user => user.Id);

    private static IQueryable<Project> Living(IQueryable<Project> projects) => projects.Where(project => project.State != ProjectState.Deleted);

    private static IQueryable<ReachedAccess> Cross(ConsoleDbContext db, IReadOnlyCollection<Guid> userIds, IQueryable<Project> projects) =>
        from project in projects
        from user in db.Users.Where(user => userIds.Contains(user.Id))
        select new ReachedAccess { UserId = user.Id, ProjectId = project.Id };

    private static IQueryable<Member> WithRoleEverywhere(ConsoleDbContext db) => db.Members.Where(member =>
        InEveryProject.Contains(member.RoleKey) || db.OrganizationRoles.Any(role => role.Key == member.RoleKey && role.InEveryProject != null));
}

/// <summary>One person in one project.</summary>
internal sealed class ReachedAccess
{
    public Guid UserId { get; init; }

    public Guid ProjectId { get; init; }
}
