using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Moving;
using ProjectConsole.Features.Resources;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.PersonalSpaces;

/// <summary>Reads what people who left an organization had outside every project, for those who manage its members.</summary>
public sealed class FormerSpacesService(IDbContextFactory<ConsoleDbContext> databases, AccessControl access)
{
    /// <summary>The most spaces that are listed; those that are kept the shortest come first.</summary>
    public const int Most = 200;

    /// <summary>The spaces in which anything is left, by when they end.</summary>
    public async Task<Result<IReadOnlyList<FormerSpaceRow>>> ListAsync(Actor actor, Guid organizationId, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var organization = await access.InOrganizationAsync(db, actor, organizationId, ct);
        if (AccessRefusal.InOrganization(organization, Permissions.MembersManage) is { } refusal)
        {
            return refusal;
        }

        return (await Kept(db, organization!).OrderBy(space => space.LeftUtc).Take(Most)
                .Select(space => new { Space = space, Count = db.Resources.Count(resource => resource.OwnerId == space.Id) }).ToListAsync(ct))
            .ConvertAll(row => RowOf(row.Space, row.Count));
    }

    /// <summary>One of them with what is in it, at most as much as is moved at once.</summary>
    public async Task<Result<FormerSpace>> OpenAsync(Actor actor, Guid organizationId, Guid spaceId, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var organization = await access.InOrganizationAsync(db, actor, organizationId, ct);
        if (AccessRefusal.InOrganization(organization, Permissions.MembersManage) is { } refusal)
        {
            return refusal;
        }

        if (await Kept(db, organization!).FirstOrDefaultAsync(space => space.Id == spaceId, ct) is not { } found)
        {
            return new NotFound();
        }

        var all = db.Resources.AsNoTracking().Where(resource => resource.OwnerId == spaceId);
        var rows = await all.OrderBy(resource => resource.Kind).ThenBy(resource => resource.Name).Take(MovingService.MostAtOnce).ToListAsync(ct);
        return new FormerSpace(RowOf(found, await all.CountAsync(ct)), rows.ConvertAll(ResourceRow.Of));
    }

    private static IQueryable<PersonalSpace> Kept(ConsoleDbContext db, OrganizationAccess organization)
    {
        var (organizationId, leftAfter) = (organization.Id, organization.Access.Facts.Now - PersonalSpace.KeptFor);
        return db.PersonalSpaces.AsNoTracking()
            .Where(space => space.OrganizationId == organizationId && space.LeftUtc > leftAfter && db.Resources.Any(resource => resource.OwnerId == space.Id));
    }

    private static FormerSpaceRow RowOf(PersonalSpace space, int resources) => new(space.Id, space.UserName, space.LeftUtc!.Value, space.KeptUntilUtc!.Value, resources);
}

/// <summary>What somebody who left had.</summary>
/// <param name="Id">The space.</param>
/// <param name="Person">That person's address at that time.</param>
/// <param name="LeftUtc">When that was, UTC.</param>
/// <param name="KeptUntilUtc">Until when it is kept, UTC.</param>
/// <param name="Resources">How many resources are in it.</param>
public sealed record FormerSpaceRow(Guid Id, string Person, DateTime LeftUtc, DateTime KeptUntilUtc, int Resources);

/// <summary>What somebody who left had, with what is in it.</summary>
/// <param name="Row">The space.</param>
/// <param name="Resources">The first of its resources, by kind and name.</param>
public sealed record FormerSpace(FormerSpaceRow Row, IReadOnlyList<ResourceRow> Resources);
