using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Sharing;

/// <summary>Reads what a project shares and what is shared with it.</summary>
public sealed class SharingDirectory(IDbContextFactory<ConsoleDbContext> databases, AccessControl access)
{
    /// <summary>The most rows of each part.</summary>
    public const int Most = 200;

    /// <summary>Both sides of a project's sharing, of the kinds that the actor sees there.</summary>
    public async Task<Result<ProjectSharing>> GetAsync(Actor actor, ProjectScope scope, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var project = await access.InProjectAsync(db, actor, scope, ct);
        if (AccessRefusal.InProject(project, Permissions.ProjectView) is { } refusal)
        {
            return refusal;
        }

        var organization = await access.InOrganizationAsync(db, actor, scope.OrganizationId, ct);
        var (projectId, workspaceId) = (scope.ProjectId, project!.Project.WorkspaceId);
        var open = db.ResourceShares.Where(share => share.State == ShareState.Pending || share.State == ShareState.Accepted);
        var given = await RowsAsync(db, project, organization, open.Where(share => share.FromOwnerId == projectId), isGiven: true, ct);
        var received = await RowsAsync(
            db, project, organization, open.Where(share => share.FromOwnerId != projectId && (share.ToProjectId == projectId || share.ToWorkspaceId == workspaceId)), isGiven: false, ct);
        var visible = await db.Resources.Where(resource => resource.OwnerId == projectId && resource.IsOrganizationVisible).OrderBy(resource => resource.Kind)
            .ThenBy(resource => resource.Name).Take(Most).Select(resource => new { resource.Id, resource.Kind, resource.Name }).ToListAsync(ct);
        return new ProjectSharing(
            given,
            [.. received.Where(row => row.State == ShareState.Accepted)],
            [.. received.Where(row => row.State == ShareState.Pending)],
            [.. visible.Where(row => project.Access.May(ResourceKinds.Get(row.Kind), "view", null))
                .Select(row => new VisibleResource(row.Id, row.Kind, row.Name, project.Access.May(ResourceKinds.Get(row.Kind), "share", null)))]);
    }

    private async Task<IReadOnlyList<ShareRow>> RowsAsync(
        ConsoleDbContext db, ProjectAccess project, OrganizationAccess? organization, IQueryable<ResourceShare> shares, bool isGiven, CancellationToken ct)
    {
        var rows = await (from share in shares
                          join resource in db.Resources on share.ResourceId equals resource.Id
                          join source in db.Projects on share.FromOwnerId equals source.Id
                          join target in db.Projects on share.ToProjectId equals (Guid?)target.Id into targets
                          from target in targets.DefaultIfEmpty()
                          join workspace in db.Workspaces on share.ToWorkspaceId equals (Guid?)workspace.Id into workspaces
                          from workspace in workspaces.DefaultIfEmpty()
                          where source.State != ProjectState.Deleted && (target == null || target.State != ProjectState.Deleted)
                          orderby share.SharedUtc descending, resource.Name
                          select new { share, resource.Kind, resource.Name, resource.State, Source = source, Target = target, Workspace = workspace }).Take(Most).ToListAsync(ct);
        var others = rows.Select(row => isGiven ? row.share.ToProjectId : row.share.FromOwnerId).OfType<Guid>().Distinct().ToList();
        var seen = organization is null ? []
            : await access.VisibleProjects(db, organization).Where(other => others.Contains(other.Id)).Select(other => other.Id).ToListAsync(ct);
        var managesWorkspaces = organization?.May(Permissions.WorkspacesManage) == true;
        var mayAccept = project.May(Permissions.SharesAccept);
        return [.. rows.Where(row => project.Access.May(ResourceKinds.Get(row.Kind), "view", null)).Select(row =>
        {
            var other = isGiven ? row.Target : row.Source;
            // Who a share comes from is told to its receiver, and to whom it goes to its giver; a link only to who sees that project.
            var title = other?.Name ?? $"every project of the workspace {row.Workspace?.Name}";
            var mayAnswer = !isGiven && mayAccept && (row.share.ToWorkspaceId is null || managesWorkspaces);
            return new ShareRow(
                row.share.Id, row.Kind, row.Name, row.State, row.share.Level, row.share.State, title,
                other is not null && seen.Contains(other.Id) ? other.Slug : null, row.share.SharedByName, row.share.SharedUtc, row.share.AnsweredByName,
                row.Source.State == ProjectState.Suspended, mayAnswer && row.share.State == ShareState.Pending,
                isGiven ? project.Access.May(ResourceKinds.Get(row.Kind), "share", null) : mayAnswer);
        })];
    }
}
