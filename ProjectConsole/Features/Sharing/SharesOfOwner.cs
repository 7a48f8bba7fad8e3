using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Resources;
using ProjectConsole.Security;

namespace ProjectConsole.Features.Sharing;

/// <summary>The open shares of one project or personal space, as one person sees them.</summary>
/// <param name="db">An open context.</param>
/// <param name="access">Decides which projects the person sees.</param>
/// <param name="rights">What the person may do with the owner's resources.</param>
/// <param name="organization">The person's access in the organization; null where there is none.</param>
internal sealed class SharesOfOwner(ConsoleDbContext db, AccessControl access, ResourceRights rights, OrganizationAccess? organization)
{
    /// <summary>Names of the kinds that the person sees here.</summary>
    internal string[] Seen { get; } = [.. ResourceKinds.All.Where(kind => rights.May(kind, "view")).Select(kind => kind.Name)];

    /// <summary>Those of one side, or of all.</summary>
    internal IQueryable<ResourceShare> Of(ShareSide? side)
    {
        var (ownerId, projectId, workspaceId) = (rights.Owner.Id, rights.Owner.ProjectId, rights.Project?.Project.WorkspaceId);
        var open = db.ResourceShares.Where(share => share.State == ShareState.Pending || share.State == ShareState.Accepted);
        var given = open.Where(share => share.FromOwnerId == ownerId);
        // Nothing is shared with a personal space; without a project the conditions on the receiver would hold for every share that has none.
        var ofBoth = projectId is null ? given
            : open.Where(share => share.FromOwnerId == ownerId || share.ToProjectId == projectId || share.ToWorkspaceId == workspaceId);
        return side switch
        {
            ShareSide.Given => given,
            ShareSide.Received => ofBoth.Where(share => share.FromOwnerId != ownerId && share.State == ShareState.Accepted),
            ShareSide.Pending => ofBoth.Where(share => share.FromOwnerId != ownerId && share.State == ShareState.Pending),
            _ => ofBoth,
        };
    }

    /// <summary>What of the owner's the whole organization sees.</summary>
    internal IQueryable<Resource> Visible
    {
        get
        {
            var (ownerId, seen) = (rights.Owner.Id, Seen);
            return db.Resources.Where(resource => resource.OwnerId == ownerId && resource.IsOrganizationVisible && seen.Contains(resource.Kind));
        }
    }

    /// <summary>A part of that, by kind and name.</summary>
    internal async Task<List<VisibleResource>> VisibleRowsAsync(IQueryable<Resource> visible, int skip, int most, CancellationToken ct)
    {
        var rows = await visible.OrderBy(resource => resource.Kind).ThenBy(resource => resource.Name).Skip(skip).Take(most)
            .Select(resource => new { resource.Id, resource.Kind, resource.Name }).ToListAsync(ct);
        return rows.ConvertAll(row => new VisibleResource(row.Id, row.Kind, row.Name, rights.May(ResourceKinds.Get(row.Kind), "share")));
    }

    /// <summary>How many of them the person sees.</summary>
    internal Task<int> CountAsync(IQueryable<ResourceShare> shares, CancellationToken ct) => Joined(shares).CountAsync(ct);

    /// <summary>A part of them: what is given, then what is received, then what waits; of each the newest first.</summary>
    internal async Task<List<ShareRow>> RowsAsync(IQueryable<ResourceShare> shares, int skip, int most, CancellationToken ct)
    {
        var ownerId = rights.Owner.Id;
        var rows = await Joined(shares)
            .OrderBy(row => row.Share.FromOwnerId == ownerId ? 0 : row.Share.State == ShareState.Accepted ? 1 : 2)
            .ThenByDescending(row => row.Share.SharedUtc).ThenBy(row => row.Name).ThenBy(row => row.Share.Id).Skip(skip).Take(most).ToListAsync(ct);
        var others = rows.Select(row => OtherOf(row)?.Id).OfType<Guid>().Distinct().ToList();
        var visible = organization is null || others.Count == 0 ? []
            : await access.VisibleProjects(db, organization).Where(other => others.Contains(other.Id)).Select(other => other.Id).ToListAsync(ct);
        return rows.ConvertAll(row => RowOf(row, visible));
    }

    // What is given to a deleted project is told to its giver: it counts, and is in force again once that is restored.
    private IQueryable<Joint> Joined(IQueryable<ResourceShare> shares)
    {
        var (seen, ownerId) = (Seen, rights.Owner.Id);
        return from share in shares
               join resource in db.Resources on share.ResourceId equals resource.Id
               join source in db.Projects on share.FromOwnerId equals source.Id into sources
               from source in sources.DefaultIfEmpty()
               join space in db.PersonalSpaces on share.FromOwnerId equals space.Id into spaces
               from space in spaces.DefaultIfEmpty()
               join target in db.Projects on share.ToProjectId equals (Guid?)target.Id into targets
               from target in targets.DefaultIfEmpty()
               join workspace in db.Workspaces on share.ToWorkspaceId equals (Guid?)workspace.Id into workspaces
               from workspace in workspaces.DefaultIfEmpty()
               where (source == null || source.State != ProjectState.Deleted) && (target == null || target.State != ProjectState.Deleted || share.FromOwnerId == ownerId) && seen.Contains(resource.Kind)
               select new Joint
               {
                   Share = share,
                   Kind = resource.Kind,
                   Name = resource.Name,
                   Source = source,
                   Person = space == null ? null : space.UserName,
                   Target = target,
                   Workspace = workspace == null ? null : workspace.Name,
               };
    }

    private bool IsGiven(Joint row) => row.Share.FromOwnerId == rights.Owner.Id;

    private Project? OtherOf(Joint row) => IsGiven(row) ? row.Target : row.Source;

    private ShareRow RowOf(Joint row, List<Guid> visible)
    {
        var (share, other, isGiven) = (row.Share, OtherOf(row), IsGiven(row));
        // Who a share comes from is told to its receiver, and to whom it goes to its giver; a link only to who sees that project.
        var title = other?.Name ?? (isGiven ? null : row.Person) ?? $"every project of the workspace {row.Workspace}";
        var mayAnswer = !isGiven && rights.Project is { } project && ShareRules.AnswerRefusal(share, project, organization) is null;
        return new ShareRow(
            share.Id, row.Kind, row.Name, share.Level, share.State, title, other is not null && visible.Contains(other.Id) ? other.Slug : null,
            share.SharedByName, share.SharedUtc, share.AnsweredByName, row.Source?.State == ProjectState.Suspended, mayAnswer && share.State == ShareState.Pending,
            isGiven ? rights.May(ResourceKinds.Get(row.Kind), "share") : mayAnswer)
        {
            Side = isGiven ? ShareSide.Given : share.State == ShareState.Accepted ? ShareSide.Received : ShareSide.Pending,
        };
    }

    private sealed class Joint
    {
        public required ResourceShare Share { get; init; }

        public required string Kind { get; init; }

        public required string Name { get; init; }

        public Project? Source { get; init; }

        public string? Person { get; init; }

        public Project? Target { get; init; }

        public string? Workspace { get; init; }
    }
}
