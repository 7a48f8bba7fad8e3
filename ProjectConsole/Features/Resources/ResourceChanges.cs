using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Data.Limits;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Limits;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Resources;

/// <summary>What is done to one resource inside a command that holds its owner, whether alone or together with others.</summary>
internal static class ResourceChanges
{
    /// <summary>Whoever names a resource again within this time leaves its stamp as it is: two commands rarely wait for each other at a resource that both name.</summary>
    private static readonly TimeSpan Stamped = TimeSpan.FromMinutes(1);

    /// <summary>Does one of the actions that the kind has in the resource's state.</summary>
    public static async Task<Result> ActAsync(
        Command command, UsageLedger ledger, ResourceRights rights, ResourceKind kind, Resource resource, ResourceAction action, CancellationToken ct)
    {
        if (!action.From.Contains(resource.State))
        {
            return new WrongResourceState(resource.Name, kind.Life.Of(resource.State), action.Title);
        }

        // What runs and is restarted stops and starts: it gets nothing back that may no longer be used.
        var start = kind.Life.Of(action.To).IsRunning ? await StartCheck.OfAsync(command.Db, rights, kind, resource, ct) : null;
        if (start?.Lost is { } lost)
        {
            return lost;
        }

        var more = ResourceUse.Difference(ResourceUse.Of(kind, resource.Spec, resource.State), ResourceUse.Of(kind, resource.Spec, action.To));
        if (await ledger.AddAsync(command.Db, rights.Owner, more, ct) is { } full)
        {
            return full;
        }

        if (start is not null)
        {
            await start.WriteAsync(command, resource, ct);
        }

        var before = resource.State;
        resource.Enter(action.To, command.NowUtc);
        command.Db.Add(new ResourceStateChange(resource, command.Actor.Name, action.Title));
        command.Audit(AuditActions.ResourceOperated, ObjectOf(resource), new { State = before }, new { resource.State, Action = action.Name });
        return Result.Ok;
    }

    /// <summary>Deletes a resource that does not run and that nothing in use names.</summary>
    public static async Task<Result> DeleteAsync(
        Command command, UsageLedger ledger, ResourceRights rights, ResourceKind kind, Resource resource, CancellationToken ct)
    {
        if (kind.Life.Of(resource.State) is { IsRunning: true } running)
        {
            return new StillRunning(resource.Name, running);
        }

        if (await ResourceRemoval.InUseAsync(command.Db, rights, resource, ct) is { } inUse)
        {
            return inUse;
        }

        var freed = ResourceUse.Difference(ResourceUse.Of(kind, resource.Spec, resource.State), new Dictionary<Metric, long>());
        await ledger.AddAsync(command.Db, rights.Owner, freed, ct);
        command.Audit(AuditActions.ResourceDeleted, ObjectOf(resource), StateOf(resource));
        await ResourceRemoval.RemoveAsync(command.Db, resource, ct);
        return Result.Ok;
    }

    /// <summary>
    /// Says that resources were used, because another names them or starts with them. Their edit token stays: nobody who edits one
    /// is told that it changed.
    /// </summary>
    public static async Task StampAsync(ConsoleDbContext db, IEnumerable<Guid> ids, DateTime nowUtc, CancellationToken ct)
    {
        var longAgo = nowUtc - Stamped;
        // What other projects share is not held by this command's locks: labels and then resources, each in the order of their ids, as
        // a saving writes them. Where two meet in the labels of one resource nevertheless, one of them begins anew.
        var inOrder = ids.Distinct().Order().ToList();
        foreach (var id in inOrder)
        {
            await db.ResourceLabels.Where(row => row.ResourceId == id && row.LastUsedUtc < longAgo)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.LastUsedUtc, nowUtc), ct);
        }

        foreach (var id in inOrder)
        {
            await db.Resources.Where(resource => resource.Id == id && resource.LastUsedUtc < longAgo)
                .ExecuteUpdateAsync(set => set.SetProperty(resource => resource.LastUsedUtc, nowUtc), ct);
        }
    }

    /// <summary>A resource as the audit log names it.</summary>
    public static AuditObject ObjectOf(Resource resource) => new(resource.Kind, resource.Id, resource.Name);

    /// <summary>A resource as the audit log keeps it.</summary>
    public static object StateOf(Resource resource) =>
        new { resource.Kind, resource.Name, resource.Description, resource.Labels, resource.State, Spec = resource.Spec.ToJson() };
}
