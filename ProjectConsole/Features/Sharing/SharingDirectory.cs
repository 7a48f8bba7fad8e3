using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Resources;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Sharing;

/// <summary>Reads what a project shares and what is shared with it, and to whom a single resource is shared.</summary>
public sealed class SharingDirectory(IDbContextFactory<ConsoleDbContext> databases, AccessControl access, ResourceDoor door)
{
    /// <summary>The most rows of each part of a page.</summary>
    public const int Most = 200;

    /// <summary>Both sides of a project's sharing, of the kinds that the actor sees there; of each part the newest.</summary>
    public async Task<Result<ProjectSharing>> GetAsync(Actor actor, ProjectScope scope, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var opened = await OpenAsync(db, actor, scope, ct);
        if (!opened.Succeeded)
        {
            return opened.Error;
        }

        var shares = opened.Value;
        var given = await shares.RowsAsync(shares.Of(ShareSide.Given), 0, Most + 1, ct);
        var received = await shares.RowsAsync(shares.Of(ShareSide.Received), 0, Most + 1, ct);
        var pending = await shares.RowsAsync(shares.Of(ShareSide.Pending), 0, Most + 1, ct);
        var visible = await shares.VisibleRowsAsync(shares.Visible, 0, Most + 1, ct);
        return new ProjectSharing(
            [.. given.Take(Most)], [.. received.Take(Most)], [.. pending.Take(Most)],
            [.. visible.Take(Most)])
        {
            IsCut = Math.Max(Math.Max(given.Count, received.Count), Math.Max(pending.Count, visible.Count)) > Most,
        };
    }

    /// <summary>A project's shares of one side, or of all: what it gives, what it has, what it is offered.</summary>
    public async Task<Result<Page<ShareRow>>> ListAsync(Actor actor, ProjectScope scope, ShareSide? side, PageRequest page, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var opened = await OpenAsync(db, actor, scope, ct);
        if (!opened.Succeeded)
        {
            return opened.Error;
        }

        var shares = opened.Value;
        var listed = shares.Of(side);
        return new Page<ShareRow>(await shares.RowsAsync(listed, page.Skip, page.Size, ct), await shares.CountAsync(listed, ct), page.Number, page.Size);
    }

    /// <summary>What of a project the whole organization sees.</summary>
    public async Task<Result<Page<VisibleResource>>> ListVisibleAsync(Actor actor, ProjectScope scope, PageRequest page, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var opened = await OpenAsync(db, actor, scope, ct);
        if (!opened.Succeeded)
        {
            return opened.Error;
        }

        var shares = opened.Value;
        return new Page<VisibleResource>(await shares.VisibleRowsAsync(shares.Visible, page.Skip, page.Size, ct), await shares.Visible.CountAsync(ct), page.Number, page.Size);
    }

    /// <summary>With whom a resource of a project or of the actor's own space is shared.</summary>
    public async Task<Result<SharedWith>> GetOfResourceAsync(Actor actor, ResourceOwner owner, Guid resourceId, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await door.OpenAsync(actor, db, owner, ct) is not { } rights)
        {
            return new NotFound();
        }

        var shares = await SharesAsync(db, actor, rights, ct);
        return new SharedWith(
            await shares.RowsAsync(shares.Of(ShareSide.Given).Where(share => share.ResourceId == resourceId), 0, SharingService.Most, ct),
            (await shares.VisibleRowsAsync(shares.Visible.Where(resource => resource.Id == resourceId), 0, 1, ct)).FirstOrDefault());
    }

    private async Task<Result<SharesOfOwner>> OpenAsync(ConsoleDbContext db, Actor actor, ProjectScope scope, CancellationToken ct)
    {
        var project = await access.InProjectAsync(db, actor, scope, ct);
        return AccessRefusal.InProject(project, Permissions.ProjectView) is { } refusal ? refusal
            : await SharesAsync(db, actor, new ResourceRights(ResourceOwner.Of(scope), project!.Access, project, IsOwnSpace: false), ct);
    }

    private async Task<SharesOfOwner> SharesAsync(ConsoleDbContext db, Actor actor, ResourceRights rights, CancellationToken ct) =>
        new(db, access, rights, await access.InOrganizationAsync(db, actor, rights.Owner.OrganizationId, ct));
}
