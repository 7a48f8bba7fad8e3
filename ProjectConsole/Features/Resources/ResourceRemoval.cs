using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Resources;

namespace ProjectConsole.Features.Resources;

/// <summary>Takes a resource away with what hangs on it.</summary>
internal static class ResourceRemoval
{
    /// <summary>The refusal where others need the resource. What names it for the record only lets it go.</summary>
    public static async Task<ResourceInUse?> InUseAsync(ConsoleDbContext db, ResourceRights rights, Resource resource, CancellationToken ct)
    {
        var living = await ResourceUsers.LivingAsync(db, [resource.Id], ct);
        if (living.Count == 0)
        {
            return null;
        }

        // Who uses it elsewhere, or what the person may not see here, is counted and not named.
        var named = living.Where(user => user.OwnerId == rights.Owner.Id && rights.May(ResourceKinds.Get(user.Kind), "view"))
            .OrderBy(user => user.Name, StringComparer.Ordinal).Take(ResourceInUse.Named)
            .Select(user => $"{ResourceKinds.Get(user.Kind).Title} {user.Name}").ToList();
        return new ResourceInUse(resource.Name, named, living.Count);
    }

    /// <summary>Removes the resource, its links, labels, secrets, shares and states.</summary>
    public static async Task RemoveAsync(ConsoleDbContext db, Resource resource, CancellationToken ct)
    {
        var id = resource.Id;
        db.RemoveRange(await db.ResourceLinks.Where(link => link.FromId == id || link.ToId == id).ToListAsync(ct));
        db.RemoveRange(await db.ResourceLabels.Where(row => row.ResourceId == id).ToListAsync(ct));
        db.RemoveRange(await db.ResourceSecrets.Where(secret => secret.ResourceId == id).ToListAsync(ct));
        db.RemoveRange(await db.ResourceShares.Where(share => share.ResourceId == id).ToListAsync(ct));
        db.RemoveRange(await db.ResourceStateChanges.Where(change => change.ResourceId == id).ToListAsync(ct));
        db.Remove(resource);
    }
}
