using ProjectConsole.Security;

namespace ProjectConsole.Features.Reviews;

/// <summary>
/// Does what a date brings: reminders and ends of access reviews, announcements of expiring grants. Every act is a command that
/// looks again under its lock, so that two nodes, or a start after a crash, do nothing twice.
/// </summary>
public sealed partial class AccessCalendar(ReviewPass reviews, ExpiryAnnouncements expiries, TimeProvider clock, ILogger<AccessCalendar> logger) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace, clock);
        try
        {
            do
            {
                await TryAsync(reviews.RunAsync, stoppingToken);
                await TryAsync(expiries.RunAsync, stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    // A database that is away for a while is there at the next turn. What saving throws is no DbException, and would end the host.
    private async Task TryAsync(Func<CancellationToken, Task> part, CancellationToken ct)
    {
        try
        {
            await part(ct);
        }
        catch (Exception failure) when (AccessWatch.IsOfDatabase(failure))
        {
            LogFailed(failure);
        }
    }

    [LoggerMessage(LogLevel.Warning, "What dates bring could not be done and is tried again.")]
    private partial void LogFailed(Exception failure);
}
