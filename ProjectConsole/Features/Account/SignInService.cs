using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Data.Providers;
using ProjectConsole.Domain.Accounts;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Account;

/// <summary>Signs people in and out. There is no decision to ask for: whoever comes is nobody yet.</summary>
public sealed class SignInService(
    IDbContextFactory<ConsoleDbContext> databases,
    DatabaseProvider provider,
    IPasswordHasher<User> hasher,
    ILookupNormalizer normalizer,
    DeniedAttempts denied,
    TimeProvider clock)
{
    /// <summary>Wrong passwords in a row after which an account takes none for a while.</summary>
    public const int MostTries = 5;

    /// <summary>For how long.</summary>
    public static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(5);

    private static readonly User Nobody = new();

    // Verified where there is no account, so that the answer takes as long as with one.
    private readonly Lazy<string> _hashOfNobody = new(() => hasher.HashPassword(Nobody, Guid.NewGuid().ToString()));

    /// <summary>Starts a session for the right password of a confirmed, open account.</summary>
    public async Task<Result<ClaimsPrincipal>> SignInAsync(
        Actor actor, string? email, string? password, string device, CancellationToken ct = default)
    {
        var user = await FindAsync(email, ct);
        // Outside the transaction: hashing takes long by design, and on SQLite everybody would wait.
        var isRight = hasher.VerifyHashedPassword(user ?? Nobody, user?.PasswordHash ?? _hashOfNobody.Value, password ?? "") != PasswordVerificationResult.Failed;
        var result = user is null ? new SignInFailed() : await DecideAsync(actor, user.Id, user.PasswordHash, isRight, device, ct);
        if (!result.Succeeded)
        {
            denied.Report(actor with { Name = user?.Email ?? "" }, null, null, AuditActions.AccountSignInFailed, result.Error, clock.GetUtcNow().UtcDateTime);
        }

        return result;
    }

    /// <summary>Ends a session.</summary>
    public async Task SignOutAsync(Actor actor, Guid sessionId, CancellationToken ct = default)
    {
        using var turn = await provider.EnterWriteAsync(ct);
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await provider.BeginWriteAsync(db, ct);
        if (await db.UserSessions.SingleOrDefaultAsync(session => session.Id == sessionId && session.UserId == actor.UserId && session.EndedUtc == null, ct) is not { } session)
        {
            return;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        session.End(now);
        db.AuditEntries.Add(Entry(actor, AuditActions.AccountSignedOut, now));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private static AuditEntry Entry(Actor actor, string action, DateTime now) =>
        new(actor.InAudit(null, null, now), action, new AuditObject("account", actor.UserId, actor.Name), AuditResult.Done);

    private async Task<User?> FindAsync(string? email, CancellationToken ct)
    {
        var normalized = normalizer.NormalizeEmail(TextRules.Clean(email));
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Users.AsNoTracking().SingleOrDefaultAsync(user => user.NormalizedUserName == normalized && user.EmailConfirmed, ct);
    }

    private async Task<Result<ClaimsPrincipal>> DecideAsync(
        Actor actor, Guid userId, string? verifiedHash, bool isRight, string device, CancellationToken ct)
    {
        using var turn = await provider.EnterWriteAsync(ct);
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await provider.BeginWriteAsync(db, ct);
        var now = clock.GetUtcNow().UtcDateTime;
        // Counted by the database and before the row is read: parallel tries would otherwise all read the same count.
        await db.Users.Where(user => user.Id == userId)
            .ExecuteUpdateAsync(set => set.SetProperty(user => user.AccessFailedCount, user => user.AccessFailedCount + 1), ct);
        var user = await db.Users.SingleAsync(user => user.Id == userId, ct);
        var result = Decide(db, actor, user, isRight && user.PasswordHash == verifiedHash, device, now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return result;
    }

    private static Result<ClaimsPrincipal> Decide(ConsoleDbContext db, Actor actor, User user, bool isRight, string device, DateTime now)
    {
        if (user.LockoutEnd > now)
        {
            user.AccessFailedCount = 0;
            return new SignInFailed();
        }

        if (!isRight)
        {
            if (user.AccessFailedCount >= MostTries)
            {
                user.LockoutEnd = now + LockedFor;
                user.AccessFailedCount = 0;
            }

            return new SignInFailed();
        }

        user.AccessFailedCount = 0;
        user.LockoutEnd = null;
        if (user.LockedUtc is not null)
        {
            return new AccountIsLocked();
        }

        var session = new UserSession(user.Id, actor.Address, device.Length <= 256 ? device : device[..256], now);
        db.UserSessions.Add(session);
        db.AuditEntries.Add(Entry(new Actor(user.Id, user.Email!, actor.Address, actor.RequestId), AuditActions.AccountSignedIn, now));
        return ConsolePrincipal.Of(user, session.Id);
    }
}
