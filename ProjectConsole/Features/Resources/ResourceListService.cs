using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Resources;

/// <summary>Reads what an owner has: by kind and state, and as the list of one kind.</summary>
public sealed class ResourceListService(IDbContextFactory<ConsoleDbContext> databases, ResourceDoor door)
{
    /// <summary>The most labels and people that filters offer.</summary>
    public const int MostChoices = 50;

    // Of so many resources the labels and creators are offered as filters.
    private const int MostAsked = 1_000;

    /// <summary>The most resources of other projects that a list shows.</summary>
    public const int MostShared = 50;

    /// <summary>Counting stops here: for a page of many thousand matches it takes longer than the page itself.</summary>
    public const int MostCounted = 1_000;

    /// <summary>How many there are of each kind that the actor sees, by state.</summary>
    public async Task<Result<ResourceOverview>> OverviewAsync(Actor actor, ResourceOwner owner, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await door.OpenAsync(actor, db, owner, ct) is not { } rights)
        {
            return new NotFound();
        }

        var ownerId = owner.Id;
        var counts = await db.Resources.Where(resource => resource.OwnerId == ownerId).GroupBy(resource => new { resource.Kind, resource.State })
            .Select(group => new { group.Key.Kind, group.Key.State, Count = group.Count() }).ToListAsync(ct);
        var byKind = counts.ToLookup(count => count.Kind);
        var kinds = ResourceKinds.Of(owner);
        return new ResourceOverview([.. kinds.Where(kind => rights.May(kind, "view")).Select(kind => new KindCount(
            kind.Name, InOrder(kind, byKind[kind.Name].Select(count => new StateCount(count.State, count.Count))), rights.May(kind, "create")))]);
    }

    /// <summary>The resources of one kind.</summary>
    public async Task<Result<ResourceList>> ListAsync(Actor actor, ResourceOwner owner, ResourceKind kind, ResourceQuery query, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await door.OpenAsync(actor, db, owner, ct) is not { } rights || rights.Refusal(kind, "view") is not null)
        {
            return new NotFound();
        }

        var (ownerId, kindName) = (owner.Id, kind.Name);
        var all = db.Resources.AsNoTracking().Where(resource => resource.OwnerId == ownerId && resource.Kind == kindName);
        var states = await all.GroupBy(resource => resource.State).Select(group => new StateCount(group.Key, group.Count())).ToListAsync(ct);
        // Of what was used last: a kind of which there are many is not read whole for what its filters offer.
        var lately = await all.OrderByDescending(resource => resource.LastUsedUtc).Take(MostAsked)
            .Select(resource => new { resource.CreatedBy, resource.CreatedByName, resource.Labels }).ToListAsync(ct);
        var shared = query is { Page.Number: 1, CreatedBy: null } ? await SharedAsync(db, Received(db, rights, kind, query), 0, MostShared + 1, ct) : [];
        return new ResourceList(
            await PageAsync(db, rights, kind, query, ct),
            InOrder(kind, states),
            LabelsOf(lately.SelectMany(row => row.Labels)),
            CreatorsOf(lately.Select(row => new ResourceCreator(row.CreatedBy, row.CreatedByName))),
            rights.May(kind, "create"))
        {
            Shared = [.. shared.Take(MostShared)],
            HasMoreShared = shared.Count > MostShared,
            AppTypes = await OfferedAppTypes.OfAsync(db, owner.OrganizationId, kind, ct),
        };
    }

    /// <summary>A part of what others share with the owner of one kind, for programs.</summary>
    public async Task<Result<Page<SharedResource>>> ListSharedAsync(
        Actor actor, ResourceOwner owner, ResourceKind kind, ResourceQuery query, PageRequest page, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await door.OpenAsync(actor, db, owner, ct) is not { } rights || rights.Refusal(kind, "view") is not null)
        {
            return new NotFound();
        }

        var received = Received(db, rights, kind, query);
        return query.CreatedBy is not null
            ? new Page<SharedResource>([], 0, page.Number, page.Size)
            : new Page<SharedResource>(await SharedAsync(db, received, page.Skip, page.Size, ct), await received.CountAsync(ct), page.Number, page.Size);
    }

    /// <summary>The labels that a filter offers.</summary>
    internal static IReadOnlyList<string> LabelsOf(IEnumerable<string> labels) =>
        [.. labels.Distinct().Order(StringComparer.OrdinalIgnoreCase).Take(MostChoices)];

    /// <summary>The people whom a filter offers.</summary>
    internal static IReadOnlyList<ResourceCreator> CreatorsOf(IEnumerable<ResourceCreator> creators) =>
        [.. creators.Distinct().OrderBy(creator => creator.Name, StringComparer.OrdinalIgnoreCase).Take(MostChoices)];

    // What counts as one of the project's for those who see its kind here. Whoever made it is no filter: that is told to nobody here.
    private static IQueryable<Resource> Received(ConsoleDbContext db, ResourceRights rights, ResourceKind kind, ResourceQuery query)
    {
        var kindName = kind.Name;
        return ResourceReach.Received(db, rights, [ShareLevel.View, ShareLevel.Use], resources => query.Filter.Of(db, resources.Where(resource => resource.Kind == kindName)));
    }

    private static async Task<List<SharedResource>> SharedAsync(ConsoleDbContext db, IQueryable<Resource> received, int skip, int most, CancellationToken ct)
    {
        var rows = await ResourceReach.Sourced(db, received.AsNoTracking()).OrderBy(row => row.Resource.Name).ThenBy(row => row.Slug).Skip(skip).Take(most).ToListAsync(ct);
        return rows.ConvertAll(row => SharedResource.Of(row.Resource, new ShareSource(row.Slug ?? "", row.Name ?? "")));
    }

    private static IReadOnlyList<StateCount> InOrder(ResourceKind kind, IEnumerable<StateCount> states)
    {
        var order = kind.Life.States.Select(state => state.Name).ToList();
        return [.. states.OrderBy(state => order.IndexOf(state.State) is var index and >= 0 ? index : int.MaxValue)];
    }

    private static async Task<Page<ResourceRow>> PageAsync(ConsoleDbContext db, ResourceRights rights, ResourceKind kind, ResourceQuery query, CancellationToken ct)
    {
        var (ownerId, kindName) = (rights.Owner.Id, kind.Name);
        var matching = query.Filter.Of(db, listed => listed.Where(row => row.OwnerId == ownerId && row.Kind == kindName));
        var (rows, total, isCapped) = await ResourceSlice.ReadAsync(db, query.Filter, matching, _ => Ordered(matching, query), query.Page, ct);
        return new Page<ResourceRow>(
            [.. rows.Select(resource => ResourceRow.Of(resource) with { Acts = ResourceActs.Of(rights, kind, resource.CreatedBy) })], total, query.Page.Number, query.Page.Size)
        {
            IsCapped = isCapped,
        };
    }

    // Names are unique within a kind, so that each order is whole.
    private static IQueryable<ListedResource> Ordered(IQueryable<ListedResource> listed, ResourceQuery query) => (query.Sort, query.IsReversed) switch
    {
        (ResourceSort.State, false) => listed.OrderBy(row => row.Resource.State).ThenBy(row => row.Name),
        (ResourceSort.State, true) => listed.OrderByDescending(row => row.Resource.State).ThenByDescending(row => row.Name),
        (ResourceSort.Created, false) => listed.OrderByDescending(row => row.CreatedUtc).ThenByDescending(row => row.Name),
        (ResourceSort.Created, true) => listed.OrderBy(row => row.CreatedUtc).ThenBy(row => row.Name),
        (ResourceSort.LastUsed, false) => listed.OrderByDescending(row => row.LastUsedUtc).ThenByDescending(row => row.Name),
        (ResourceSort.LastUsed, true) => listed.OrderBy(row => row.LastUsedUtc).ThenBy(row => row.Name),
        (_, true) => listed.OrderByDescending(row => row.Name),
        _ => listed.OrderBy(row => row.Name),
    };
}
