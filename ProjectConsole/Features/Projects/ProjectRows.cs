using Microsoft.EntityFrameworkCore;
using ProjectConsole.Components.Access;
using ProjectConsole.Data;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Security;

namespace ProjectConsole.Features.Projects;

/// <summary>Completes the rows of found projects: what the actor may do in each, how many work in it, what it holds. Each is one statement for all.</summary>
public sealed class ProjectRows(AccessControl access)
{
    private const int MostFaces = 3;

    /// <summary>The rows with role, acts and counts; without those that the actor may not see after all.</summary>
    internal async Task<IReadOnlyList<ProjectRow>> CompletedAsync(ConsoleDbContext db, Actor actor, IReadOnlyList<ProjectRow> rows, CancellationToken ct)
    {
        if (rows.Count == 0)
        {
            return [];
        }

        var ids = IdsOf(rows);
        var decisions = await access.OfActorAsync(db, actor, ids, ct);
        var collaborators = await db.Grants.Where(grant => grant.ProjectId != null && ids.Contains(grant.ProjectId.Value))
            .GroupBy(grant => grant.ProjectId!.Value)
            .Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, ct);
        var resources = await db.Resources.Where(resource => resource.ProjectId != null && ids.Contains(resource.ProjectId.Value))
            .GroupBy(resource => resource.ProjectId!.Value)
            .Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, ct);
        return [.. rows.Where(row => decisions.ContainsKey(row.Id)).Select(row => Decided(row, decisions[row.Id]) with
        {
            Collaborators = collaborators.GetValueOrDefault(row.Id),
            Resources = resources.GetValueOrDefault(row.Id),
        })];
    }

    /// <summary>The rows with the first few people of each. The ids stand inside once more: else the database numbers the grants of all projects before it takes the first few.</summary>
    internal static async Task<IReadOnlyList<ProjectRow>> WithFacesAsync(ConsoleDbContext db, IReadOnlyList<ProjectRow> rows, CancellationToken ct)
    {
        if (rows.Count == 0)
        {
            return [];
        }

        var ids = IdsOf(rows);
        var first = db.Projects.Where(project => ids.Contains(project.Id)).SelectMany(
            project => db.Grants.Where(grant => grant.ProjectId == project.Id && ids.Contains(grant.ProjectId!.Value))
                .OrderBy(grant => grant.RoleKey).ThenBy(grant => grant.PrincipalId).Take(MostFaces),
            (project, grant) => new { ProjectId = project.Id, grant.PrincipalId, grant.RoleKey });
        var faces = await (from face in first join user in db.Users on face.PrincipalId equals user.Id select new { face.ProjectId, face.RoleKey, user.Email }).ToListAsync(ct);
        var ofProjects = faces.OrderBy(face => face.RoleKey, StringComparer.Ordinal).ThenBy(face => face.Email, StringComparer.Ordinal)
            .ToLookup(face => face.ProjectId, face => face.Email ?? "");
        return [.. rows.Select(row => row with { Faces = [.. ofProjects[row.Id]] })];
    }

    private static Guid[] IdsOf(IReadOnlyList<ProjectRow> rows) => [.. rows.Select(row => row.Id)];

    private static ProjectRow Decided(ProjectRow row, ProjectAccess project) => row with
    {
        Role = AccessWords.Role(project.Access),
        RoleNote = AccessWords.RoleNote(project.Access),
        CappedBy = AccessWords.CappedBy(project.Access),
        RestorableUntilUtc = row.RestorableUntilUtc + Project.RestorableFor,
        Acts = ProjectLifeRules.ActsOf(project),
    };
}
