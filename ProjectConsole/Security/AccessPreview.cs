using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Projects;

namespace ProjectConsole.Security;

/// <summary>Compares what people may do before and after a command, inside the transaction that is then rolled back.</summary>
public sealed class AccessPreview(AccessControl access)
{
    /// <summary>The most projects that a preview lists per person.</summary>
    public const int MostProjects = 100;

    private readonly List<Guid> _people = [];
    private readonly List<Guid> _projects = [];
    private int _moreProjects;
    private IReadOnlyDictionary<(Guid UserId, Guid ProjectId), ProjectAccess> _before = new Dictionary<(Guid, Guid), ProjectAccess>();

    internal async Task TakeBeforeAsync(ConsoleDbContext db, CommandTarget target, IReadOnlyCollection<Guid> userIds, CancellationToken ct)
    {
        _people.AddRange(userIds.Except(_people));
        var concerned = Concerned(db, target, userIds);
        var ids = await concerned.OrderBy(project => project.NameFolded).ThenBy(project => project.Id).Select(project => project.Id).Take(MostProjects).ToListAsync(ct);
        _moreProjects = ids.Count < MostProjects ? 0 : await concerned.CountAsync(ct) - ids.Count;
        _projects.AddRange(ids.Except(_projects));
        _before = await TakeAsync(db, ct);
    }

    internal async Task<AccessChange> CompareAsync(ConsoleDbContext db, CancellationToken ct)
    {
        var after = await TakeAsync(db, ct);
        var emails = await db.Users.Where(user => _people.Contains(user.Id)).ToDictionaryAsync(user => user.Id, user => user.Email ?? "", ct);
        return new AccessChange([.. _people.Select(person => new PersonChange(
            person,
            emails.GetValueOrDefault(person, ""),
            [.. _projects.Select(project => Change(person, project, after)).OfType<ProjectChange>()],
            _moreProjects))]);
    }

    private ProjectChange? Change(Guid person, Guid project, IReadOnlyDictionary<(Guid UserId, Guid ProjectId), ProjectAccess> after)
    {
        var (was, becomes) = (_before.GetValueOrDefault((person, project)), after.GetValueOrDefault((person, project)));
        return (becomes ?? was)?.Project is { } names ? new ProjectChange(project, names.Slug, names.Name, was?.Access, becomes?.Access) : null;
    }

    private static IQueryable<Project> Concerned(ConsoleDbContext db, CommandTarget target, IReadOnlyCollection<Guid> userIds)
    {
        if (target.ProjectId is { } projectId)
        {
            return db.Projects.Where(project => project.Id == projectId);
        }

        var organizationId = target.OrganizationId;
        var granted = from principal in db.Principals.Where(principal => userIds.Contains(principal.UserId))
                      join grant in db.Grants on principal.Id equals grant.PrincipalId
                      select grant;
        return db.Projects.Where(project =>
            (organizationId == null || project.OrganizationId == organizationId) && project.State != ProjectState.Deleted
            && (project.IsDefault || granted.Any(grant => grant.ProjectId == project.Id || grant.WorkspaceId == project.WorkspaceId)));
    }

    private Task<IReadOnlyDictionary<(Guid UserId, Guid ProjectId), ProjectAccess>> TakeAsync(ConsoleDbContext db, CancellationToken ct) =>
        access.OfManyAsync(
            db, db.Projects.Where(project => _projects.Contains(project.Id)), db.Users.Where(user => _people.Contains(user.Id)), ct);
}
