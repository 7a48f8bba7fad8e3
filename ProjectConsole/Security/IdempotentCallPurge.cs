using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Data.Providers;
using ProjectConsole.Domain.Commands;

namespace ProjectConsole.Security;

/// <summary>Forgets idempotency keys a day after they were sent.</summary>
public sealed partial class IdempotentCallPurge(
    IDbContextFactory<ConsoleDbContext> databases, DatabaseProvider provider, TimeProvider clock, ILogger<IdempotentCallPurge> logger) : HourlyPass(clock)
{
    private const int AtOnce = 1000;

    /// <inheritdoc/>
    public override async Task<int> RunAsync(CancellationToken ct = default)
    {
        var total = 0;
        int deleted;
        do
        {
            total += deleted = await DeleteSomeAsync(ct);
        }
        while (deleted == AtOnce);

        return total;
    }

    /// <inheritdoc/>
    protected override void NoteFailure(Exception failure) => LogFailed(failure);

    // Some at a time: on SQLite everybody who writes waits meanwhile.
    private async Task<int> DeleteSomeAsync(CancellationToken ct)
    {
        using var turn = await provider.EnterWriteAsync(ct);
        await using var db = await databases.CreateDbContextAsync(ct);
        var until = Clock.GetUtcNow().UtcDateTime - IdempotentCall.KeptFor;
        var due = await db.IdempotentCalls.Where(call => call.CreatedUtc < until).OrderBy(call => call.CreatedUtc).Take(AtOnce).ToListAsync(ct);
        db.IdempotentCalls.RemoveRange(due);
        await db.SaveChangesAsync(ct);
        return due.Count;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old idempotency keys could not be deleted; the next pass goes on.")]
    private partial void LogFailed(Exception failure);
}
