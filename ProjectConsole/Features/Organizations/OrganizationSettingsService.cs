using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Organizations;

/// <summary>The settings of an organization that its Owners and Admins edit.</summary>
public sealed class OrganizationSettingsService(IDbContextFactory<ConsoleDbContext> databases, AccessControl access, ConsoleWriter writer)
{
    /// <summary>The settings as they are.</summary>
    public async Task<Result<SettingsView>> GetAsync(Actor actor, Guid organizationId, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var entered = await access.InOrganizationAsync(db, actor, organizationId, ct);
        if (AccessRefusal.InOrganization(entered, Permissions.OrganizationView) is { } refusal)
        {
            return refusal;
        }

        var organization = await db.Organizations.AsNoTracking().FirstAsync(row => row.Id == organizationId, ct);
        return new SettingsView(SettingsOf(organization), organization.Version, organization.CreatedUtc);
    }

    /// <summary>Replaces the settings.</summary>
    /// <param name="actor">Who acts.</param>
    /// <param name="organizationId">The organization.</param>
    /// <param name="typed">What the person typed.</param>
    /// <param name="version">The edit token under which the settings were read; null to save over what others did.</param>
    /// <param name="ct">Ends the command.</param>
    public Task<Result<Guid>> ChangeAsync(Actor actor, Guid organizationId, OrganizationSettings typed, Guid? version, CancellationToken ct = default) =>
        writer.WriteAsync(
            actor,
            CommandTarget.InOrganization(organizationId, Permissions.OrganizationUpdate, AuditActions.OrganizationChanged, CommandLock.Access),
            async command => await ChangeAsync(command, typed, version, ct),
            ct);

    /// <summary>What the settings would change for people outside the organization.</summary>
    public Task<Result<AccessChange>> PreviewAsync(Actor actor, Guid organizationId, OrganizationSettings typed, CancellationToken ct = default) =>
        writer.WriteAccessAsync(
            actor with { DryRun = true },
            CommandTarget.InOrganization(organizationId, Permissions.OrganizationUpdate, AuditActions.OrganizationChanged, CommandLock.Access),
            async command => await ChangeAsync(command, typed, null, ct) is { Succeeded: false, Error: var refusal } ? refusal : Result.Ok,
            ct);

    private static async Task<Result<Guid>> ChangeAsync(Command command, OrganizationSettings typed, Guid? version, CancellationToken ct)
    {
        var organization = await command.Db.Organizations.FirstAsync(row => row.Id == command.Organization.Id, ct);
        if (version is not null && organization.Version != version)
        {
            return new Stale();
        }

        var settings = OrganizationSettings.Check(typed);
        if (!settings.Succeeded)
        {
            return settings.Error;
        }

        var before = SettingsOf(organization);
        if (before.AllowsExternalCollaborators != settings.Value.AllowsExternalCollaborators)
        {
            await command.AffectsAsync(GrantsOutside(command), ct);
        }

        if (before != settings.Value)
        {
            organization.Change(settings.Value);
            command.Audit(AuditActions.OrganizationChanged, OrganizationsService.ObjectOf(organization), before, settings.Value);
        }

        return organization.Version;
    }

    private static IQueryable<Grant> GrantsOutside(Command command)
    {
        var (db, organizationId) = (command.Db, command.Organization.Id);
        return db.Grants.Where(grant => grant.OrganizationId == organizationId && db.Principals.Any(principal => principal.Id == grant.PrincipalId
            && !db.Members.Any(member => member.OrganizationId == organizationId && member.UserId == principal.UserId)));
    }

    private static OrganizationSettings SettingsOf(Organization organization) => new()
    {
        Name = organization.Name,
        ProjectCreation = organization.ProjectCreation,
        ProjectsPerPerson = organization.ProjectsPerPerson,
        ProjectIdPattern = organization.ProjectIdPattern,
        ProjectIdHint = organization.ProjectIdHint,
        AllowsExternalCollaborators = organization.AllowsExternalCollaborators,
        Joining = organization.Joining,
        AllowsGrantsBesideTeams = organization.AllowsGrantsBesideTeams,
        IdleSignOutMinutes = organization.IdleSignOutMinutes,
        LongestKeyLifeDays = organization.LongestKeyLifeDays,
    };
}

/// <summary>The settings of an organization.</summary>
/// <param name="Settings">What can be edited.</param>
/// <param name="Version">The edit token under which they were read.</param>
/// <param name="CreatedUtc">Since when the organization exists.</param>
public sealed record SettingsView(OrganizationSettings Settings, Guid Version, DateTime CreatedUtc);
