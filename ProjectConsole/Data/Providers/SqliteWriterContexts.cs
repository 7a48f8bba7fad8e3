using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace ProjectConsole.Data.Providers;

/// <summary>
/// One context for all who write, in turns. A connection drops the pages that it has read as soon as another one has written, so
/// that with a connection each they would read them anew: some 150 pages for one new project.
/// </summary>
internal sealed class SqliteWriterContexts(DbContextOptions<SqliteConsoleDbContext> options) : IDbContextFactory<SqliteConsoleDbContext>
{
    private readonly PooledDbContextFactory<SqliteConsoleDbContext> _pool = new(options, poolSize: 1);

    /// <inheritdoc/>
    public SqliteConsoleDbContext CreateDbContext()
    {
        var db = _pool.CreateDbContext();
        ((SqliteReadyConnection)db.Database.GetDbConnection()).IsOfWriters = true;
        return db;
    }
}
