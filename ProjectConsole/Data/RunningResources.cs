using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Resources;

namespace ProjectConsole.Data;

/// <summary>What of a project keeps machines busy.</summary>
public static class RunningResources
{
    private static readonly string[] Kinds = [.. ResourceKinds.All.Where(kind => kind.Life.Running.Count > 0).Select(kind => kind.Name)];
    private static readonly string[] States = [.. ResourceKinds.All.SelectMany(kind => kind.Life.Running).Distinct()];

    /// <summary>All of it by kind and name, tracked by the context.</summary>
    public static async Task<List<Resource>> LoadAsync(ConsoleDbContext db, Guid projectId, CancellationToken ct)
    {
        var found = await db.Resources
            .Where(resource => resource.OwnerId == projectId && Kinds.Contains(resource.Kind) && States.Contains(resource.State))
            .OrderBy(resource => resource.Kind).ThenBy(resource => resource.Name).ToListAsync(ct);
        // One kind's running state may be another's state at rest; and what the command has stopped just now is not saved yet.
        found.RemoveAll(resource => !ResourceKinds.Get(resource.Kind).Life.Of(resource.State).IsRunning);
        return found;
    }
}
