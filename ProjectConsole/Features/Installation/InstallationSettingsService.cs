using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Installation;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Installation;

/// <summary>The settings of the installation.</summary>
public sealed class InstallationSettingsService(IDbContextFactory<ConsoleDbContext> databases, AccessControl access, ConsoleWriter writer)
{
    /// <summary>Whether the actor answers for the installation.</summary>
    public async Task<bool> MayManageAsync(Actor actor, CancellationToken ct = default) =>
        (await access.InInstallationAsync(actor, ct)).May(Permissions.InstallationManage);

    /// <summary>The settings as they are.</summary>
    public async Task<Result<InstallationView>> GetAsync(Actor actor, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (AccessRefusal.InInstallation(await access.InInstallationAsync(db, actor), Permissions.InstallationManage) is { } refusal)
        {
            return refusal;
        }

        return await db.Installation.AsNoTracking().FirstOrDefaultAsync(ct) is { } settings ? View(settings) : new NotFound();
    }

    /// <summary>Replaces the settings.</summary>
    /// <param name="actor">Who acts.</param>
    /// <param name="registrationIsOpen">Whether strangers may register an account.</param>
    /// <param name="everybodyCreatesOrganizations">Whether everybody may create organizations.</param>
    /// <param name="version">The edit token under which they were read; null to save over what others did.</param>
    /// <param name="ct">Ends the command.</param>
    public Task<Result<InstallationView>> ChangeAsync(
        Actor actor, bool registrationIsOpen, bool everybodyCreatesOrganizations, Guid? version, CancellationToken ct = default) => writer.WriteAsync<InstallationView>(
        actor,
        CommandTarget.InInstallation(Permissions.InstallationManage, AuditActions.InstallationChanged),
        async command =>
        {
            if (await command.Db.Installation.FirstOrDefaultAsync(ct) is not { } settings)
            {
                return new NotFound();
            }

            if (version is not null && settings.Version != version)
            {
                return new Stale();
            }

            var before = new { settings.RegistrationIsOpen, settings.EverybodyCreatesOrganizations };
            var after = new { RegistrationIsOpen = registrationIsOpen, EverybodyCreatesOrganizations = everybodyCreatesOrganizations };
            if (!before.Equals(after))
            {
                settings.Change(registrationIsOpen, everybodyCreatesOrganizations);
                command.Audit(AuditActions.InstallationChanged, new AuditObject("installation", null, "installation"), before, after);
            }

            return View(settings);
        },
        ct);

    private static InstallationView View(InstallationSettings settings) =>
        new(settings.RegistrationIsOpen, settings.EverybodyCreatesOrganizations, settings.SetUpUtc, settings.Version);
}

/// <summary>The settings of the installation.</summary>
/// <param name="RegistrationIsOpen">Whether strangers may register an account.</param>
/// <param name="EverybodyCreatesOrganizations">Whether everybody may create organizations.</param>
/// <param name="SetUpUtc">When it was set up.</param>
/// <param name="Version">The edit token under which they were read.</param>
public sealed record InstallationView(bool RegistrationIsOpen, bool EverybodyCreatesOrganizations, DateTime SetUpUtc, Guid Version);
