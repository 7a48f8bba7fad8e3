using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ProjectConsole.Tests.Infrastructure;

/// <summary>Counts the statements that are sent to one database, whoever sends them.</summary>
public sealed class StatementCounter : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly List<IDisposable> _subscriptions = [];
    private string? _connectionString;
    private int _count;

    /// <summary>Made before the database: a context that found nobody listening does not ask again for a second.</summary>
    public StatementCounter()
    {
        _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    /// <summary>How many since the beginning or the last reset.</summary>
    public int Count => _count;

    /// <summary>Counts the statements to this database from now on.</summary>
    public void Watch(TestDatabase database)
    {
        // A provider adds to the connection string that it is given.
        using var db = database.Open();
        _connectionString = db.Database.GetConnectionString();
    }

    /// <summary>Begins anew.</summary>
    public void Reset() => _count = 0;

    /// <inheritdoc/>
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
        if (value.Key == RelationalEventId.CommandExecuting.Name && value.Value is CommandEventData data && data.Context?.Database.GetConnectionString() == _connectionString)
        {
            Interlocked.Increment(ref _count);
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
