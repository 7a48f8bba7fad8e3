using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Audit;

namespace ProjectConsole.Security;

/// <summary>
/// Recomputes a sealed chain from its first entry. It is read in parts, and sealing goes on meanwhile: the head is read before each
/// part, so that what it counts must be there, and what it does not count when nothing follows any more was never sealed.
/// </summary>
public static class AuditVerifier
{
    private const int AtOnce = 1000;

    /// <summary>Verifies the chain of an organization, or of the installation where it is null. Who may ask is decided by the caller.</summary>
    public static async Task<ChainVerdict> VerifyAsync(ConsoleDbContext db, Guid? organizationId, CancellationToken ct)
    {
        var (walk, id) = (new ChainWalk(), AuditChain.IdOf(organizationId));
        for (AuditEntry? last = null; ;)
        {
            var head = await db.AuditChains.AsNoTracking().SingleOrDefaultAsync(chain => chain.Id == id, ct);
            var part = await PartAsync(db, organizationId, last, ct);
            foreach (var (number, entry) in part)
            {
                if (entry is null)
                {
                    return walk.Verdict(new ChainBreak(number, ChainFault.Changed));
                }

                if (walk.Take(entry) is { } found)
                {
                    return walk.Verdict(await PlacedAsync(db, organizationId, entry, found, ct));
                }
            }

            if (part.Count == 0)
            {
                return walk.Verdict(walk.End(head));
            }

            last = part[^1].Entry;
        }
    }

    // Everything with a number, whatever it is: an entry that hides behind a number that was never given is found too. The order
    // names the organization, because PostgreSQL does not see that one which is null is always the same.
    private static async Task<List<(long Number, AuditEntry? Entry)>> PartAsync(ConsoleDbContext db, Guid? organizationId, AuditEntry? last, CancellationToken ct)
    {
        var (number, id) = (last?.SealNumber ?? long.MinValue, last?.Id ?? long.MinValue);
        var part = db.AuditEntries.AsNoTracking()
            .Where(entry => entry.OrganizationId == organizationId && entry.SealNumber >= number && (entry.SealNumber > number || entry.Id > id))
            .OrderBy(entry => entry.OrganizationId).ThenBy(entry => entry.SealNumber).ThenBy(entry => entry.Id).Take(AtOnce);
        try
        {
            return [.. (await part.ToListAsync(ct)).Select(entry => (entry.SealNumber!.Value, (AuditEntry?)entry))];
        }
        catch (Exception unreadable) when (IsUnreadable(unreadable))
        {
            return await UpToUnreadableAsync(db, part, ct);
        }
    }

    // What is stored in one of them is no value of its field any more. Nobody but a forger wrote that, and the others are read one by one.
    private static async Task<List<(long Number, AuditEntry? Entry)>> UpToUnreadableAsync(ConsoleDbContext db, IQueryable<AuditEntry> part, CancellationToken ct)
    {
        var read = new List<(long Number, AuditEntry? Entry)>();
        foreach (var key in await part.Select(entry => new { entry.Id, Number = entry.SealNumber!.Value }).ToListAsync(ct))
        {
            try
            {
                read.Add((key.Number, await db.AuditEntries.AsNoTracking().SingleAsync(entry => entry.Id == key.Id, ct)));
            }
            catch (Exception unreadable) when (IsUnreadable(unreadable))
            {
                read.Add((key.Number, null));
                break;
            }
        }

        return read;
    }

    /// <summary>Whether a stored value is none of its field's type.</summary>
    internal static bool IsUnreadable(Exception failure) => failure is FormatException or InvalidOperationException or InvalidCastException or OverflowException or ArgumentException;

    // One that was moved still fits behind the entry before its old place, and its hash tells which that was.
    private static async Task<ChainBreak> PlacedAsync(ConsoleDbContext db, Guid? organizationId, AuditEntry entry, ChainBreak found, CancellationToken ct)
    {
        var chain = db.AuditEntries.Where(other => other.OrganizationId == organizationId && other.SealNumber != null && other.SealHash != null);
        if (found.Fault != ChainFault.Changed)
        {
            return found;
        }

        if (await chain.AnyAsync(other => other.SealNumber == found.Number && other.Id != entry.Id, ct))
        {
            return new ChainBreak(found.Number, ChainFault.OutOfOrder);
        }

        var places = chain.OrderBy(other => other.OrganizationId).ThenBy(other => other.SealNumber).Select(other => new { Number = other.SealNumber!.Value, Hash = other.SealHash! });
        await foreach (var place in places.AsAsyncEnumerable().WithCancellation(ct))
        {
            // The one before may have changed places with it, and then stands where this one was.
            foreach (var number in new[] { place.Number, place.Number + 1 })
            {
                if (AuditSeal.Of(entry, number, place.Hash) == entry.SealHash)
                {
                    return new ChainBreak(found.Number, ChainFault.OutOfOrder) { SealedAs = number };
                }
            }
        }

        return AuditSeal.Of(entry, 1, "") == entry.SealHash ? new ChainBreak(found.Number, ChainFault.OutOfOrder) { SealedAs = 1 } : found;
    }
}
