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
            .Select(resource => new { resource.CreatedBy, resource.CreatedByName, resource.LabelText }).Distinct().ToListAsync(ct);
        var shared = query is { Page.Number: 1, CreatedBy: null } ? await SharedAsync(db, Received(db, rights, kind, query), 0, MostShared + 1, ct) : [];
        return new ResourceList(
            await PageAsync(db, rights, kind, Matching(all, query), query, ct),
            InOrder(kind, states),
            LabelsOf(lately.Select(row => row.LabelText)),
            CreatorsOf(lately.Select(row => new ResourceCreator(row.CreatedBy, row.CreatedByName))),
            rights.May(kind, "create"))
        {
            Shared = [.. shared.Take(MostShared)],
            HasMoreShared = shared.Count > MostShared,
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

    /// <summary>The labels that a filter offers, of texts in which resources keep theirs.</summary>
    internal static IReadOnlyList<string> LabelsOf(IEnumerable<string> texts) =>
        [.. texts.SelectMany(text => text.Split('\n', StringSplitOptions.RemoveEmptyEntries)).Distinct().Order(StringComparer.OrdinalIgnoreCase).Take(MostChoices)];

    /// <summary>The people whom a filter offers.</summary>
    internal static IReadOnlyList<ResourceCreator> CreatorsOf(IEnumerable<ResourceCreator> creators) =>
        [.. creators.Distinct().OrderBy(creator => creator.Name, StringComparer.OrdinalIgnoreCase).Take(MostChoices)];

    // What counts as one of the project's for those who see its kind here. Whoever made it is no filter: that is told to nobody here.
    private static IQueryable<Resource> Received(ConsoleDbContext db, ResourceRights rights, ResourceKind kind, ResourceQuery query)
    {
        var kindName = kind.Name;
        return ResourceReach.Received(db, rights, [ShareLevel.View, ShareLevel.Use], resources => Matching(resources.Where(resource => resource.Kind == kindName), query));
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

    private static IQueryable<Resource> Matching(IQueryable<Resource> resources, ResourceQuery query)
    {
        if (TextRules.Clean(query.Search) is { Length: > 0 } search)
        {
            var pattern = TextRules.LikePattern(TextRules.Fold(search));
            resources = resources.Where(resource => EF.Functions.Like(resource.Name, pattern, @"\"));
        }

        if (query.State is { } state)
        {
            resources = resources.Where(resource => resource.State == state);
        }

        if (query.Label is { Length: > 0 } label)
        {
            var pattern = TextRules.LikePattern(Resource.LabelPattern(label));
            resources = resources.Where(resource => EF.Functions.Like(resource.LabelText, pattern, @"\"));
        }

        return query.CreatedBy is { } creator ? resources.Where(resource => resource.CreatedBy == creator) : resources;
    }

    private static async Task<Page<ResourceRow>> PageAsync(
        ConsoleDbContext db, ResourceRights rights, ResourceKind kind, IQueryable<Resource> matching, ResourceQuery query, CancellationToken ct)
    {
        // Far behind, more would be held than is shown.
        var isOfFirst = query.Page.Skip <= MostCounted;
        var (rows, total, isCapped) = isOfFirst && query.Label is { Length: > 0 } ? await LabelledAsync(db, rights.Owner.Id, matching, query, ct) : await FoundAsync(matching, query, ct);
        return new Page<ResourceRow>(
            [.. rows.Take(query.Page.Size).Select(resource => ResourceRow.Of(resource) with { Acts = ResourceActs.Of(rights, kind, resource.CreatedBy) })],
            total, query.Page.Number, query.Page.Size)
        {
            IsCapped = isCapped,
        };
    }

    private static async Task<(List<Resource> Rows, int Total, bool IsCapped)> FoundAsync(IQueryable<Resource> matching, ResourceQuery query, CancellationToken ct)
    {
        var rows = await Ordered(matching, query).Skip(query.Page.Skip).Take(query.Page.Size + 1).ToListAsync(ct);
        var (total, isCapped) = await CountAsync(matching, query.Page, rows.Count, ct);
        return (rows, total, isCapped);
    }

    // No index holds the labels, so that every resource of the kind is read for them: once, for the page and the number together.
    private static async Task<(List<Resource> Rows, int Total, bool IsCapped)> LabelledAsync(
        ConsoleDbContext db, Guid ownerId, IQueryable<Resource> matching, ResourceQuery query, CancellationToken ct)
    {
        var most = Math.Max(MostCounted, query.Page.Skip + query.Page.Size) + 1;
        var ids = await Ordered(matching, query).Select(resource => resource.Id).Take(most).ToListAsync(ct);
        var ofPage = ids.Skip(query.Page.Skip).Take(query.Page.Size).ToList();
        var rows = ofPage.Count == 0 ? [] : await db.Resources.AsNoTracking().Where(resource => ofPage.Contains(resource.Id)).ToListAsync(ct);
        var (total, isCapped) = ids.Count < most ? (ids.Count, false) : (MostCounted, true);
        // By their ids alone, or SQLite reads the kind once more; what was moved away since is another owner's.
        return ([.. rows.Where(resource => resource.OwnerId == ownerId).OrderBy(resource => ofPage.IndexOf(resource.Id))], total, isCapped);
    }

    /// <summary>How many match, and whether that is only what was counted.</summary>
    /// <param name="matching">What matches.</param>
    /// <param name="page">The page.</param>
    /// <param name="found">How many were found from the page's first on, of one more than it holds.</param>
    /// <param name="ct">Ends it.</param>
    internal static async Task<(int Total, bool IsCapped)> CountAsync(IQueryable<Resource> matching, PageRequest page, int found, CancellationToken ct)
    {
        if (found <= page.Size && (found > 0 || page.Skip == 0))
        {
            return (page.Skip + found, false);
        }

        // Beyond the end the exact total leads back; before it, that there are many is enough.
        var total = found == 0 ? await matching.CountAsync(ct) : await matching.Take(MostCounted + 1).CountAsync(ct);
        return found > 0 && total > MostCounted ? (MostCounted, true) : (total, false);
    }

    // Names are unique within a kind, so that each order is whole.
    private static IQueryable<Resource> Ordered(IQueryable<Resource> resources, ResourceQuery query) => (query.Sort, query.IsReversed) switch
    {
        (ResourceSort.State, false) => resources.OrderBy(resource => resource.State).ThenBy(resource => resource.Name),
        (ResourceSort.State, true) => resources.OrderByDescending(resource => resource.State).ThenByDescending(resource => resource.Name),
        (ResourceSort.Created, false) => resources.OrderByDescending(resource => resource.CreatedUtc).ThenByDescending(resource => resource.Name),
        (ResourceSort.Created, true) => resources.OrderBy(resource => resource.CreatedUtc).ThenBy(resource => resource.Name),
        (ResourceSort.LastUsed, false) => resources.OrderByDescending(resource => resource.LastUsedUtc).ThenByDescending(resource => resource.Name),
        (ResourceSort.LastUsed, true) => resources.OrderBy(resource => resource.LastUsedUtc).ThenBy(resource => resource.Name),
        (_, true) => resources.OrderByDescending(resource => resource.Name),
        _ => resources.OrderBy(resource => resource.Name),
    };
}
