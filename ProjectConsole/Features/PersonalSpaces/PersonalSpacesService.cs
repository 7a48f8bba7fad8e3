using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Security;

namespace ProjectConsole.Features.PersonalSpaces;

/// <summary>Reads what people own outside projects.</summary>
public sealed class PersonalSpacesService(IDbContextFactory<ConsoleDbContext> databases, AccessControl access)
{
    /// <summary>The spaces of the actor: one in each organization that has the actor as a member.</summary>
    public async Task<IReadOnlyList<OwnSpaceRow>> MineAsync(Actor actor, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var userId = actor.UserId;
        var enterable = access.EnterableOrganizations(db, actor);
        var organizations = await (from organization in db.Organizations
                                   where enterable.Contains(organization.Id) && db.Members.Any(member => member.OrganizationId == organization.Id && member.UserId == userId)
                                   orderby organization.SearchText
                                   select new { organization.Id, organization.Slug, organization.Name }).ToListAsync(ct);
        var spaces = organizations.ConvertAll(organization => PersonalSpace.IdOf(organization.Id, userId));
        var counts = await db.Resources.Where(resource => spaces.Contains(resource.OwnerId)).GroupBy(resource => resource.OrganizationId)
            .Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, ct);
        return organizations.ConvertAll(organization => new OwnSpaceRow(organization.Slug, organization.Name, counts.GetValueOrDefault(organization.Id)));
    }
}

/// <summary>A personal space of the person who looks.</summary>
/// <param name="Slug">The organization's slug.</param>
/// <param name="Name">The organization's name.</param>
/// <param name="Resources">How many resources are in it.</param>
public sealed record OwnSpaceRow(string Slug, string Name, int Resources);
