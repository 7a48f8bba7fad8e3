using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ProjectConsole.Data;

/// <summary>Whether the database answers and has every migration of this program.</summary>
public sealed class DatabaseReadiness(IDbContextFactory<ConsoleDbContext> databases) : IHealthCheck
{
    /// <summary>Checks with this tag decide <c>/readyz</c>; <c>/healthz</c> asks none, so that a database that is down does not restart the process.</summary>
    public const string Tag = "ready";

    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            var pending = await DatabaseStart.PendingAsync(db, cancellationToken);
            return pending.Count == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy($"The database lacks {pending.Count} migrations.");
        }
        catch (Exception failure) when (failure is DbException || failure.InnerException is DbException)
        {
            return HealthCheckResult.Unhealthy("The database does not answer.", failure);
        }
    }
}
