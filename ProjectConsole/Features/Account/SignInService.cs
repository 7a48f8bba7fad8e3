using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Accounts;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Account;

/// <summary>Signs people in and out. There is no decision to ask for: whoever comes is nobody yet.</summary>
public sealed class SignInService(
    IDbContextFactory<ConsoleDbContext> databases, AccountWriter writer, IPasswordHasher<User> hasher, DeniedAttempts denied, TimeProvider clock)
{
    /// <summary>Wrong passwords in a row after which an account takes none for a while.</summary>
    public const int MostTries = 5;

    /// <summary>For how long.</summary>
    public static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(5);

    private static readonly User Nobody = new();

    // Verified where there is no account, so that the answer takes as long as with one.
    private static readonly string HashOfNobody = new PasswordHasher<User>().HashPassword(Nobody, Guid.NewGuid().ToString());

    /// <summary>Starts a session for the right password of a confirmed, open account.</summary>
    public async Task<Result<ClaimsPrincipal>> SignInAsync(
        Actor actor, string? email, string? password, string device, CancellationToken ct = default)
    {
        var user = await FindAsync(email, ct);
        // Outside the transaction: hashing takes long by design, and on SQLite everybody would wait.
        var isRight = IsRight(user, password);
        var result = user is null ? await RefuseAsync(actor, ct) : await DecideAsync(actor, user, isRight, device, ct);
        if (!result.Succeeded)
        {
            // The name of an account that exists; whatever else was typed could be anything, a password among it.
            denied.Report(actor with { Name = user?.Email ?? "" }, null, null, AuditActions.AccountSignInFailed, result.Error, clock.GetUtcNow().UtcDateTime);
        }

        return result;
    }

    /// <summary>Ends a session of the person.</summary>
    public Task SignOutAsync(Actor actor, Guid sessionId, CancellationToken ct = default) => writer.WriteAsync(
        actor,
        async command =>
        {
            var session = await command.Db.UserSessions.SingleOrDefaultAsync(
                session => session.Id == sessionId && session.UserId == actor.UserId && session.EndedUtc == null, ct);
            if (session is not null)
            {
                session.End(command.NowUtc);
                command.Audit(actor, AuditActions.AccountSignedOut, await command.Db.Users.SingleAsync(user => user.Id == actor.UserId, ct));
            }

            return session is not null;
        },
        ct);

    private bool IsRight(User? user, string? password)
    {
        var typed = password is { Length: <= PasswordRules.Longest } ? password : "";
        return hasher.VerifyHashedPassword(user ?? Nobody, user?.PasswordHash ?? HashOfNobody, typed) != PasswordVerificationResult.Failed
            && user?.PasswordHash is not null;
    }

    private async Task<User?> FindAsync(string? email, CancellationToken ct)
    {
        var normalized = EmailAddress.Normalize(TextRules.Clean(email));
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Users.AsNoTracking().SingleOrDefaultAsync(user => user.NormalizedUserName == normalized && user.EmailConfirmed, ct);
    }

    // The same statements as for a wrong password, and a commit that writes: the time must not tell which addresses have an account.
    private Task<Result<ClaimsPrincipal>> RefuseAsync(Actor actor, CancellationToken ct) => writer.WriteAsync(
        actor,
        async command =>
        {
            await command.Db.Installation.ExecuteUpdateAsync(set => set.SetProperty(row => row.SetUpUtc, row => row.SetUpUtc), ct);
            _ = await command.Db.Users.SingleOrDefaultAsync(user => user.Id == Guid.Empty, ct);
            await PasswordTries.FailAsync(command, Nobody, lockedUntil: null, ct);
            return (Result<ClaimsPrincipal>)new SignInFailed();
        },
        ct);

    private Task<Result<ClaimsPrincipal>> DecideAsync(Actor actor, User found, bool isRight, string device, CancellationToken ct) => writer.WriteAsync(
        actor,
        async command => (await PasswordTries.CountAsync(command, found, isRight, ct)).User is { } user ? Start(command, user, device) : new SignInFailed(),
        ct);

    private static Result<ClaimsPrincipal> Start(AccountCommand command, User user, string device)
    {
        if (user.LockedUtc is not null)
        {
            return new AccountIsLocked();
        }

        var session = new UserSession(user.Id, command.Actor.Address, device.Length <= 256 ? device : device[..256], command.NowUtc);
        command.Db.UserSessions.Add(session);
        command.Audit(command.Actor with { UserId = user.Id, Name = user.Email!, Kind = AuditActorKind.Person }, AuditActions.AccountSignedIn, user);
        return ConsolePrincipal.Of(user, session.Id);
    }
}
