using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using ProjectConsole.Data;

namespace ProjectConsole.Tests.Infrastructure;

/// <summary>Counts the statements that are sent to one database, whoever sends them.</summary>
public sealed class StatementCounter : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly List<IDisposable> _subscriptions = [];
    private string? _connectionString;
    private int _rows;
    private readonly ConcurrentQueue<string> _texts = new();

    /// <summary>Made before the database: a context that found nobody listening does not ask again for a second.</summary>
    public StatementCounter()
    {
        _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    /// <summary>How many since the beginning or the last reset.</summary>
    public int Count => _texts.Count;

    /// <summary>What each said, in their order.</summary>
    public IReadOnlyList<string> Texts => [.. _texts];

    /// <summary>What kind each was, in their order: SELECT, UPDATE ...</summary>
    public IReadOnlyList<string> Kinds => [.. _texts.Select(text => text.TrimStart().Split([' ', '\n', '\r'], 2)[0])];

    /// <summary>Counts the statements to this database from now on.</summary>
    public void Watch(TestDatabase database) => Watch(database.Open);

    /// <summary>Counts the statements to the database of this server from now on.</summary>
    public void Watch(ConsoleServer server) => Watch(server.OpenDatabase);

    private void Watch(Func<ConsoleDbContext> open)
    {
        // A provider adds to the connection string that it is given.
        using var db = open();
        _connectionString = db.Database.GetConnectionString();
    }

    /// <summary>How many rows they answered.</summary>
    public int Rows => Volatile.Read(ref _rows);

    /// <summary>Begins anew.</summary>
    public void Reset()
    {
        _texts.Clear();
        Volatile.Write(ref _rows, 0);
    }

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
            _texts.Enqueue(data.Command.CommandText);
        }
        else if (value.Key == RelationalEventId.DataReaderDisposing.Name && value.Value is DataReaderDisposingEventData read && read.Context?.Database.GetConnectionString() == _connectionString)
        {
            Interlocked.Add(ref _rows, read.ReadCount);
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
