using ProjectConsole.Data;
using ProjectConsole.Data.Limits;
using ProjectConsole.Domain.Limits;
using ProjectConsole.Domain.Resources;

namespace ProjectConsole.Security;

/// <summary>Tells what runs of an owner to stop: with the project that is suspended or deleted, with the person who leaves.</summary>
internal static class ResourceStops
{
    /// <summary>
    /// Applies to each running resource the action of its kind that stops it, and gives back what it no longer uses. Answers what
    /// was stopped.
    /// </summary>
    /// <param name="db">The context of a write transaction.</param>
    /// <param name="ledger">Takes back what was used.</param>
    /// <param name="owner">Whose resources.</param>
    /// <param name="by">Who stops them, as histories name it.</param>
    /// <param name="because">Why, as histories say it.</param>
    /// <param name="nowUtc">When.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<IReadOnlyList<Resource>> StopAsync(
        ConsoleDbContext db, UsageLedger ledger, ResourceOwner owner, string by, string because, DateTime nowUtc, CancellationToken ct)
    {
        var (freed, stopped) = (new Dictionary<Metric, long>(), new List<Resource>());
        foreach (var resource in await RunningResources.LoadAsync(db, owner.Id, ct))
        {
            var kind = ResourceKinds.Get(resource.Kind);
            if (kind.Life.In(resource.State).FirstOrDefault(action => action.Stops) is not { } stop)
            {
                continue;
            }

            var before = ResourceUse.Of(kind, resource.Spec, resource.State);
            resource.Enter(stop.To, nowUtc);
            db.ResourceStateChanges.Add(new ResourceStateChange(resource, by, because));
            stopped.Add(resource);
            foreach (var (metric, amount) in ResourceUse.Difference(before, ResourceUse.Of(kind, resource.Spec, resource.State)))
            {
                freed[metric] = freed.GetValueOrDefault(metric) + amount;
            }
        }

        // Giving back always passes.
        await ledger.AddAsync(db, owner, freed, ct);
        return stopped;
    }

    /// <summary>How many of each kind were stopped, for the audit log; null for none.</summary>
    public static IReadOnlyDictionary<string, int>? Counted(IReadOnlyCollection<Resource> stopped) =>
        stopped.Count == 0 ? null : stopped.GroupBy(resource => resource.Kind).ToDictionary(group => group.Key, group => group.Count());
}
