using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using ProjectConsole.Domain.Resources;

namespace ProjectConsole.Data;

/// <summary>
/// Keeps the rows of labels as their resources are. Part of each saving, and not of each command: one that forgot would leave lists
/// that are wrong and look right. Whoever removes a resource removes its rows as all that hangs on it, which the database demands.
/// </summary>
internal static class ResourceLabelRows
{
    // Parameters of one statement are limited.
    private const int MostAtOnce = 500;

    /// <summary>Whether what is about to be saved changes what is kept with labels.</summary>
    public static bool AreAffected(ConsoleDbContext db) => Affected(db).Any();

    /// <summary>
    /// Whether labels are added to a resource that was there before. Where they are there already, somebody has changed the resource in
    /// between: rows are written before the resource whose version would say so.
    /// </summary>
    public static bool MayBeOvertaken(ConsoleDbContext db)
    {
        var added = db.ChangeTracker.Entries<ResourceLabel>().Where(row => row.State == EntityState.Added).Select(row => row.Entity.ResourceId).ToHashSet();
        return db.ChangeTracker.Entries<Resource>().Any(entry => entry.State == EntityState.Modified && added.Contains(entry.Entity.Id));
    }

    /// <summary>Adds, changes and removes rows for what is about to be saved.</summary>
    public static async Task WriteAsync(ConsoleDbContext db, CancellationToken ct)
    {
        var affected = Affected(db).ToLookup(entry => entry.State == EntityState.Added);
        db.AddRange(affected[true].SelectMany(entry => entry.Entity.Labels.Select(label => new ResourceLabel(entry.Entity, label))));
        foreach (var some in affected[false].Chunk(MostAtOnce))
        {
            var ids = some.Select(entry => entry.Entity.Id).ToArray();
            var rows = (await db.ResourceLabels.Where(row => ids.Contains(row.ResourceId)).ToListAsync(ct)).ToLookup(row => row.ResourceId);
            foreach (var entry in some)
            {
                Follow(db, entry, [.. rows[entry.Entity.Id]]);
            }
        }
    }

    private static IEnumerable<EntityEntry<Resource>> Affected(ConsoleDbContext db) => db.ChangeTracker.Entries<Resource>().Where(entry => entry.State switch
    {
        EntityState.Added => entry.Entity.Labels.Count > 0,
        EntityState.Modified => entry.Property(resource => resource.Labels).IsModified || (entry.Entity.Labels.Count > 0 && (HasMoved(entry) || WasUsed(entry))),
        _ => false,
    });

    private static bool HasMoved(EntityEntry<Resource> entry) => entry.Property(resource => resource.OwnerId).IsModified;

    private static bool WasUsed(EntityEntry<Resource> entry) => entry.Property(resource => resource.LastUsedUtc).IsModified;

    // What this saving leaves as it is in the resource may have been changed by others since it was read.
    private static void Follow(ConsoleDbContext db, EntityEntry<Resource> entry, List<ResourceLabel> rows)
    {
        var resource = entry.Entity;
        foreach (var row in rows.Where(row => resource.Labels.Contains(row.Label)))
        {
            if (HasMoved(entry))
            {
                row.MoveTo(resource.OwnerId);
            }

            if (WasUsed(entry))
            {
                row.Use(resource.LastUsedUtc);
            }
        }

        db.RemoveRange(rows.Where(row => !resource.Labels.Contains(row.Label)));
        db.AddRange(resource.Labels.Where(label => !rows.Exists(row => row.Label == label)).Select(label => new ResourceLabel(resource, label)));
    }
}
