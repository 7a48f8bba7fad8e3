using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Data.Providers;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Security;

namespace ProjectConsole.Features.Account;

/// <summary>
/// One transaction for what people do with their own account, and for those who have none yet: there is no permission to ask
/// for, so the write method of commands does not fit. What the body changed is saved also where it refuses, wrong tries among it.
/// </summary>
public sealed class AccountWriter(IDbContextFactory<ConsoleDbContext> databases, DatabaseProvider provider, TimeProvider clock)
{
    /// <summary>Runs the body in a write transaction, saves and commits.</summary>
    public async Task<T> WriteAsync<T>(Actor actor, Func<AccountCommand, Task<T>> body, CancellationToken ct = default)
    {
        try
        {
            return await RunAsync(actor, body, ct);
        }
        catch (DbUpdateException failure) when (
            failure is DbUpdateConcurrencyException || (failure.InnerException is DbException inner && provider.IsUniqueViolation(inner)))
        {
            // Somebody wrote the same at the same moment; a second look sees it, a link that is over by now among it.
            return await RunAsync(actor, body, ct);
        }
    }

    private async Task<T> RunAsync<T>(Actor actor, Func<AccountCommand, Task<T>> body, CancellationToken ct)
    {
        using var turn = await provider.EnterWriteAsync(ct);
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await provider.BeginWriteAsync(db, ct);
        var result = await body(new AccountCommand(db, actor, clock.GetUtcNow().UtcDateTime));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return result;
    }
}

/// <summary>One running change of an account.</summary>
public sealed class AccountCommand
{
    internal AccountCommand(ConsoleDbContext db, Actor actor, DateTime nowUtc) => (Db, Actor, NowUtc) = (db, actor, nowUtc);

    /// <summary>The context of the transaction.</summary>
    public ConsoleDbContext Db { get; }

    /// <summary>Who acts.</summary>
    public Actor Actor { get; }

    /// <summary>Now, UTC; the same for everything that is written.</summary>
    public DateTime NowUtc { get; }

    /// <summary>Writes an audit entry of the installation.</summary>
    public void Audit(Actor actor, string action, User user, string? refusal = null)
    {
        var entry = new AuditEntry(
            actor.InAudit(null, null, NowUtc), action, new AuditObject("account", user.Id, user.Email!), refusal is null ? AuditResult.Done : AuditResult.Denied);
        Db.AuditEntries.Add(refusal is null ? entry : entry.Because(refusal, count: 1));
    }

    /// <summary>Ends the sessions of a person, all but one if it is given.</summary>
    public async Task EndSessionsAsync(Guid userId, Guid? except, CancellationToken ct)
    {
        foreach (var session in await Db.UserSessions.Where(session => session.UserId == userId && session.EndedUtc == null && session.Id != except).ToListAsync(ct))
        {
            session.End(NowUtc);
        }
    }
}
