using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Accounts;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Installation;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Features.Account;
using ProjectConsole.Features.Organizations;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Setup;

/// <summary>What is typed to set an installation up.</summary>
public sealed record NewInstallation(string? Code, string? Name, string? Slug, string? Email, string? Password, bool RegistrationIsOpen);

/// <summary>
/// Sets up an empty installation: its first organization without an allowance, and the account that owns it and administers
/// the installation. Guarded by the code in the log; open once.
/// </summary>
public sealed class SetupService(
    IDbContextFactory<ConsoleDbContext> databases, AccountWriter writer, AccountCreation accounts, SetupCode code)
{
    /// <summary>Whether the installation waits for being set up.</summary>
    public async Task<bool> IsOpenAsync(CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await IsOpenAsync(db, ct);
    }

    /// <summary>Sets it up. A second call finds nothing to set up.</summary>
    public async Task<Result> RunAsync(Actor actor, NewInstallation typed, CancellationToken ct = default)
    {
        if (!await IsOpenAsync(ct))
        {
            return new NotFound();
        }

        var installation = typed with { Name = TextRules.Clean(typed.Name), Slug = Slug.Clean(typed.Slug), Email = TextRules.Clean(typed.Email) };
        var errors = Errors(installation).ToList();
        if (errors.Count > 0)
        {
            return new Invalid(errors);
        }

        var hash = accounts.Hash(installation.Password!);
        return await writer.WriteAsync(actor, command => WriteAsync(command, installation, hash, ct), ct);
    }

    private static async Task<bool> IsOpenAsync(ConsoleDbContext db, CancellationToken ct) =>
        !await db.Installation.AnyAsync(ct) && !await db.Users.AnyAsync(ct);

    private IEnumerable<FieldError> Errors(NewInstallation typed)
    {
        // The code alone first: without it nobody learns what else is asked.
        if (!code.Is(typed.Code))
        {
            yield return new(nameof(typed.Code), "This is not the code in the log of the server's last start.");
            yield break;
        }

        if (TextRules.NameError(typed.Name!, "Organization name", OrganizationSettings.LongestName) is { } name)
        {
            yield return new(nameof(typed.Name), name);
        }

        if (Slug.Error(typed.Slug!, "Organization ID") is { } slug)
        {
            yield return new(nameof(typed.Slug), slug);
        }

        if (EmailAddress.Problem(typed.Email!) is { } email)
        {
            yield return new(nameof(typed.Email), email);
        }

        if (PasswordRules.Error(typed.Password, typed.Email!) is { } password)
        {
            yield return new(nameof(typed.Password), password);
        }
    }

    private async Task<Result> WriteAsync(AccountCommand command, NewInstallation typed, string passwordHash, CancellationToken ct)
    {
        // Of two at the same moment the second one finds the only row of settings taken, and looks here again.
        if (!await IsOpenAsync(command.Db, ct))
        {
            return new NotFound();
        }

        var (db, now) = (command.Db, command.NowUtc);
        var settings = new InstallationSettings(now);
        settings.Change(typed.RegistrationIsOpen, everybodyCreatesOrganizations: false);
        db.Installation.Add(settings);
        var owner = accounts.AddHashed(db, typed.Email!, passwordHash, isConfirmed: true, now);
        owner.IsInstallationAdministrator = true;
        var person = command.Actor with { UserId = owner.Id, Name = owner.Email!, Kind = AuditActorKind.Person };
        OrganizationCreation.Add(db, person, owner.Id, typed.Slug!, typed.Name!, projectAllowance: null, now);
        db.AuditEntries.Add(new AuditEntry(
            person.InAudit(null, null, now), AuditActions.InstallationSetUp, new AuditObject("installation", null, "installation"), AuditResult.Done));
        return Result.Ok;
    }
}
