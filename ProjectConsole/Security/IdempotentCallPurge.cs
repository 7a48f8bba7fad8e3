using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Data.Providers;
using ProjectConsole.Domain.Commands;

namespace ProjectConsole.Security;

/// <summary>Forgets idempotency keys a day after they were sent.</summary>
public sealed partial class IdempotentCallPurge(
    IDbContextFactory<ConsoleDbContext> databases, DatabaseProvider provider, TimeProvider clock, ILogger<IdempotentCallPurge> logger) : HourlyPurge<IdempotentCall>(databases, provider, clock)
{
    /// <inheritdoc/>
    protected override void NoteFailure(Exception failure) => LogFailed(failure);

    /// <inheritdoc/>
    protected override IQueryable<IdempotentCall> Due(ConsoleDbContext db)
    {
        var until = Clock.GetUtcNow().UtcDateTime - IdempotentCall.KeptFor;
        return db.IdempotentCalls.Where(call => call.CreatedUtc < until).OrderBy(call => call.CreatedUtc);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old idempotency keys could not be deleted; the next pass goes on.")]
    private partial void LogFailed(Exception failure);
}
