using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Data.Limits;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Resources;

/// <summary>
/// One act on several resources of one owner, of whatever kinds, in one transaction and with a line for each: either all of them
/// or those that can. A dry run says what it would do.
/// </summary>
public sealed class ResourceBulkService(ConsoleWriter writer, UsageLedger ledger, DeniedAttempts denied, TimeProvider clock)
{
    /// <summary>The most resources of one act.</summary>
    public const int Most = 200;

    /// <summary>Deletes several resources, or does one action to them.</summary>
    public async Task<Result<BulkOutcome>> RunAsync(Actor actor, ResourceOwner owner, BulkResources bulk, CancellationToken ct = default)
    {
        Guid[] ids = [.. bulk.Resources.Distinct().Take(Most + 1)];
        if (ids.Length is 0 or > Most)
        {
            return new Invalid(nameof(BulkResources.Resources), ids.Length == 0 ? "There is nothing to do this to." : $"At most {Most} at once; these are more.");
        }

        var (target, refusals) = (Target(owner, bulk), new Dictionary<Guid, Error?>());
        var result = await writer.WriteAsync(actor, target, async command =>
        {
            refusals.Clear();
            var rights = await ResourceDoor.OfAsync(command, owner, ct);
            foreach (var id in bulk.Action is null ? await UsersFirstAsync(command.Db, ids, ct) : ids)
            {
                refusals[id] = await command.AttemptAsync(() => OneAsync(command, rights, id, bulk.Action, ct), ct);
            }

            var refused = refusals.Values.Count(refusal => refusal is not null);
            return refused == ids.Length || (bulk.IsAllOrNothing && refused > 0) ? new NothingDone() : Result.Ok;
        }, ct);
        if (result.Error is not null and not NothingDone)
        {
            return result.Error;
        }

        Report(actor, target, refusals.Values);
        return new BulkOutcome([.. ids.Select(id => new BulkLine(id, refusals[id]))], result.Succeeded);
    }

    private async Task<Result> OneAsync(Command command, ResourceRights rights, Guid id, string? action, CancellationToken ct)
    {
        var ownerId = rights.Owner.Id;
        var resource = await command.Db.Resources.FirstOrDefaultAsync(row => row.OwnerId == ownerId && row.Id == id, ct);
        if (resource is null || ResourceKinds.Get(resource.Kind) is not { } kind || rights.Refusal(kind, "view") is not null)
        {
            return new NoSuchResource();
        }

        if (rights.Refusal(kind, action is null ? "delete" : "operate", resource.CreatedBy) is { } refusal)
        {
            return refusal;
        }

        return action is null ? await ResourceChanges.DeleteAsync(command, ledger, rights, kind, resource, ct)
            : kind.Life.Find(action) is { } found ? await ResourceChanges.ActAsync(command, ledger, rights, kind, resource, found, ct)
            : new NoSuchAction(kind, action);
    }

    // What names another one of them goes before it, so that a whole chain can go at once.
    private static async Task<IReadOnlyList<Guid>> UsersFirstAsync(ConsoleDbContext db, Guid[] ids, CancellationToken ct)
    {
        var links = await db.ResourceLinks.Where(link => ids.Contains(link.FromId) && ids.Contains(link.ToId)).Select(link => new { link.FromId, link.ToId }).ToListAsync(ct);
        var (ordered, left) = (new List<Guid>(), ids.ToList());
        while (left.Count > 0)
        {
            var free = left.FindAll(id => !links.Exists(link => link.ToId == id && link.FromId != id && left.Contains(link.FromId)));
            // Two that name each other come in any order: neither can go.
            ordered.AddRange(free.Count > 0 ? free : left);
            left = free.Count > 0 ? [.. left.Except(free)] : [];
        }

        return ordered;
    }

    // Whether each may be done is asked of each; to try, one must see the owner.
    private static CommandTarget Target(ResourceOwner owner, BulkResources bulk)
    {
        var action = bulk.Action is null ? AuditActions.ResourceDeleted : AuditActions.ResourceOperated;
        return owner switch
        {
            { ProjectId: { } projectId } => CommandTarget.InProject(new ProjectScope(owner.OrganizationId, projectId), Permissions.ProjectView, action, CommandLock.Exclusive),
            { IsCatalogue: true } => CommandTarget.InOrganization(owner.OrganizationId, Permissions.OrganizationView, action, CommandLock.Shared),
            _ => CommandTarget.InPersonalSpace(owner, action),
        };
    }

    // The answer as a whole is a list of lines, which is no denial, so the write method does not report it.
    private void Report(Actor actor, CommandTarget target, IEnumerable<Error?> refusals)
    {
        foreach (var refusal in refusals.OfType<Error>().Where(refusal => refusal.IsDenial && !actor.DryRun))
        {
            denied.Report(actor, target, refusal, clock.GetUtcNow().UtcDateTime);
        }
    }

    // Ends the transaction; who asked reads the lines.
    private sealed record NothingDone : RuleError
    {
        public override string Message => "Nothing was changed.";
    }
}
