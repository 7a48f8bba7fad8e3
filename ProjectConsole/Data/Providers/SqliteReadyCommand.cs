using System.Data;
using Microsoft.Data.Sqlite;

namespace ProjectConsole.Data.Providers;

/// <summary>A command that reads or writes through a prepared statement of its connection, from its execution until it is disposed.</summary>
internal sealed class SqliteReadyCommand(SqliteReadyConnection connection) : SqliteCommand(null, connection)
{
    // Schema changes and settings of the connection are not met again.
    private static readonly string[] Kept = ["SELECT", "INSERT", "UPDATE", "DELETE"];

    private SqliteCommand? _prepared;
    private SqliteDataReader? _reader;

    /// <inheritdoc/>
    public override SqliteDataReader ExecuteReader(CommandBehavior behavior)
    {
        if (!Array.Exists(Kept, verb => CommandText.StartsWith(verb, StringComparison.Ordinal)))
        {
            return base.ExecuteReader(behavior);
        }

        GiveBack();
        var prepared = connection.Take(CommandText);
        try
        {
            (prepared.Transaction, prepared.CommandTimeout) = (Transaction, CommandTimeout);
            foreach (SqliteParameter parameter in Parameters)
            {
                prepared.Parameters.Add(parameter);
            }

            _reader = prepared.ExecuteReader(behavior);
        }
        catch
        {
            connection.Drop(prepared);
            throw;
        }

        _prepared = prepared;
        return _reader;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            GiveBack();
        }

        base.Dispose(disposing);
    }

    private void GiveBack()
    {
        if (_prepared is { } prepared)
        {
            _prepared = null;
            _reader!.Dispose();
            connection.TakeBack(prepared);
        }
    }
}
