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

/// <summary>
/// Registers accounts. Only the address is asked for; name and password are chosen with the link that is sent there. So nobody
/// prepares an account with a password of theirs for the owner of an address to confirm.
/// </summary>
public sealed class RegistrationService(
    IDbContextFactory<ConsoleDbContext> databases, AccountWriter writer, AccountCreation creation, UserManager<User> users, MailOutbox outbox)
{
    /// <summary>Whether strangers may register.</summary>
    public async Task<bool> IsOpenAsync(CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Installation.AnyAsync(settings => settings.RegistrationIsOpen, ct);
    }

    /// <summary>Sends a link to the address. The answer is the same whether or not it has an account.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="email">The address typed.</param>
    /// <param name="site">The console's own address, for the link; without it no mail is sent.</param>
    /// <param name="ct">Ends the command.</param>
    public async Task<Result> AskAsync(Actor actor, string? email, PublicAddress? site, CancellationToken ct = default)
    {
        var address = TextRules.Clean(email);
        if (!await IsOpenAsync(ct))
        {
            return new RegistrationIsClosed();
        }

        if (EmailAddress.Problem(address) is { } problem)
        {
            return new Invalid("Email", problem);
        }

        return await SendLinkAsync(actor, address, site, ct);
    }

    /// <summary>Whether a link that was sent can still be used, and for which address.</summary>
    public async Task<Result<string>> LookAtLinkAsync(Actor actor, Guid userId, string? token, CancellationToken ct = default) =>
        await FindByLinkAsync(userId, token, ct) is { } user ? user.Email! : new LinkIsOver();

    /// <summary>Confirms the address and sets name and password.</summary>
    public async Task<Result> ConfirmAsync(Actor actor, Guid userId, string? token, string? displayName, string? password, CancellationToken ct = default)
    {
        if (await FindByLinkAsync(userId, token, ct) is not { } found)
        {
            return new LinkIsOver();
        }

        var name = TextRules.Clean(displayName);
        var errors = new List<FieldError>();
        if (ProfileService.NameError(name) is { } nameError)
        {
            errors.Add(new("DisplayName", nameError));
        }

        if (PasswordRules.Error(password, found.Email!) is { } passwordError)
        {
            errors.Add(new("Password", passwordError));
        }

        if (errors.Count > 0)
        {
            return new Invalid(errors);
        }

        var hash = users.PasswordHasher.HashPassword(found, password!);
        return await writer.WriteAsync(actor, command => ConfirmAsync(command, found, name, hash, ct), ct);
    }

    /// <summary>Sends a link to a checked address, also where registration is closed.</summary>
    internal async Task<Result> SendLinkAsync(Actor actor, string address, PublicAddress? site, CancellationToken ct)
    {
        var takes = outbox.Takes(site, address, "register");
        await writer.WriteAsync(actor, command => AskAsync(command, address, takes ? site : null, ct), ct);
        outbox.Wake();
        return Result.Ok;
    }

    private static async Task<Result> ConfirmAsync(AccountCommand command, User found, string name, string hash, CancellationToken ct)
    {
        // A link is used once: the stamp that it was made for is gone afterwards.
        if (await command.Db.Users.SingleOrDefaultAsync(user => user.Id == found.Id && user.SecurityStamp == found.SecurityStamp, ct) is not { } user)
        {
            return new LinkIsOver();
        }

        (user.EmailConfirmed, user.DisplayName, user.PasswordHash) = (true, name, hash);
        AccountCreation.Restamp(user);
        command.Audit(command.Actor with { UserId = user.Id, Name = user.Email!, Kind = AuditActorKind.Person }, AuditActions.AccountConfirmed, user);
        return Result.Ok;
    }

    private async Task<Result> AskAsync(AccountCommand command, string address, PublicAddress? site, CancellationToken ct)
    {
        var user = await FindOrAddAsync(command, address, ct);
        // Made where it is not needed too: the answer takes as long.
        var token = await users.GenerateEmailConfirmationTokenAsync(user);
        if (site is not null)
        {
            MailOutbox.Write(
                command.Db,
                user.EmailConfirmed ? AccountMails.AlreadyRegistered(user.Email!, site) : AccountMails.Confirm(user.Email!, site, user.Id, token),
                command.NowUtc);
        }

        return Result.Ok;
    }

    private async Task<User> FindOrAddAsync(AccountCommand command, string address, CancellationToken ct)
    {
        var normalized = EmailAddress.Normalize(address);
        var known = await command.Db.Users.SingleOrDefaultAsync(user => user.NormalizedUserName == normalized, ct);
        if (known is not null)
        {
            // Changes nothing: as many writes as for a new account and its principal, so that the time does not tell which it was.
            await command.Db.Users.Where(row => row.Id == known.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.CreatedUtc, row => row.CreatedUtc), ct);
            await command.Db.Principals.Where(row => row.Id == known.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.UserId, row => row.UserId), ct);
        }

        var user = known ?? creation.AddHashed(command.Db, address, passwordHash: null, isConfirmed: false, command.NowUtc);
        // Written for known addresses too: the same work, and the administrator sees who tries.
        command.Audit(command.Actor, AuditActions.AccountRegistered, user, user.EmailConfirmed ? "The address has an account." : null);
        return user;
    }

    private async Task<User?> FindByLinkAsync(Guid userId, string? token, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Id == userId && !user.EmailConfirmed, ct);
        return user is not null && token is not null
            && await users.VerifyUserTokenAsync(user, TokenOptions.DefaultProvider, UserManager<User>.ConfirmEmailTokenPurpose, token) ? user : null;
    }
}
