using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Data.Providers;

namespace ProjectConsole.Security;

/// <summary>An hourly pass that deletes what is too old, some at a time: on SQLite everybody who writes waits meanwhile.</summary>
public abstract class HourlyPurge(IDbContextFactory<ConsoleDbContext> databases, DatabaseProvider provider, TimeProvider clock) : HourlyPass(clock)
{
    /// <summary>About how many rows one transaction deletes.</summary>
    protected const int AtOnce = 1000;

    /// <inheritdoc/>
    public sealed override async Task<int> RunAsync(CancellationToken ct = default)
    {
        var total = 0;
        int deleted;
        do
        {
            using var turn = await provider.EnterWriteAsync(ct);
            await using var db = await databases.CreateDbContextAsync(ct);
            total += deleted = await DeleteSomeAsync(db, ct);
        }
        while (deleted >= AtOnce);

        return total;
    }

    /// <summary>Deletes the oldest of what is due and answers how many; fewer than <see cref="AtOnce"/> are the last.</summary>
    protected abstract Task<int> DeleteSomeAsync(ConsoleDbContext db, CancellationToken ct);
}
