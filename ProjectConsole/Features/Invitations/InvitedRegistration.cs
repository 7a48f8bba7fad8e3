using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Features.Account;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Invitations;

/// <summary>
/// Registers whoever was invited, also where registration is closed. A link that went out by mail alone reached the address, so the
/// address counts as confirmed; one that was copied may be in anybody's hands, so a mail has to confirm the address first.
/// </summary>
public sealed class InvitedRegistration(
    AccountWriter writer, AccountCreation creation, InvitationAnswers answers, RegistrationService registration, IPasswordHasher<User> hasher)
{
    /// <summary>Sends the mail that confirms the invited address, where the link itself does not.</summary>
    public async Task<Result> SendConfirmationAsync(Actor actor, string? token, PublicAddress? site, CancellationToken ct = default)
    {
        var look = await answers.LookAsync(actor, token, ct);
        return !look.Succeeded ? look.Error
            : site is null ? new NoAddressForLinks()
            : look.Value.HasAccount ? new HasAccountAlready(look.Value.Email)
            : await registration.SendLinkAsync(actor, look.Value.Email, site, ct);
    }

    /// <summary>Makes the account of the invited address; joining is another step.</summary>
    public async Task<Result<string>> RegisterAsync(Actor actor, string? token, string? displayName, string? password, CancellationToken ct = default)
    {
        var look = await answers.LookAsync(actor, token, ct);
        if (!look.Succeeded)
        {
            return look.Error;
        }

        if (!look.Value.ConfirmsAddress)
        {
            return new LinkProvesNothing(look.Value.Email);
        }

        var name = TextRules.Clean(displayName);
        var errors = new List<FieldError>();
        if (ProfileService.NameError(name) is { } nameError)
        {
            errors.Add(new("DisplayName", nameError));
        }

        if (PasswordRules.Error(password, look.Value.Email) is { } passwordError)
        {
            errors.Add(new("Password", passwordError));
        }

        if (errors.Count > 0)
        {
            return new Invalid(errors);
        }

        var hash = hasher.HashPassword(new User(), password!);
        return await writer.WriteAsync(actor, command => RegisterAsync(command, token, name, hash, ct), ct);
    }

    private async Task<Result<string>> RegisterAsync(AccountCommand command, string? token, string name, string hash, CancellationToken ct)
    {
        var found = await answers.FindAsync(command.Db, token, ct);
        if (!found.Succeeded)
        {
            return found.Error;
        }

        var invitation = found.Value;
        if (!InvitationToken.ProvesAddress(invitation.TokenHash))
        {
            return new LinkProvesNothing(invitation.Email);
        }

        var user = await command.Db.Users.SingleOrDefaultAsync(user => user.NormalizedUserName == invitation.NormalizedEmail, ct);
        if (user is { EmailConfirmed: true })
        {
            return new HasAccountAlready(invitation.Email);
        }

        // Somebody may have asked for this address before; what they were sent is worth nothing from now on.
        user ??= creation.AddHashed(command.Db, invitation.Email, passwordHash: null, isConfirmed: true, command.NowUtc);
        (user.EmailConfirmed, user.DisplayName, user.PasswordHash) = (true, name, hash);
        AccountCreation.Restamp(user);
        command.Audit(command.Actor with { UserId = user.Id, Name = user.Email!, Kind = AuditActorKind.Person }, AuditActions.AccountConfirmed, user);
        return user.Email!;
    }
}

/// <summary>The link was copied, so that it is in the hands of whoever invited too.</summary>
public sealed record LinkProvesNothing(string Email) : RuleError
{
    /// <inheritdoc/>
    public override string Message => $"This link does not prove that {Email} is your address. Have a mail sent there to confirm it, then open the link again.";

    /// <inheritdoc/>
    public override bool IsDenial => true;
}

/// <summary>The invited address has an account, so its owner signs in.</summary>
public sealed record HasAccountAlready(string Email) : RuleError
{
    /// <inheritdoc/>
    public override string Message => $"{Email} has an account already. Sign in to answer the invitation.";
}
