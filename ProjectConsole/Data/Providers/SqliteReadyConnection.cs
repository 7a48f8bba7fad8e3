using System.Data;
using Microsoft.Data.Sqlite;

namespace ProjectConsole.Data.Providers;

/// <summary>
/// A connection of a pooled context that stays open, with the statements prepared that run on it, until it is disposed.
/// The pool of contexts closes it at each return without asking any interceptor, so it decides that by itself.
/// </summary>
internal sealed class SqliteReadyConnection(string connectionString, SqliteReadyConnections ready) : SqliteConnection(connectionString)
{
    private const int Limit = 128;
    private readonly Dictionary<string, LinkedListNode<SqliteCommand>> _idle = new(StringComparer.Ordinal);
    private readonly LinkedList<SqliteCommand> _lastUsedFirst = [];
    private readonly HashSet<SqliteCommand> _reading = [];
    private bool _isDisposing;

    /// <summary>It is the one of all who write, which stays open whoever else does.</summary>
    public bool IsOfWriters { get; set; }

    /// <summary>How many prepared statements wait for their next use.</summary>
    public int IdleStatements => _idle.Count;

    /// <inheritdoc/>
    public override void Open()
    {
        base.Open();
        if (IsOfWriters)
        {
            // Writers move the log into the database every 16 MB instead of every 4: pages that were changed again and again are moved once, and the
            // disk is waited for less often (a sixth of the time of an insert into a table with many indexes).
            using var setting = new SqliteCommand("PRAGMA wal_autocheckpoint = 4000", this);
            setting.ExecuteNonQuery();
        }
    }

    /// <inheritdoc/>
    public override SqliteCommand CreateCommand() => new SqliteReadyCommand(this) { Transaction = Transaction };

    /// <inheritdoc/>
    public override void Close()
    {
        Transaction?.Dispose();
        if (State != ConnectionState.Open || !MayStayOpen)
        {
            CloseReally();
        }
    }

    /// <summary>Takes the prepared statement of a text, or makes one. It runs for one command at a time.</summary>
    public SqliteCommand Take(string text)
    {
        var command = _idle.ContainsKey(text) ? Remove(text) : new SqliteCommand(text, this);
        _reading.Add(command);
        return command;
    }

    /// <summary>Keeps a statement for its next use.</summary>
    public void TakeBack(SqliteCommand command)
    {
        command.Parameters.Clear();
        command.Transaction = null;
        // The connection was closed meanwhile, or another reader of the same text was open at the same time.
        if (!_reading.Remove(command) || _idle.ContainsKey(command.CommandText))
        {
            command.Dispose();
            return;
        }

        _idle.Add(command.CommandText, _lastUsedFirst.AddFirst(command));
        if (_idle.Count > Limit)
        {
            Remove(_lastUsedFirst.Last!.Value.CommandText).Dispose();
        }
    }

    /// <summary>Drops a statement that failed.</summary>
    public void Drop(SqliteCommand command)
    {
        _reading.Remove(command);
        command.Dispose();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _isDisposing = true;
        base.Dispose(disposing);
    }

    // One that still reads is closed, which ends its readers as a caller of Close expects.
    private bool MayStayOpen => !_isDisposing && _reading.Count == 0 && ready.MayStayOpen(this);

    private void CloseReally()
    {
        foreach (var command in _lastUsedFirst)
        {
            command.Dispose();
        }

        _idle.Clear();
        _reading.Clear();
        _lastUsedFirst.Clear();
        ready.Closing(this);
        base.Close();
    }

    private SqliteCommand Remove(string text)
    {
        _idle.Remove(text, out var node);
        _lastUsedFirst.Remove(node!);
        return node!.Value;
    }
}
