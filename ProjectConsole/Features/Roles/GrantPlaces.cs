using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Collaborators;

namespace ProjectConsole.Features.Roles;

/// <summary>Where grants hang, by name.</summary>
internal static class GrantPlaces
{
    /// <summary>Names of the projects, then of the workspaces, each once.</summary>
    public static async Task<IReadOnlyList<string>> NamesAsync(ConsoleDbContext db, IQueryable<Grant> grants, CancellationToken ct) =>
    [
        .. await db.Projects.Where(project => grants.Any(grant => grant.ProjectId == project.Id)).OrderBy(project => project.NameFolded)
            .Select(project => project.Name).ToListAsync(ct),
        .. await db.Workspaces.Where(workspace => grants.Any(grant => grant.WorkspaceId == workspace.Id)).OrderBy(workspace => workspace.NameFolded)
            .Select(workspace => "workspace " + workspace.Name).ToListAsync(ct),
    ];
}
