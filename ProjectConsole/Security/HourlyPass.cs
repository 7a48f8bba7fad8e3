using ProjectConsole.Shared;

namespace ProjectConsole.Security;

/// <summary>Work that is done once an hour while the server runs. A pass that the database refuses is done by the next one.</summary>
public abstract class HourlyPass(TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromHours(1);

    /// <summary>The clock by which it is due.</summary>
    protected TimeProvider Clock { get; } = clock;

    /// <summary>Does what is due, and answers how many things that were.</summary>
    public abstract Task<int> RunAsync(CancellationToken ct = default);

    /// <inheritdoc/>
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace, Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryRunAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping: the next start goes on.
        }
    }

    /// <summary>Writes to the log that a pass failed.</summary>
    protected abstract void NoteFailure(Exception failure);

    private async Task TryRunAsync(CancellationToken ct)
    {
        try
        {
            await RunAsync(ct);
            ConsoleMeter.Passed(GetType(), succeeded: true);
        }
        catch (Exception failure) when (AccessWatch.IsOfDatabase(failure))
        {
            ConsoleMeter.Passed(GetType(), succeeded: false);
            NoteFailure(failure);
        }
    }
}
