using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Keys;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Resources;

/// <summary>Finds what of an owner nobody used for a while, and what failed: candidates to be deleted.</summary>
public sealed class CleanupService(IDbContextFactory<ConsoleDbContext> databases, ResourceDoor door, TimeProvider clock)
{
    // Up to so many creators are looked up by their ids: parameters of one statement are limited.
    private const int MostAtOnce = 500;

    // No name of a broken state is the name of a sound one of another kind; a test holds it.
    internal static readonly string[] FailedStates =
        [.. ResourceKinds.All.SelectMany(kind => kind.Life.States).Where(state => state.Tone == StateTone.Bad).Select(state => state.Name).Distinct()];

    /// <summary>The resources of the kinds that the actor sees which nobody used for the query's days, or which failed.</summary>
    public async Task<Result<CleanupList>> ListAsync(Actor actor, ResourceOwner owner, CleanupQuery query, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await door.OpenAsync(actor, db, owner, ct) is not { } rights)
        {
            return new NotFound();
        }

        var candidates = Candidates(db, rights, query);
        var kinds = await candidates.GroupBy(resource => resource.Kind).Select(group => new KindTotal(group.Key, group.Count())).ToListAsync(ct);
        var matching = await MatchingAsync(db, owner, candidates, query, ct);
        var page = query.Page;
        var rows = matching is null ? [] : await matching.OrderBy(resource => resource.LastUsedUtc).ThenBy(resource => resource.Kind).ThenBy(resource => resource.Name)
            .Skip(page.Skip).Take(page.Size).ToListAsync(ct);
        // What the kinds tell is exact.
        var isNarrowed = query.Search != "" || query.IsCreatorGone;
        var total = matching is null ? 0
            : isNarrowed ? await matching.Take(ResourceListService.MostCounted + 1).CountAsync(ct)
            : kinds.Where(kind => query.Kind is null || kind.Kind == query.Kind).Sum(kind => kind.Count);
        var isCapped = isNarrowed && total > ResourceListService.MostCounted;
        var here = await HereAsync(db, owner.OrganizationId, [.. rows.Select(resource => resource.CreatedBy).Distinct()], ct);
        var order = ResourceKinds.All.Select(kind => kind.Name).ToList();
        return new CleanupList(
            new Page<CleanupRow>([.. rows.Select(resource => RowOf(rights, resource, here))], isCapped ? ResourceListService.MostCounted : total, page.Number, page.Size)
            {
                IsCapped = isCapped,
            },
            [.. kinds.OrderBy(kind => order.IndexOf(kind.Kind))]);
    }

    private IQueryable<Resource> Candidates(ConsoleDbContext db, ResourceRights rights, CleanupQuery query)
    {
        string[] seen = [.. ResourceKinds.All.Where(kind => rights.May(kind, "view")).Select(kind => kind.Name)];
        var (ownerId, before, failed) = (rights.Owner.Id, clock.GetUtcNow().UtcDateTime.AddDays(-query.Days), FailedStates);
        var resources = db.Resources.AsNoTracking().Where(resource => resource.OwnerId == ownerId);
        // A list of all kinds would lead SQLite away from the order of the page.
        if (seen.Length < ResourceKinds.All.Count)
        {
            resources = resources.Where(resource => seen.Contains(resource.Kind));
        }

        return query.Reason switch
        {
            CleanupReason.Unused => resources.Where(resource => resource.LastUsedUtc < before),
            CleanupReason.Failed => resources.Where(resource => failed.Contains(resource.State)),
            _ => resources.Where(resource => resource.LastUsedUtc < before || failed.Contains(resource.State)),
        };
    }

    // Null where nothing can match.
    private async Task<IQueryable<Resource>?> MatchingAsync(
        ConsoleDbContext db, ResourceOwner owner, IQueryable<Resource> candidates, CleanupQuery query, CancellationToken ct)
    {
        if (query.Search is { Length: > 0 } search)
        {
            var pattern = TextRules.LikePattern(TextRules.Fold(search));
            candidates = candidates.Where(resource => EF.Functions.Like(resource.Name, pattern, @"\"));
        }

        if (query.Kind is { } kind)
        {
            candidates = candidates.Where(resource => resource.Kind == kind);
        }

        if (query.IsCreatorGone)
        {
            // Each creator is looked up once, not with each resource: of all that the owner has, which SQLite finds in as many steps as
            // there are, and only of what is shown where those are too many.
            var some = await db.Resources.Where(resource => resource.OwnerId == owner.Id).Select(resource => resource.CreatedBy).Distinct().Take(MostAtOnce + 1).ToArrayAsync(ct);
            if (some.Length <= MostAtOnce)
            {
                var gone = some.Except(await HereAsync(db, owner.OrganizationId, some, ct)).ToArray();
                return gone.Length == 0 ? null : candidates.Where(resource => gone.Contains(resource.CreatedBy));
            }

            var creators = candidates.Select(resource => resource.CreatedBy).Distinct();
            var (people, keys) = (PeopleHere(db, owner.OrganizationId), KeysInForce(db, owner.OrganizationId));
            var ofGone = creators.Where(creator => !people.Any(user => user.Id == creator) && !keys.Any(key => key.Id == creator));
            return candidates.Where(resource => ofGone.Contains(resource.CreatedBy));
        }

        return candidates;
    }

    // Who of these people and keys still is in the organization.
    private Task<List<Guid>> HereAsync(ConsoleDbContext db, Guid organizationId, Guid[] creators, CancellationToken ct) =>
        PeopleHere(db, organizationId).Where(user => creators.Contains(user.Id)).Select(user => user.Id)
            .Concat(KeysInForce(db, organizationId).Where(key => creators.Contains(key.Id)).Select(key => key.Id)).ToListAsync(ct);

    // Members, and people from outside who hold something here. Looked up for each person: to list everybody who holds something
    // would be to read every grant of the organization.
    private IQueryable<User> PeopleHere(ConsoleDbContext db, Guid organizationId)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return db.Users.Where(user =>
            db.Members.Any(member => member.OrganizationId == organizationId && member.UserId == user.Id)
            || db.Principals.Any(principal => principal.UserId == user.Id && db.Grants.Any(grant =>
                grant.OrganizationId == organizationId && grant.PrincipalId == principal.Id && (grant.ExpiresUtc == null || grant.ExpiresUtc > now))));
    }

    // What a project key makes is the key's own.
    private IQueryable<ProjectKey> KeysInForce(ConsoleDbContext db, Guid organizationId)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return db.ProjectKeys.Where(key => key.OrganizationId == organizationId && key.RevokedUtc == null && (key.ExpiresUtc == null || key.ExpiresUtc > now));
    }

    private static CleanupRow RowOf(ResourceRights rights, Resource resource, List<Guid> here) => new(
        ResourceRow.Of(resource) with { Acts = ResourceActs.Of(rights, ResourceKinds.Get(resource.Kind), resource.CreatedBy) },
        !here.Contains(resource.CreatedBy));
}
