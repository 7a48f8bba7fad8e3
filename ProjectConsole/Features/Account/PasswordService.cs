using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Accounts;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Features.Account.Mail;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Account;

/// <summary>Resets and changes passwords, and ends sessions. Each new password ends every other session of the person.</summary>
public sealed class PasswordService(
    IDbContextFactory<ConsoleDbContext> databases, AccountWriter writer, UserManager<User> users, MailOutbox outbox)
{
    /// <summary>Sends a link to the address if it has an account. The answer is the same whether or not it has.</summary>
    public async Task<Result> AskResetAsync(Actor actor, string? email, PublicAddress? site, CancellationToken ct = default)
    {
        var address = TextRules.Clean(email);
        if (EmailAddress.Problem(address) is { } problem)
        {
            return new Invalid("Email", problem);
        }

        var takes = outbox.Takes(site, address, "reset");
        await writer.WriteAsync(actor, command => AskResetAsync(command, EmailAddress.Normalize(address), takes ? site : null, ct), ct);
        outbox.Wake();
        return Result.Ok;
    }

    /// <summary>Whether a link that was sent can still be used, and for which address.</summary>
    public async Task<Result<string>> LookAtLinkAsync(Actor actor, Guid userId, string? token, CancellationToken ct = default) =>
        await FindByLinkAsync(userId, token, ct) is { } user ? user.Email! : new LinkIsOver();

    /// <summary>Sets a new password by a link that was sent.</summary>
    public async Task<Result> ResetAsync(Actor actor, Guid userId, string? token, string? password, CancellationToken ct = default)
    {
        if (await FindByLinkAsync(userId, token, ct) is not { } found)
        {
            return new LinkIsOver();
        }

        if (PasswordRules.Error(password, found.Email!) is { } error)
        {
            return new Invalid("Password", error);
        }

        var hash = users.PasswordHasher.HashPassword(found, password!);
        return await writer.WriteAsync(
            actor with { UserId = found.Id, Name = found.Email!, Kind = AuditActorKind.Person },
            async command => await SetAsync(command, found, hash, AuditActions.AccountPasswordReset, null, ct) is null ? (Result)new LinkIsOver() : Result.Ok,
            ct);
    }

    /// <summary>Sets a new password by the current one, and answers the principal with which this session goes on.</summary>
    public async Task<Result<ClaimsPrincipal>> ChangeAsync(Actor actor, Guid sessionId, string? current, string? password, CancellationToken ct = default)
    {
        var found = await FindAsync(actor, ct);
        var isRight = users.PasswordHasher.VerifyHashedPassword(found, found.PasswordHash ?? "", current ?? "") != PasswordVerificationResult.Failed;
        var tried = await writer.WriteAsync(actor, command => PasswordTries.CountAsync(command, found, isRight, ct), ct);
        var errors = new List<FieldError>();
        if (tried.User is null)
        {
            errors.Add(new("Current", tried.Problem));
        }

        if (PasswordRules.Error(password, found.Email!) is { } error)
        {
            errors.Add(new("Password", error));
        }

        if (errors.Count > 0)
        {
            return new Invalid(errors);
        }

        var hash = users.PasswordHasher.HashPassword(found, password!);
        var changed = await writer.WriteAsync(actor, command => SetAsync(command, found, hash, AuditActions.AccountPasswordChanged, sessionId, ct), ct);
        return changed is null ? new Stale() : ConsolePrincipal.Of(changed, sessionId);
    }

    /// <summary>Ends every session of the person, this one included.</summary>
    public Task<Result> SignOutEverywhereAsync(Actor actor, CancellationToken ct = default) => writer.WriteAsync(
        actor,
        async command =>
        {
            var user = await command.Db.Users.SingleAsync(user => user.Id == actor.UserId, ct);
            AccountCreation.Restamp(user);
            await command.EndSessionsAsync(user.Id, except: null, ct);
            command.Audit(actor, AuditActions.AccountSignedOutEverywhere, user);
            return Result.Ok;
        },
        ct);

    private async Task<Result> AskResetAsync(AccountCommand command, string normalized, PublicAddress? site, CancellationToken ct)
    {
        var user = await command.Db.Users.AsNoTracking().SingleOrDefaultAsync(user => user.NormalizedUserName == normalized && user.EmailConfirmed, ct);
        // Made for nobody too: the answer takes as long.
        var token = await users.GeneratePasswordResetTokenAsync(user ?? new User { Id = Guid.NewGuid(), SecurityStamp = "" });
        if (user is not null && site is not null)
        {
            MailOutbox.Write(command.Db, AccountMails.Reset(user.Email!, site, user.Id, token), command.NowUtc);
        }
        else
        {
            // Changes nothing: as many writes as for a known address, so that the time does not tell which it was.
            await command.Db.OutgoingMails.Where(mail => mail.Id < 0).ExecuteUpdateAsync(set => set.SetProperty(mail => mail.Attempts, 0), ct);
        }

        return Result.Ok;
    }

    // The stamp is compared again under the transaction: of two that use one link, or one old password, the second finds nothing.
    private static async Task<User?> SetAsync(AccountCommand command, User found, string hash, string action, Guid? keptSession, CancellationToken ct)
    {
        if (await command.Db.Users.SingleOrDefaultAsync(user => user.Id == found.Id && user.SecurityStamp == found.SecurityStamp, ct) is not { } user)
        {
            return null;
        }

        user.PasswordHash = hash;
        AccountCreation.Restamp(user);
        (user.AccessFailedCount, user.LockoutEnd) = (0, null);
        await command.EndSessionsAsync(user.Id, keptSession, ct);
        command.Audit(command.Actor, action, user);
        return user;
    }

    private async Task<User> FindAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Users.AsNoTracking().SingleAsync(user => user.Id == actor.UserId, ct);
    }

    private async Task<User?> FindByLinkAsync(Guid userId, string? token, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Id == userId && user.EmailConfirmed, ct);
        return user is not null && token is not null
            && await users.VerifyUserTokenAsync(user, TokenOptions.DefaultProvider, UserManager<User>.ResetPasswordTokenPurpose, token) ? user : null;
    }
}
