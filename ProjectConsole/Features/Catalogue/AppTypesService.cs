using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Catalogue;

/// <summary>The list of app types that an organization keeps.</summary>
public sealed class AppTypesService(IDbContextFactory<ConsoleDbContext> databases, AccessControl access, ConsoleWriter writer)
{
    /// <summary>The list as it is.</summary>
    public async Task<Result<AppTypesView>> GetAsync(Actor actor, Guid organizationId, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (AccessRefusal.InOrganization(await access.InOrganizationAsync(db, actor, organizationId, ct), Permissions.CatalogueView) is { } refusal)
        {
            return refusal;
        }

        var organization = await db.Organizations.AsNoTracking().FirstAsync(row => row.Id == organizationId, ct);
        return new AppTypesView(organization.AppTypes, organization.Version);
    }

    /// <summary>How many apps of the organization are of a type, in all projects and personal spaces: they stay when it is taken off the list.</summary>
    public async Task<Result<int>> CountAppsAsync(Actor actor, Guid organizationId, string name, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (AccessRefusal.InOrganization(await access.InOrganizationAsync(db, actor, organizationId, ct), Permissions.CatalogueManage) is { } refusal)
        {
            return refusal;
        }

        // The fields are one text, which the database does not look into.
        string[] kinds = [.. ResourceKinds.All.Where(kind => kind.HasAppTypes).Select(kind => kind.Name)];
        return await db.Resources.Where(resource => resource.OrganizationId == organizationId && kinds.Contains(resource.Kind))
            .Select(resource => new { resource.Kind, resource.SpecText }).AsAsyncEnumerable()
            .CountAsync(row => ResourceKinds.Get(row.Kind).Fields.Any(field => field.IsAppType && ResourceSpec.Parse(row.SpecText).Text(field.Name) == name), ct);
    }

    /// <summary>Replaces the list. Apps of a type that is no longer in it stay as they are.</summary>
    /// <param name="actor">Who acts.</param>
    /// <param name="organizationId">The organization.</param>
    /// <param name="typed">The whole list, in the order in which people read it.</param>
    /// <param name="version">The edit token under which the list was read; null to save over what others did.</param>
    /// <param name="ct">Ends the command.</param>
    public Task<Result> ReplaceAsync(Actor actor, Guid organizationId, IReadOnlyList<FieldChoice> typed, Guid? version, CancellationToken ct = default) =>
        writer.WriteAsync(
            actor,
            // Exclusive: nobody makes an app of a type that is being taken off.
            CommandTarget.InOrganization(organizationId, Permissions.CatalogueManage, AuditActions.AppTypesChanged, CommandLock.Exclusive),
            async command =>
            {
                var organization = await command.Db.Organizations.FirstAsync(row => row.Id == organizationId, ct);
                if (version is not null && organization.Version != version)
                {
                    return new Stale();
                }

                var types = AppTypeRules.Check(typed);
                if (!types.Succeeded)
                {
                    return types.Error;
                }

                var before = organization.AppTypes;
                if (!before.SequenceEqual(types.Value))
                {
                    organization.Offer(types.Value);
                    command.Audit(AuditActions.AppTypesChanged, new AuditObject("organization", organization.Id, organization.Name), StateOf(before), StateOf(types.Value));
                }

                return Result.Ok;
            },
            ct);

    private static object StateOf(IReadOnlyList<FieldChoice> types) => new { AppTypes = types.ToDictionary(type => type.Name, type => type.Title) };
}

/// <summary>The app types of an organization.</summary>
/// <param name="Types">In the order in which people read them.</param>
/// <param name="Version">The edit token under which they were read: the organization's.</param>
public sealed record AppTypesView(IReadOnlyList<FieldChoice> Types, Guid Version);
