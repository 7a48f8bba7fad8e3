using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Data.Providers;

namespace ProjectConsole.Security;

/// <summary>An hourly pass that deletes what is too old, some at a time: on SQLite everybody who writes waits meanwhile.</summary>
/// <typeparam name="T">What is deleted.</typeparam>
public abstract class HourlyPurge<T>(IDbContextFactory<ConsoleDbContext> databases, DatabaseProvider provider, TimeProvider clock) : HourlyPass(clock)
{
    private const int AtOnce = 1000;

    /// <inheritdoc/>
    public sealed override async Task<int> RunAsync(CancellationToken ct = default)
    {
        var total = 0;
        int deleted;
        do
        {
            using var turn = await provider.EnterWriteAsync(ct);
            await using var db = await databases.CreateDbContextAsync(ct);
            total += deleted = await Due(db).Take(AtOnce).ExecuteDeleteAsync(ct);
        }
        while (deleted == AtOnce);

        return total;
    }

    /// <summary>What is too old, the oldest first.</summary>
    protected abstract IQueryable<T> Due(ConsoleDbContext db);
}
