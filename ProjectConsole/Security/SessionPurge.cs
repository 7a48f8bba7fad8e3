using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Data.Providers;

namespace ProjectConsole.Security;

/// <summary>Deletes sessions a while after their end. What the audit log says of them stays.</summary>
public sealed partial class SessionPurge(
    IDbContextFactory<ConsoleDbContext> databases, DatabaseProvider provider, TimeProvider clock, ILogger<SessionPurge> logger) : HourlyPass(clock)
{
    /// <summary>For how long a session that has ended is kept.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

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

    // Some at a time: on SQLite everybody who writes waits meanwhile. One that nobody ended is over when it is too old to live.
    private async Task<int> DeleteSomeAsync(CancellationToken ct)
    {
        var endedBefore = Clock.GetUtcNow().UtcDateTime - KeptFor;
        var startedBefore = endedBefore - Sessions.Longest;
        using var turn = await provider.EnterWriteAsync(ct);
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.UserSessions.Where(session => session.EndedUtc < endedBefore || session.StartedUtc < startedBefore)
            .OrderBy(session => session.StartedUtc).Take(AtOnce).ExecuteDeleteAsync(ct);
    }

    [LoggerMessage(LogLevel.Warning, "Old sessions could not be deleted; the next pass tries again.")]
    private partial void LogFailed(Exception failure);
}
