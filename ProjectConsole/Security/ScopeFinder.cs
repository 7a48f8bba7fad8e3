using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Shared;

namespace ProjectConsole.Security;

/// <summary>Reads what the header shows beside a decision that was already made: which workspace one is in.</summary>
public sealed class ScopeFinder(IDbContextFactory<ConsoleDbContext> databases)
{
    /// <summary>
    /// The workspaces of an organization as far as the header needs them: whether there are several, and the one asked for.
    /// People outside the organization know their projects only.
    /// </summary>
    public async Task<WorkspaceLevel> WorkspaceAsync(OrganizationAccess organization, string? slug, CancellationToken ct = default) =>
        organization.IsExternal ? default : await WorkspaceAsync(organization.Id, TextRules.Clean(slug), ct);

    /// <summary>The same for a page inside a project.</summary>
    public async Task<WorkspaceLevel> WorkspaceAsync(ProjectAccess project, CancellationToken ct = default) =>
        project.Access.Facts.Membership is null ? default : await WorkspaceAsync(project.Organization.Id, project.Project.WorkspaceSlug, ct);

    private async Task<WorkspaceLevel> WorkspaceAsync(Guid organizationId, string? slug, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        // Two rows tell whether there are several, and the one asked for comes first.
        var rows = await db.Workspaces.Where(workspace => workspace.OrganizationId == organizationId)
            .OrderBy(workspace => workspace.Slug == slug ? 0 : 1).ThenBy(workspace => workspace.Slug)
            .Select(workspace => new WorkspaceNames(workspace.Slug, workspace.Name)).Take(2).ToListAsync(ct);
        return new WorkspaceLevel(rows.Count > 1, rows.FirstOrDefault(row => row.Slug == slug));
    }
}

/// <summary>What a workspace is called.</summary>
public sealed record WorkspaceNames(string Slug, string Name);

/// <summary>The workspace level of the header.</summary>
/// <param name="IsShown">Whether there are several workspaces; one alone is hidden.</param>
/// <param name="Current">The workspace one is in; null for all of them.</param>
public readonly record struct WorkspaceLevel(bool IsShown, WorkspaceNames? Current);
