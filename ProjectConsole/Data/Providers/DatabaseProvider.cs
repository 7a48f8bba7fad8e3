using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace ProjectConsole.Data.Providers;

/// <summary>The tables whose rows commands lock.</summary>
public enum LockedTable
{
    /// <summary>An organization's row, locked before any of its projects'.</summary>
    Organizations,

    /// <summary>A project's row.</summary>
    Projects,

    /// <summary>A personal token's row, locked after everything else.</summary>
    PersonalTokens,
}

/// <summary>What differs between the databases that the console runs on.</summary>
public abstract class DatabaseProvider
{
    /// <summary>
    /// Key of the context factory for what writes all the time. A context of it is taken after the turn to write
    /// (<see cref="EnterWriteAsync"/>) and given back before its end.
    /// </summary>
    public const string Writers = "writers";

    /// <summary>Its name in the setting <c>Database:Provider</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Why this build cannot use it, as a sentence with the remedy; null where it can.</summary>
    public virtual string? UnusableBecause => null;

    /// <summary>Registers this provider's pooled context factory, and the factory and scoped context by their common type.</summary>
    public abstract void AddContext(IServiceCollection services, string connectionString);

    /// <summary>Waits until this process may write. Held until the write transaction has ended.</summary>
    public virtual Task<IDisposable?> EnterWriteAsync(CancellationToken ct) => Task.FromResult<IDisposable?>(null);

    /// <summary>Begins a write transaction in which row locks of this class hold until its end.</summary>
    public abstract Task<IDbContextTransaction> BeginWriteAsync(ConsoleDbContext db, CancellationToken ct);

    /// <summary>Keeps others from changing the row until the transaction ends; others may lock it shared as well.</summary>
    public abstract Task LockSharedAsync(ConsoleDbContext db, LockedTable table, Guid id, CancellationToken ct);

    /// <summary>Keeps others from locking the row in any way until the transaction ends.</summary>
    public abstract Task LockExclusiveAsync(ConsoleDbContext db, LockedTable table, Guid id, CancellationToken ct);

    /// <summary>Sets what the database itself keeps and the console relies on; called once at start; where it is set, nothing is written.</summary>
    public virtual Task PrepareAsync(ConsoleDbContext db, CancellationToken ct = default) => Task.CompletedTask;

    /// <summary>
    /// Makes the row of usage that an owner lacks, with nothing used. Somebody else may make it at the same moment, so it is one
    /// statement that takes an existing row as it is.
    /// </summary>
    public abstract Task InsertMissingUsageAsync(ConsoleDbContext db, Guid organizationId, Guid ownerId, string metric, CancellationToken ct);

    /// <summary>Why migrations would wait for ever, as a sentence with the remedy; null where they can run.</summary>
    public virtual Task<string?> MigrationObstacleAsync(ConsoleDbContext db, CancellationToken ct = default) => Task.FromResult<string?>(null);

    /// <summary>Its name and the version that answers, for the log.</summary>
    public async Task<string> DescribeAsync(ConsoleDbContext db, CancellationToken ct = default)
    {
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            return $"{Name} {db.Database.GetDbConnection().ServerVersion}";
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    /// <summary>Whether saving failed because a unique key is taken.</summary>
    public abstract bool IsUniqueViolation(DbException failure);

    /// <summary>Whether saving failed because a row that is named is gone, or one that is to go is named.</summary>
    public abstract bool IsReferenceViolation(DbException failure);

    /// <summary>
    /// Whether commands waited for each other in a circle and the database ended the transaction of this one: nothing of it is
    /// written, and the same once more may pass. EF wraps what it takes for passing, so the causes are looked at too.
    /// </summary>
    public bool IsDeadlock(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is DbException ofDatabase && IsDeadlockVictim(ofDatabase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether this is the answer to the one that was chosen to end a circle. Writers that wait in one line make none.</summary>
    protected virtual bool IsDeadlockVictim(DbException failure) => false;

    /// <summary>Registers the scoped context that Identity needs and the factories by the common type.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="writers">Makes the factory for writers; null where they take their contexts like everybody.</param>
    protected static void AddByCommonType<TContext>(IServiceCollection services, Func<IServiceProvider, IDbContextFactory<TContext>>? writers = null)
        where TContext : ConsoleDbContext
    {
        services.AddKeyedSingleton<IDbContextFactory<ConsoleDbContext>>(
            Writers, (provider, _) => new ContextFactory<TContext>(writers?.Invoke(provider) ?? provider.GetRequiredService<IDbContextFactory<TContext>>()));
        services.AddSingleton<IDbContextFactory<ConsoleDbContext>, ContextFactory<TContext>>();
        services.AddScoped<ConsoleDbContext>(provider => provider.GetRequiredService<IDbContextFactory<TContext>>().CreateDbContext());
    }

    /// <summary>Begins a transaction at a level. What fails to save ends the whole of it.</summary>
    protected static Task<IDbContextTransaction> BeginAsync(ConsoleDbContext db, IsolationLevel level, CancellationToken ct)
    {
        // EF Core sets a savepoint of its own before each save, and goes back to it where the save fails; here that ends the transaction.
        // SQLite copies every page for it that the save changes (a third of the time of a creation), and a server is asked two times more.
        db.Database.AutoSavepointsEnabled = false;
        return db.Database.BeginTransactionAsync(level, ct);
    }

    // IDbContextFactory is invariant in its context type.
    private sealed class ContextFactory<TContext>(IDbContextFactory<TContext> factory) : IDbContextFactory<ConsoleDbContext>
        where TContext : ConsoleDbContext
    {
        public ConsoleDbContext CreateDbContext() => factory.CreateDbContext();

        public async Task<ConsoleDbContext> CreateDbContextAsync(CancellationToken cancellationToken = default) =>
            await factory.CreateDbContextAsync(cancellationToken);
    }
}
