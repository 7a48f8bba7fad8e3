using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ProjectConsole.E2E.Benchmarks;

/// <summary>Counts the statements that this process sends to its databases.</summary>
internal sealed class StatementCount : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly List<IDisposable> _subscriptions = [];
    private readonly ConcurrentQueue<(TimeSpan Time, string Text)> _sent = new();

    /// <summary>Made before the database: a context that found nobody listening does not ask again for a second.</summary>
    public StatementCount() => _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));

    /// <summary>How many one call sends, and which of them take longer than that, the longest first.</summary>
    public async Task<(int Count, IReadOnlyList<(TimeSpan Time, string Text)> Slow)> OfAsync(Func<Task> call, TimeSpan tooLong)
    {
        _sent.Clear();
        await call();
        return (_sent.Count, [.. from statement in _sent
                                 where statement.Time > tooLong
                                 orderby statement.Time descending
                                 select (statement.Time, string.Join(' ', statement.Text.Split([' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries)))]);
    }

    public void Dispose() => _subscriptions.ForEach(subscription => subscription.Dispose());

    void IObserver<DiagnosticListener>.OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name)
        {
            _subscriptions.Add(value.Subscribe(this));
        }
    }

    void IObserver<KeyValuePair<string, object?>>.OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Key == RelationalEventId.CommandExecuted.Name && value.Value is CommandExecutedEventData data)
        {
            _sent.Enqueue((data.Duration, data.Command.CommandText));
        }
    }

    void IObserver<DiagnosticListener>.OnCompleted()
    {
    }

    void IObserver<DiagnosticListener>.OnError(Exception error)
    {
    }

    void IObserver<KeyValuePair<string, object?>>.OnCompleted()
    {
    }

    void IObserver<KeyValuePair<string, object?>>.OnError(Exception error)
    {
    }
}
