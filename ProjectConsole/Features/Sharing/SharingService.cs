using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Resources;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Sharing;

/// <summary>
/// Shares resources with other projects, with workspaces and with the whole organization. A share gives nobody a permission: where it
/// is accepted, the resource counts as one of the receiving project for those who see its kind there. Either side ends it. Of a personal
/// space its person grants projects what others may start from; it stays there, counts there, and the share ends when the person leaves.
/// </summary>
public sealed class SharingService(ConsoleWriter writer, AccessControl access)
{
    /// <summary>The most open shares of one resource.</summary>
    public const int Most = 50;

    /// <summary>Offers a resource of a project to another project or to a workspace, or one of the own personal space to a project that the person sees.</summary>
    public Task<Result<Guid>> OfferAsync(
        Actor actor, ResourceOwner owner, ResourceKind kind, Guid resourceId, ShareOffer offer, CancellationToken ct = default) =>
        writer.WriteAsync(actor, Target(owner, kind, AuditActions.ResourceShared), async command =>
        {
            var (resource, refusal) = await OpenAsync(command, owner, kind, ct) is { } rights ? await FindAsync(command, rights, kind, resourceId, ct) : (null, new NotFound());
            refusal ??= owner.IsPersonal ? SpaceRefusal(kind, resource!, offer) : null;
            if (refusal is not null)
            {
                return (Result<Guid>)refusal;
            }

            (var receiver, refusal) = await ShareRules.ReceiverAsync(command, access, owner, offer, ct);
            return refusal is not null ? refusal : await ShareRules.OfferAsync(command, resource!, receiver!, offer.Level, ct);
        }, ct);

    /// <summary>Accepts or declines what another project offers this one, or its workspace.</summary>
    /// <remarks>What is offered to a workspace concerns all of its projects: somebody answers who accepts shares by a grant on the workspace or by the organization role, or manages workspaces.</remarks>
    public Task<Result> AnswerAsync(Actor actor, ProjectScope scope, Guid shareId, bool accepts, CancellationToken ct = default) =>
        writer.WriteAsync(actor, Target(scope, Permissions.SharesAccept, AuditActions.ShareAnswered), async command =>
        {
            var (share, resource) = await ReceivedAsync(command, shareId, ct);
            if (share is null || resource is null)
            {
                return new NoSuchShare();
            }

            if (await RefusalAsync(command, share, ct) is { } refusal)
            {
                return refusal;
            }

            if (share.State != ShareState.Pending)
            {
                return new ShareNotPending(share.State);
            }

            share.Enter(accepts ? ShareState.Accepted : ShareState.Declined, actor.Name, command.NowUtc);
            await ShareRules.NoteAsync(command, AuditActions.ShareAnswered, resource, share, ct);
            return Result.Ok;
        }, ct);

    /// <summary>Takes back what the owner shares, whoever has it now.</summary>
    public Task<Result> EndAsync(Actor actor, ResourceOwner owner, ResourceKind kind, Guid shareId, CancellationToken ct = default) =>
        writer.WriteAsync(actor, Target(owner, kind, AuditActions.ShareEnded), async command =>
        {
            if (await OpenAsync(command, owner, kind, ct) is not { } rights)
            {
                return new NotFound();
            }

            var ownerId = owner.Id;
            if (await command.Db.ResourceShares.FirstOrDefaultAsync(row => row.Id == shareId && row.FromOwnerId == ownerId, ct) is not { } share)
            {
                return new NoSuchShare();
            }

            var (resource, refusal) = await FindAsync(command, rights, kind, share.ResourceId, ct);
            return refusal is NoSuchResource ? new NoSuchShare() : refusal is not null ? refusal : await ShareRules.EndAsync(command, share, resource!, ct);
        }, ct);

    /// <summary>Gives back what this project has from another.</summary>
    public Task<Result> LeaveAsync(Actor actor, ProjectScope scope, Guid shareId, CancellationToken ct = default) =>
        writer.WriteAsync(actor, Target(scope, Permissions.SharesAccept, AuditActions.ShareEnded), async command =>
        {
            var (share, resource) = await ReceivedAsync(command, shareId, ct);
            return share is null || resource is null ? new NoSuchShare()
                : await RefusalAsync(command, share, ct) is { } refusal ? refusal
                : await ShareRules.EndAsync(command, share, resource, ct);
        }, ct);

    /// <summary>Lets every project of the organization see and use a resource, or not any more. People from outside do not.</summary>
    public Task<Result> ShowToOrganizationAsync(
        Actor actor, ProjectScope scope, ResourceKind kind, Guid resourceId, bool isVisible, CancellationToken ct = default) =>
        writer.WriteAsync(actor, Target(ResourceOwner.Of(scope), kind, AuditActions.ResourceVisibilityChanged), async command =>
        {
            var (resource, refusal) = await FindAsync(command, await ResourceDoor.OfAsync(command, ResourceOwner.Of(scope), ct), kind, resourceId, ct);
            if (refusal is not null)
            {
                return refusal;
            }

            if (resource!.IsOrganizationVisible != isVisible)
            {
                resource.ShowToOrganization(isVisible);
                command.Audit(AuditActions.ResourceVisibilityChanged, ShareRules.ObjectOf(resource), new { VisibleToOrganization = !isVisible }, new { VisibleToOrganization = isVisible });
            }

            return Result.Ok;
        }, ct);

    private static CommandTarget Target(ResourceOwner owner, ResourceKind kind, string action) => owner.ProjectId is { } projectId
        ? Target(new ProjectScope(owner.OrganizationId, projectId), Permissions.Of(kind, "share"), action)
        : Shown(CommandTarget.InPersonalSpace(owner, action));

    private static CommandTarget Target(ProjectScope scope, Permission needs, string action) => Shown(CommandTarget.InProject(scope, needs, action, CommandLock.Exclusive));

    // The organization's version is raised, because open pages of other projects show what is shared.
    private static CommandTarget Shown(CommandTarget target) => target with { OrganizationLock = CommandLock.Access };

    // Null for a space that is not one's own, and for kinds that one does not see there.
    private static async Task<ResourceRights?> OpenAsync(Command command, ResourceOwner owner, ResourceKind kind, CancellationToken ct)
    {
        var rights = await ResourceDoor.OfAsync(command, owner, ct);
        return owner.ProjectId is not null || (rights.IsOwnSpace && rights.Refusal(kind, "view") is null) ? rights : null;
    }

    private static async Task<(Resource? Resource, Error? Refusal)> FindAsync(Command command, ResourceRights rights, ResourceKind kind, Guid resourceId, CancellationToken ct)
    {
        var (ownerId, kindName) = (rights.Owner.Id, kind.Name);
        var resource = await command.Db.Resources.FirstOrDefaultAsync(row => row.OwnerId == ownerId && row.Kind == kindName && row.Id == resourceId, ct);
        return resource is null ? (null, new NoSuchResource())
            : rights.Owner.IsPersonal && !kind.IsGrantable ? (null, new OnlyGrantable())
            : (resource, rights.Refusal(kind, "share"));
    }

    private static Error? SpaceRefusal(ResourceKind kind, Resource resource, ShareOffer offer) =>
        GrantedTemplates.LeadsToOwn(kind, resource.Spec) is [var own, ..] ? new TemplateOfOwn(resource.Name, own.Name)
            : offer.WorkspaceSlug is { Length: > 0 } ? new Invalid(nameof(ShareOffer.WorkspaceSlug), "What is in a personal space is shared with one project at a time.")
            : null;

    // Only what is offered to this project or its workspace, of a kind that the person sees here.
    private static async Task<(ResourceShare? Share, Resource? Resource)> ReceivedAsync(Command command, Guid shareId, CancellationToken ct)
    {
        var (projectId, workspaceId) = (command.Project.Project.Id, command.Project.Project.WorkspaceId);
        var share = await command.Db.ResourceShares.FirstOrDefaultAsync(
            row => row.Id == shareId && row.FromOwnerId != projectId && (row.ToProjectId == projectId || row.ToWorkspaceId == workspaceId), ct);
        var resource = share is null ? null : await command.Db.Resources.FirstAsync(row => row.Id == share.ResourceId, ct);
        return resource is not null && command.Access.May(ResourceKinds.Get(resource.Kind), "view", null) ? (share, resource) : (null, null);
    }

    private async Task<Error?> RefusalAsync(Command command, ResourceShare share, CancellationToken ct) => ShareRules.AnswerRefusal(
        share, command.Project,
        share.ToWorkspaceId is null ? null : await access.InOrganizationAsync(command.Db, command.Actor, command.Project.Organization.Id, ct));
}
