using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Sharing;

/// <summary>Who receives a share.</summary>
/// <param name="ProjectId">A project.</param>
/// <param name="WorkspaceId">All projects of a workspace.</param>
/// <param name="Title">What it is called.</param>
internal sealed record ShareReceiver(Guid? ProjectId, Guid? WorkspaceId, string Title);

/// <summary>What holds for every share, whoever gives it.</summary>
internal static class ShareRules
{
    /// <summary>Whom an offer names. A project that the person does not see is answered like one that is not there.</summary>
    /// <param name="command">The running command.</param>
    /// <param name="access">Decides what the person sees.</param>
    /// <param name="owner">Whose resource it is.</param>
    /// <param name="offer">The offer.</param>
    /// <param name="ct">Ends the command.</param>
    public static async Task<(ShareReceiver? Receiver, Error? Refusal)> ReceiverAsync(
        Command command, AccessControl access, ResourceOwner owner, ShareOffer offer, CancellationToken ct)
    {
        if (await access.InOrganizationAsync(command.Db, command.Actor, owner.OrganizationId, ct) is not { } organization)
        {
            return (null, new NotFound());
        }

        if (offer.WorkspaceSlug is { Length: > 0 } workspaceSlug)
        {
            var slug = TextRules.Clean(workspaceSlug);
            var workspace = organization.May(Permissions.WorkspacesView)
                ? await command.Db.Workspaces.FirstOrDefaultAsync(row => row.OrganizationId == owner.OrganizationId && row.Slug == slug, ct) : null;
            return workspace is null ? (null, new Invalid(nameof(ShareOffer.WorkspaceSlug), $"There is no workspace {slug} in this organization."))
                : (new ShareReceiver(null, workspace.Id, workspace.Name), null);
        }

        var projectSlug = Slug.Clean(offer.ProjectSlug);
        var project = await access.VisibleProjects(command.Db, organization).FirstOrDefaultAsync(row => row.Slug == projectSlug, ct);
        return project is null ? (null, new Invalid(nameof(ShareOffer.ProjectSlug), $"There is no project {projectSlug} that you see."))
            : project.Id == owner.ProjectId ? (null, new Invalid(nameof(ShareOffer.ProjectSlug), "It belongs to this project already."))
            : (new ShareReceiver(project.Id, null, project.Name), null);
    }

    /// <summary>Offers a resource, or answers why not.</summary>
    public static async Task<Result<Guid>> OfferAsync(Command command, Resource resource, ShareReceiver receiver, ShareLevel level, CancellationToken ct)
    {
        var open = await command.Db.ResourceShares
            .Where(row => row.ResourceId == resource.Id && (row.State == ShareState.Pending || row.State == ShareState.Accepted))
            .Select(row => new { row.ToProjectId, row.ToWorkspaceId }).ToListAsync(ct);
        if (open.Exists(row => row.ToProjectId == receiver.ProjectId && row.ToWorkspaceId == receiver.WorkspaceId))
        {
            return new ShareAlreadyOpen(resource.Name, receiver.Title);
        }

        if (open.Count >= SharingService.Most)
        {
            return new TooManyShares(SharingService.Most);
        }

        var share = new ResourceShare(resource, receiver.ProjectId, receiver.WorkspaceId, level, command.Actor.UserId, command.Actor.Name, command.NowUtc);
        command.Db.Add(share);
        await NoteAsync(command, AuditActions.ResourceShared, resource, share, ct);
        return share.Id;
    }

    /// <summary>The refusal to accept, decline or give back a share, or null. What a workspace has, each of its projects has: nobody answers for all of them by one of them.</summary>
    /// <param name="share">The share.</param>
    /// <param name="project">The receiving project, or one of the receiving workspace, as the person may open it.</param>
    /// <param name="organization">The person's access in the organization; null where there is none.</param>
    public static Error? AnswerRefusal(ResourceShare share, ProjectAccess project, OrganizationAccess? organization)
    {
        var inProject = AccessRefusal.InProject(project, Permissions.SharesAccept);
        if (inProject is not null || share.ToWorkspaceId is null || project.MayInWholeWorkspace(Permissions.SharesAccept))
        {
            return inProject;
        }

        return AccessRefusal.InOrganization(organization, Permissions.WorkspacesManage) switch
        {
            null => null,
            TokenLacks lacks => lacks,
            _ => new Forbidden([$"{Permissions.SharesAccept.Title} in the whole workspace"], "a Manager of the workspace, or an Owner or Admin of the organization"),
        };
    }

    /// <summary>Ends a share that is offered or in force.</summary>
    /// <param name="command">The running command.</param>
    /// <param name="share">The share.</param>
    /// <param name="resource">Its resource.</param>
    /// <param name="ct">Ends the command.</param>
    public static async Task<Result> EndAsync(Command command, ResourceShare share, Resource resource, CancellationToken ct)
    {
        if (!share.IsOpen)
        {
            return new NoSuchShare();
        }

        share.Enter(ShareState.Ended, command.Actor.Name, command.NowUtc);
        await NoteAsync(command, AuditActions.ShareEnded, resource, share, ct);
        return Result.Ok;
    }

    /// <summary>Says in the logs of both sides what happened to a share, to each of them with whom.</summary>
    public static async Task NoteAsync(Command command, string action, Resource resource, ResourceShare share, CancellationToken ct)
    {
        var (db, ownerId, toProjectId, toWorkspaceId) = (command.Db, resource.OwnerId, share.ToProjectId, share.ToWorkspaceId);
        var giver = resource.ProjectId is null
            ? await db.PersonalSpaces.Where(row => row.Id == ownerId).Select(row => row.UserName).SingleAsync(ct)
            : await db.Projects.Where(row => row.Id == ownerId).Select(row => row.Name).SingleAsync(ct);
        var receiver = toProjectId is null
            ? await db.Workspaces.Where(row => row.Id == toWorkspaceId).Select(row => row.Name).SingleAsync(ct)
            : await db.Projects.Where(row => row.Id == toProjectId).Select(row => row.Name).SingleAsync(ct);
        var here = command.Target.ProjectId;
        command.Audit(action, ObjectOf(resource), after: share.Trace(resource.Kind, here == resource.ProjectId ? receiver : giver));
        foreach (var there in ((Guid?[])[resource.ProjectId, toProjectId]).OfType<Guid>().Where(id => id != here))
        {
            command.AuditIn(resource.OrganizationId, there, action, ObjectOf(resource), null, share.Trace(resource.Kind, there == resource.ProjectId ? receiver : giver));
        }
    }

    /// <summary>A resource as the log names it.</summary>
    public static AuditObject ObjectOf(Resource resource) => new(resource.Kind, resource.Id, resource.Name);
}
