using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Resources;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Sharing;

/// <summary>
/// Grants projects what somebody has in the own personal space: templates, so that others may start from them. It stays there and
/// counts there; like any share it needs somebody of the project who accepts it, and either side ends it. It ends when the person leaves.
/// </summary>
public sealed class SpaceSharingService(ConsoleWriter writer, AccessControl access)
{
    /// <summary>Offers a resource of the own space to a project that the person sees.</summary>
    public Task<Result<Guid>> OfferAsync(
        Actor actor, ResourceOwner space, ResourceKind kind, Guid resourceId, ShareOffer offer, CancellationToken ct = default) =>
        writer.WriteAsync(actor, Target(space, AuditActions.ResourceShared), async command =>
        {
            var (resource, refusal) = await FindAsync(command, space, kind, resourceId, ct);
            if (refusal is not null)
            {
                return (Result<Guid>)refusal;
            }

            if (GrantedTemplates.LeadsToOwn(kind, resource!.Spec) is [var own, ..])
            {
                return new TemplateOfOwn(resource.Name, own.Name);
            }

            if (offer.WorkspaceSlug is { Length: > 0 })
            {
                return new Invalid(nameof(ShareOffer.WorkspaceSlug), "What is in a personal space is shared with one project at a time.");
            }

            (var receiver, refusal) = await ShareRules.ReceiverAsync(command, access, space, offer, ct);
            return refusal is not null ? refusal : await ShareRules.OfferAsync(command, resource, receiver!, offer.Level, ct);
        }, ct);

    /// <summary>Takes back what a project has from the own space.</summary>
    public Task<Result> EndAsync(Actor actor, ResourceOwner space, ResourceKind kind, Guid shareId, CancellationToken ct = default) =>
        writer.WriteAsync(actor, Target(space, AuditActions.ShareEnded), async command =>
        {
            var spaceId = space.Id;
            if (await command.Db.ResourceShares.FirstOrDefaultAsync(row => row.Id == shareId && row.FromOwnerId == spaceId, ct) is not { } share)
            {
                return new NoSuchShare();
            }

            var (resource, refusal) = await FindAsync(command, space, kind, share.ResourceId, ct);
            return refusal is not null ? refusal : await ShareRules.EndAsync(command, share, resource!, ct);
        }, ct);

    // The organization's version is raised, because open pages of projects show what is shared.
    private static CommandTarget Target(ResourceOwner space, string action) =>
        CommandTarget.InPersonalSpace(space, action) with { OrganizationLock = CommandLock.Access };

    private static async Task<(Resource? Resource, Error? Refusal)> FindAsync(Command command, ResourceOwner space, ResourceKind kind, Guid resourceId, CancellationToken ct)
    {
        var rights = await ResourceDoor.OfAsync(command, space, ct);
        if (!rights.IsOwnSpace || rights.Refusal(kind, "view") is not null)
        {
            return (null, new NotFound());
        }

        var (spaceId, kindName) = (space.Id, kind.Name);
        var resource = await command.Db.Resources.FirstOrDefaultAsync(row => row.OwnerId == spaceId && row.Kind == kindName && row.Id == resourceId, ct);
        return resource is null ? (null, new NoSuchResource())
            : !kind.IsGrantable ? (null, new OnlyGrantable())
            : (resource, rights.Refusal(kind, "share"));
    }
}
