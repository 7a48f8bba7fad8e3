using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Data.Providers;
using ProjectConsole.Domain.Commands;

namespace ProjectConsole.Security;

/// <summary>Forgets idempotency keys a day after they were sent.</summary>
public sealed partial class IdempotentCallPurge(
    IDbContextFactory<ConsoleDbContext> databases, DatabaseProvider provider, TimeProvider clock, ILogger<IdempotentCallPurge> logger) : HourlyPurge(databases, provider, clock)
{
    /// <inheritdoc/>
    protected override void NoteFailure(Exception failure) => LogFailed(failure);

    /// <inheritdoc/>
    protected override async Task<int> DeleteSomeAsync(ConsoleDbContext db, CancellationToken ct)
    {
        var until = Clock.GetUtcNow().UtcDateTime - IdempotentCall.KeptFor;
        var due = db.IdempotentCalls.Where(call => call.CreatedUtc < until);
        // Their key has two columns, and to delete the first thousand of such rows SQLite would read all there are: so up to a moment.
        var last = await due.OrderBy(call => call.CreatedUtc).Skip(AtOnce - 1).Select(call => (DateTime?)call.CreatedUtc).FirstOrDefaultAsync(ct) ?? until;
        return await due.Where(call => call.CreatedUtc <= last).ExecuteDeleteAsync(ct);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old idempotency keys could not be deleted; the next pass goes on.")]
    private partial void LogFailed(Exception failure);
}
