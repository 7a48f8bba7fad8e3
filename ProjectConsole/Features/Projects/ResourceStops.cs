using ProjectConsole.Data;
using ProjectConsole.Data.Limits;
using ProjectConsole.Domain.Limits;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Security;

namespace ProjectConsole.Features.Projects;

/// <summary>Tells what runs in a project to stop, in the command that suspends or deletes it.</summary>
internal static class ResourceStops
{
    /// <summary>
    /// Applies to each running resource the action of its kind that stops it, and gives back what it no longer uses. Answers what
    /// was stopped.
    /// </summary>
    public static async Task<IReadOnlyList<Resource>> StopAsync(Command command, UsageLedger ledger, string because, CancellationToken ct)
    {
        var (db, scope, freed, stopped) = (command.Db, command.Project.Scope, new Dictionary<Metric, long>(), new List<Resource>());
        foreach (var resource in await RunningResources.LoadAsync(db, scope.ProjectId, ct))
        {
            var kind = ResourceKinds.Get(resource.Kind);
            if (kind.Life.In(resource.State).FirstOrDefault(action => action.Stops) is not { } stop)
            {
                continue;
            }

            var before = ResourceUse.Of(kind, resource.Spec, resource.State);
            resource.Enter(stop.To, command.NowUtc);
            db.ResourceStateChanges.Add(new ResourceStateChange(resource, command.Actor.Name, because));
            stopped.Add(resource);
            foreach (var (metric, amount) in ResourceUse.Difference(before, ResourceUse.Of(kind, resource.Spec, resource.State)))
            {
                freed[metric] = freed.GetValueOrDefault(metric) + amount;
            }
        }

        // Giving back always passes.
        await ledger.AddAsync(db, ResourceOwner.Of(scope), freed, ct);
        return stopped;
    }

    /// <summary>How many of each kind were stopped, for the audit log; null for none.</summary>
    public static IReadOnlyDictionary<string, int>? Counted(IReadOnlyCollection<Resource> stopped) =>
        stopped.Count == 0 ? null : stopped.GroupBy(resource => resource.Kind).ToDictionary(group => group.Key, group => group.Count());
}
