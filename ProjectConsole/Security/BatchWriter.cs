using ProjectConsole.Shared;

namespace ProjectConsole.Security;

/// <summary>What nobody waits for, written every two seconds in one batch, and once more when the server stops.</summary>
public abstract class BatchWriter(TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);

    /// <summary>The clock by which it is due.</summary>
    protected TimeProvider Clock { get; } = clock;

    /// <summary>Writes what is waiting now.</summary>
    public abstract Task FlushAsync(CancellationToken ct = default);

    /// <inheritdoc/>
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace, Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                // Not ended by a stop: what was taken from a queue would be nowhere.
                await TryFlushAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping: what is still waiting is written below.
        }

        await TryFlushAsync();
    }

    /// <summary>Writes to the log that a batch failed. The next one is tried.</summary>
    protected abstract void NoteFailure(Exception failure);

    private async Task TryFlushAsync()
    {
        try
        {
            await FlushAsync(CancellationToken.None);
            ConsoleMeter.Passed(GetType(), succeeded: true);
        }
        catch (Exception failure) when (AccessWatch.IsOfDatabase(failure))
        {
            ConsoleMeter.Passed(GetType(), succeeded: false);
            NoteFailure(failure);
        }
    }
}
