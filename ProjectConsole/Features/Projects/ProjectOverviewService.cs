using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Limits;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Projects;

/// <summary>Reads the home page of a project; each part only for those who may see it.</summary>
public sealed class ProjectOverviewService(IDbContextFactory<ConsoleDbContext> databases, AccessControl access, TimeProvider clock)
{
    private const int MostActivity = 6;

    /// <summary>The overview.</summary>
    public async Task<Result<ProjectOverview>> GetAsync(Actor actor, ProjectScope scope, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var project = await access.InProjectAsync(db, actor, scope, ct);
        if (AccessRefusal.InProject(project, Permissions.ProjectView) is { } refusal)
        {
            return refusal;
        }

        var found = await (from row in db.Projects.Where(row => row.OrganizationId == scope.OrganizationId && row.Id == scope.ProjectId)
                           from creator in db.Users.Where(user => user.Id == row.CreatedBy).DefaultIfEmpty()
                           select new { Project = row, CreatedBy = (string?)creator!.Email }).AsNoTracking().SingleAsync(ct);
        return new ProjectOverview(
            ProjectSettings.Of(found.Project),
            await KindsAsync(db, project!, ct),
            project!.May(Permissions.CollaboratorsView) ? await PeopleAsync(db, scope, ct) : null,
            project.May(Permissions.AuditView) ? await ActivityAsync(db, scope, ct) : null)
        {
            CreatedBy = found.CreatedBy ?? "",
            CreatedUtc = found.Project.CreatedUtc,
            LastActivityUtc = found.Project.LastActivityUtc,
            NearLimits = project.May(Permissions.LimitsView)
                ? [.. (await LimitRows.LoadAsync(db, scope, clock.GetUtcNow().UtcDateTime, ct)).Where(row => row.IsNear && LimitRows.IsSeen(project.Access, row))]
                : [],
        };
    }

    private static async Task<IReadOnlyList<ResourceCount>> KindsAsync(ConsoleDbContext db, ProjectAccess project, CancellationToken ct)
    {
        var counts = await db.Resources.Where(resource => resource.ProjectId == project.Project.Id).GroupBy(resource => resource.Kind)
            .Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, ct);
        return
        [
            .. ResourceKinds.All
                .Where(kind => counts.ContainsKey(kind.Name) && project.May(Permissions.Of(kind, "view")))
                .Select(kind => ResourceCount.Of(kind, counts[kind.Name])),
        ];
    }

    private static async Task<IReadOnlyList<RoleCount>> PeopleAsync(ConsoleDbContext db, ProjectScope scope, CancellationToken ct)
    {
        var counts = await db.Grants.Where(grant => grant.ProjectId == scope.ProjectId).GroupBy(grant => grant.RoleKey)
            .Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, ct);
        return [.. ProjectRole.All.Reverse().Select(role => new RoleCount(role.Title, counts.GetValueOrDefault(role.Key)))];
    }

    private static async Task<IReadOnlyList<ActivityEntry>> ActivityAsync(ConsoleDbContext db, ProjectScope scope, CancellationToken ct) =>
        await db.AuditEntries.Where(entry => entry.OrganizationId == scope.OrganizationId && entry.ProjectId == scope.ProjectId)
            .OrderByDescending(entry => entry.Id).Take(MostActivity)
            .Select(entry => new ActivityEntry(
                entry.Id, entry.ActorName, entry.Action, entry.ObjectName, entry.WhenUtc, entry.Result)).ToListAsync(ct);
}
