using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Data.Providers;
using ProjectConsole.Domain.Audit;

namespace ProjectConsole.Security;

/// <summary>
/// Seals the audit log: gives entries that are written the next number and hash of their chain. Commands do not wait for each other
/// over it, and the order is the one of sealing, because entries are not committed in the order of their ids.
/// </summary>
public sealed partial class AuditSealer(
    IDbContextFactory<ConsoleDbContext> databases,
    [FromKeyedServices(DatabaseProvider.Writers)] IDbContextFactory<ConsoleDbContext> writers,
    DatabaseProvider provider,
    TimeProvider clock,
    ILogger<AuditSealer> logger) : BatchWriter(clock)
{
    /// <summary>Denied attempts rest for so long, because their count may grow within a minute.</summary>
    public static readonly TimeSpan DeniedRest = 2 * DeniedAttempts.Window;

    // Some at a time: on SQLite everybody who writes waits meanwhile. A log that was never sealed is caught up with over many passes.
    private const int AtOnce = 250;
    private const int MostRounds = 10;

    /// <inheritdoc/>
    public override async Task FlushAsync(CancellationToken ct = default)
    {
        // A chain that cannot be sealed holds up no other.
        var failing = new List<Guid>();
        for (var round = 0; round < MostRounds; round++)
        {
            var due = await DueAsync(failing, ct);
            foreach (var chain in due.GroupBy(entry => entry.OrganizationId, entry => entry.Id))
            {
                if (!await TrySealAsync(chain.Key, chain.Min(), chain.Max(), ct))
                {
                    failing.Add(chain.Key ?? Guid.Empty);
                }
            }

            if (due.Count < AtOnce)
            {
                return;
            }
        }
    }

    /// <inheritdoc/>
    protected override void NoteFailure(Exception failure) => LogFailed(failure);

    private async Task<List<Due>> DueAsync(List<Guid> failing, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        // By the number first, which none of them has: PostgreSQL takes the index in its own order and in no other.
        var due = failing.Count == 0 ? Unsealed(db) : Unsealed(db).Where(entry => !failing.Contains(entry.OrganizationId ?? Guid.Empty));
        return await due.OrderBy(entry => entry.SealNumber).ThenBy(entry => entry.Id).Take(AtOnce).Select(entry => new Due(entry.OrganizationId, entry.Id)).ToListAsync(ct);
    }

    private IQueryable<AuditEntry> Unsealed(ConsoleDbContext db)
    {
        var final = Clock.GetUtcNow().UtcDateTime - DeniedRest;
        return db.AuditEntries.Where(entry => entry.SealNumber == null && (entry.Result == AuditResult.Done || entry.WhenUtc <= final));
    }

    // Another node began the same chain, or a count grew: nothing of this batch is written, and the next pass takes what is left.
    private async Task<bool> TrySealAsync(Guid? organizationId, long first, long last, CancellationToken ct)
    {
        try
        {
            await SealAsync(organizationId, first, last, ct);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            LogOvertaken();
            return true;
        }
        catch (DbUpdateException failure) when (failure.InnerException is DbException inner && provider.IsUniqueViolation(inner))
        {
            LogOvertaken();
            return true;
        }
        catch (Exception failure) when (AccessWatch.IsOfDatabase(failure) || AuditVerifier.IsUnreadable(failure))
        {
            LogChainFailed(organizationId, failure);
            return false;
        }
    }

    private async Task SealAsync(Guid? organizationId, long first, long last, CancellationToken ct)
    {
        using var turn = await provider.EnterWriteAsync(ct);
        await using var db = await writers.CreateDbContextAsync(ct);
        await using var transaction = await provider.BeginWriteAsync(db, ct);
        var id = AuditChain.IdOf(organizationId);
        var isBegun = await db.AuditChains.Where(chain => chain.Id == id).ExecuteUpdateAsync(set => set.SetProperty(chain => chain.Version, chain => chain.Version + 1), ct) > 0;
        var head = isBegun ? await db.AuditChains.SingleAsync(chain => chain.Id == id, ct) : db.AuditChains.Add(new AuditChain(organizationId)).Entity;

        // Read once more, now that nobody else seals this chain.
        var entries = await Unsealed(db).Where(entry => entry.OrganizationId == organizationId && entry.Id >= first && entry.Id <= last)
            .OrderBy(entry => entry.Id).Take(AtOnce).ToListAsync(ct);
        entries.ForEach(head.Seal);
        if (entries.Count > 0)
        {
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Entries of the audit log could not be sealed; the next pass goes on.")]
    private partial void LogFailed(Exception failure);

    [LoggerMessage(LogLevel.Error, "The audit log of {OrganizationId} (none: the installation) could not be sealed; the others are, and the next pass tries again.")]
    private partial void LogChainFailed(Guid? organizationId, Exception failure);

    [LoggerMessage(LogLevel.Debug, "Another node wrote to entries that were about to be sealed; the next pass goes on.")]
    private partial void LogOvertaken();

    private sealed record Due(Guid? OrganizationId, long Id);
}
