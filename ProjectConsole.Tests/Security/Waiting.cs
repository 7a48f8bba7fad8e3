using Microsoft.EntityFrameworkCore;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Security;

/// <summary>Makes sure that a command has come as far as a lock that another one holds.</summary>
internal static class Waiting
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Answers once somebody waits for a lock. On SQLite writers queue in the process, and a started command is in that queue
    /// as soon as the call returns; a server is asked who waits.
    /// </summary>
    public static async Task ForALockAsync(TestDatabase database)
    {
        var question = database.Kind switch
        {
            DatabaseKind.PostgreSql => "SELECT count(*)::int AS \"Value\" FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
            DatabaseKind.SqlServer => "SELECT COUNT(*) AS [Value] FROM sys.dm_exec_requests WHERE blocking_session_id <> 0",
            _ => null,
        };
        if (question is null)
        {
            return;
        }

        var since = TimeProvider.System.GetTimestamp();
        while (await database.ReadAsync(db => db.Database.SqlQueryRaw<int>(question).SingleAsync()) == 0)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < Longest, "nobody waits for a lock");
        }
    }
}
