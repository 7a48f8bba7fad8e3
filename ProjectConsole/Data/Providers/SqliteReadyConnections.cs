using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ProjectConsole.Data.Providers;

/// <summary>
/// Gives contexts connections that stay open between their uses, up to a bound. EF Core opens the connection for each query,
/// which on SQLite registers some twenty functions and runs a pragma, and prepares the statement anew, which costs more than
/// most queries themselves (250 of 300 microseconds for the facts of an access decision).
/// </summary>
internal sealed class SqliteReadyConnections(int most = 32) : DbConnectionInterceptor, IDisposable
{
    private readonly HashSet<SqliteConnection> _open = [];
    private bool _isDisposed;

    /// <inheritdoc/>
    public override DbConnection ConnectionCreated(ConnectionCreatedEventData eventData, DbConnection result)
    {
        // EF Core asks whether the database is there through a connection that only reads: it must not make the file.
        if (new SqliteConnectionStringBuilder(result.ConnectionString).Mode == SqliteOpenMode.ReadOnly)
        {
            return result;
        }

        var connection = new SqliteReadyConnection(result.ConnectionString, this);
        result.Dispose();
        // EF Core registers its functions on a connection only as it makes it, or as it is handed over in the options.
        using var registering = new SqliteConsoleDbContext(new DbContextOptionsBuilder<SqliteConsoleDbContext>().UseSqlite(connection).Options);
        registering.Database.GetDbConnection();
        return connection;
    }

    /// <summary>Whether a connection may stay open: the writers', and as many others as there are places. Those of contexts that a scope keeps for long count as well.</summary>
    public bool MayStayOpen(SqliteReadyConnection connection)
    {
        lock (_open)
        {
            return !_isDisposed && (_open.Contains(connection) || ((connection.IsOfWriters || _open.Count < most) && _open.Add(connection)));
        }
    }

    /// <summary>A connection closes, and another one may stay open.</summary>
    public void Closing(SqliteConnection connection)
    {
        lock (_open)
        {
            _open.Remove(connection);
        }
    }

    /// <summary>Closes those that stayed open: the pool of contexts forgets its contexts without closing what they hold.</summary>
    public void Dispose()
    {
        List<SqliteConnection> open;
        lock (_open)
        {
            _isDisposed = true;
            open = [.. _open];
        }

        open.ForEach(connection => connection.Dispose());
    }
}
