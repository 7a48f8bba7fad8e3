using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Data.Providers;

namespace ProjectConsole.Security;

/// <summary>Deletes sessions a while after their end. What the audit log says of them stays.</summary>
public sealed partial class SessionPurge(
    IDbContextFactory<ConsoleDbContext> databases, DatabaseProvider provider, TimeProvider clock, ILogger<SessionPurge> logger) : HourlyPurge(databases, provider, clock)
{
    /// <summary>For how long a session that has ended is kept.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    /// <inheritdoc/>
    protected override void NoteFailure(Exception failure) => LogFailed(failure);

    /// <inheritdoc/>
    protected override Task<int> DeleteSomeAsync(ConsoleDbContext db, CancellationToken ct)
    {
        var endedBefore = Clock.GetUtcNow().UtcDateTime - KeptFor;
        // One that nobody ended is over when it is too old to live.
        var startedBefore = endedBefore - Sessions.Longest;
        return db.UserSessions.Where(session => session.EndedUtc < endedBefore || session.StartedUtc < startedBefore)
            .OrderBy(session => session.StartedUtc).Take(AtOnce).ExecuteDeleteAsync(ct);
    }

    [LoggerMessage(LogLevel.Warning, "Old sessions could not be deleted; the next pass tries again.")]
    private partial void LogFailed(Exception failure);
}
