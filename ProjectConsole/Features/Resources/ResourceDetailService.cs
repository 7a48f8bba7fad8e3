using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Resources;

/// <summary>Reads one resource with what is around it, and what fields may name.</summary>
public sealed class ResourceDetailService(IDbContextFactory<ConsoleDbContext> databases, ResourceDoor door)
{
    /// <summary>The most states of the history.</summary>
    public const int MostHistory = 50;

    /// <summary>The most resources beside it.</summary>
    public const int MostRelated = 50;

    /// <summary>The most resources that are named to whoever wants to delete what they depend on.</summary>
    public const int MostDependents = 20;

    /// <summary>The most resources that are looked into for those that a field may lead to.</summary>
    public const int MostLooked = 1_000;

    /// <summary>The most resources that a field offers at a time.</summary>
    public const int MostChoices = 50;

    /// <summary>One resource by its name.</summary>
    public async Task<Result<ResourceDetail>> GetAsync(Actor actor, ResourceOwner owner, ResourceKind kind, string name, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await door.OpenAsync(actor, db, owner, ct) is not { } rights || rights.Refusal(kind, "view") is not null)
        {
            return new NotFound();
        }

        if (name.Contains(ResourceReference.OfSource, StringComparison.Ordinal))
        {
            return await SharedAsync(db, rights, kind, name, ct) is { } shared ? shared with { AppTypes = await OfferedAppTypes.OfAsync(db, owner.OrganizationId, kind, ct) } : new NotFound();
        }

        var (ownerId, kindName) = (owner.Id, kind.Name);
        if (await db.Resources.AsNoTracking().FirstOrDefaultAsync(row => row.OwnerId == ownerId && row.Kind == kindName && row.Name == name, ct) is not { } resource)
        {
            return new NotFound();
        }

        var history = await db.ResourceStateChanges.Where(entered => entered.ResourceId == resource.Id).OrderByDescending(entered => entered.Id).Take(MostHistory)
            .Select(entered => new StateEntry(entered.State, entered.WhenUtc, entered.ByName, entered.Because)).ToListAsync(ct);
        var secrets = await db.ResourceSecrets.Where(secret => secret.ResourceId == resource.Id).Select(secret => secret.Field).ToListAsync(ct);
        var dependsOn = await RelatedAsync(db, rights, from link in db.ResourceLinks where link.FromId == resource.Id select new Related { Link = link, OtherId = link.ToId }, isNamedHere: true, ct);
        var links = db.ResourceLinks.Where(link => link.ToId == resource.Id);
        // The newest of them, by their ids: a pipeline has as many runs as there were nights.
        var users = from link in links.OrderByDescending(link => link.FromId).Take(MostRelated) select new Related { Link = link, OtherId = link.FromId };
        return new ResourceDetail(
            ResourceRow.Of(resource) with { Acts = ResourceActs.Of(rights, kind, resource.CreatedBy) }, resource.Description, resource.ChangedUtc, secrets, dependsOn,
            new RelatedResources(await RelatedAsync(db, rights, users, isNamedHere: false, ct), await links.CountAsync(ct)), history, rights.May(kind, "create"))
        {
            AppTypes = await OfferedAppTypes.OfAsync(db, owner.OrganizationId, kind, ct),
        };
    }

    /// <summary>The app types from which somebody chooses who makes a resource; none for a kind that has none.</summary>
    public async Task<Result<IReadOnlyList<FieldChoice>>> AppTypesAsync(Actor actor, ResourceOwner owner, ResourceKind kind, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await door.OpenAsync(actor, db, owner, ct) is not { } rights || rights.Refusal(kind, "create") is not null)
        {
            return new NotFound();
        }

        return (await OfferedAppTypes.OfAsync(db, owner.OrganizationId, kind, ct) ?? []).ToList();
    }

    // What hangs on it, how it came to be and who did it is told in its own project.
    private static async Task<ResourceDetail?> SharedAsync(ConsoleDbContext db, ResourceRights rights, ResourceKind kind, string address, CancellationToken ct)
    {
        var (slug, name, kindName) = (address[..address.IndexOf(ResourceReference.OfSource)], address[(address.IndexOf(ResourceReference.OfSource) + 1)..], kind.Name);
        IQueryable<Resource> Named(IQueryable<Resource> resources) => resources.Where(resource => resource.Kind == kindName && resource.Name == name);
        var found = await ResourceReach.Sourced(db, ResourceReach.Received(db, rights, [ShareLevel.View, ShareLevel.Use], Named).AsNoTracking())
            .Where(row => row.Slug == slug).FirstOrDefaultAsync(ct);
        if (found is null)
        {
            return null;
        }

        var (shared, source) = (found.Resource, new ShareSource(slug, found.Name ?? slug));
        var secrets = await db.ResourceSecrets.Where(secret => secret.ResourceId == shared.Id).Select(secret => secret.Field).ToListAsync(ct);
        return new ResourceDetail(SharedResource.Of(shared, source).Row, shared.Description, shared.ChangedUtc, secrets, [], new RelatedResources([], 0), [], false) { Source = source };
    }

    /// <summary>What names a resource of the owner: what is in use hinders its deletion, what is over does not.</summary>
    public async Task<Result<ResourceDependents>> ListDependentsAsync(
        Actor actor, ResourceOwner owner, ResourceKind kind, Guid resourceId, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var (ownerId, kindName) = (owner.Id, kind.Name);
        if (await door.OpenAsync(actor, db, owner, ct) is not { } rights || rights.Refusal(kind, "view") is not null)
        {
            return new NotFound();
        }

        if (!await db.Resources.AnyAsync(row => row.Id == resourceId && row.OwnerId == ownerId && row.Kind == kindName, ct))
        {
            return new NoSuchResource();
        }

        // Each once, however many of its fields name it.
        var all = from id in db.ResourceLinks.Where(link => link.ToId == resourceId).Select(link => link.FromId).Distinct()
                  join dependent in db.Resources on id equals dependent.Id
                  select dependent;
        return new ResourceDependents(
            await DependentsAsync(rights, ResourceUsers.Of(db, resourceId), isOver: false, ct), await DependentsAsync(rights, all, isOver: true, ct));
    }

    private static async Task<Dependents> DependentsAsync(ResourceRights rights, IQueryable<Resource> dependents, bool isOver, CancellationToken ct)
    {
        var counts = (await dependents.GroupBy(dependent => new { dependent.Kind, dependent.State })
            .Select(group => new { group.Key.Kind, group.Key.State, Count = group.Count() }).ToListAsync(ct))
            .FindAll(count => ResourceKinds.Get(count.Kind).Life.Of(count.State).IsEnded == isOver);
        if (counts.Count == 0)
        {
            return new Dependents([], 0);
        }

        // A state is over in one kind and not in another.
        string[] states = [.. counts.Select(count => $"{count.Kind}/{count.State}")];
        var rows = await dependents.Where(dependent => states.Contains(dependent.Kind + "/" + dependent.State)).OrderBy(row => row.Kind).ThenByDescending(row => row.LastUsedUtc).ThenBy(row => row.Name).Take(MostDependents)
            .Select(row => new { row.Kind, row.Name, row.State, row.OwnerId, IsOfProject = row.ProjectId != null }).ToListAsync(ct);
        return new Dependents(
            rows.ConvertAll(row => Sees(rights, ResourceKinds.Get(row.Kind), row.OwnerId == rights.Owner.Id, row.IsOfProject) ? new Dependent(row.Kind, row.Name, row.State) : new Dependent(row.Kind, null, null)),
            counts.Sum(count => count.Count));
    }

    /// <summary>The resources that a field may name, by part of the name.</summary>
    public async Task<Result<IReadOnlyList<ResourceChoice>>> ChoicesAsync(
        Actor actor, ResourceOwner owner, ResourceField field, string search, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await door.OpenAsync(actor, db, owner, ct) is not { } rights)
        {
            return new NotFound();
        }

        IQueryable<Resource> Matching(IQueryable<Resource> resources) => Offered(resources, search);
        // Two reads, because the owner's own are found in their order by themselves, and mostly they fill the list.
        var own = await ChoicesAsync(db, Matching(ResourceReach.Own(db, rights, field.Kinds)), field.Target, MostChoices, ct);
        var others = own.Count < MostChoices && !field.IsOfOwner ? await ChoicesAsync(db, ResourceReach.Others(db, rights, field.Kinds, Matching), field.Target, MostChoices - own.Count, ct) : [];
        return own.Concat(others).Select(row => ResourceChoice.Of(field, row.Resource, row.Resource.OwnerId == owner.Id ? null : row.Slug)).ToList();
    }

    private static IQueryable<Resource> Offered(IQueryable<Resource> usable, string search)
    {
        var putAway = ResourceLives.PutAway;
        var offered = usable.Where(resource => !putAway.Contains(resource.State));
        if (TextRules.Fold(TextRules.Clean(search)) is not { Length: > 0 } typed)
        {
            return offered;
        }

        var pattern = TextRules.LikePattern(typed);
        return offered.Where(resource => EF.Functions.Like(resource.Name, pattern, @"\"));
    }

    private static async Task<List<(Resource Resource, string? Slug)>> ChoicesAsync(
        ConsoleDbContext db, IQueryable<Resource> offered, ReferenceTarget? target, int most, CancellationToken ct)
    {
        var rows = ResourceReach.Sourced(db, offered.AsNoTracking()).OrderByDescending(row => row.Resource.LastUsedUtc).ThenBy(row => row.Resource.Name);
        // The fields are one text, which the database does not look into: some are read, and typing narrows the rest.
        var fitting = target is null
            ? await rows.Take(most).ToListAsync(ct)
            : await rows.Take(MostLooked).AsAsyncEnumerable().Where(row => target.Fits(row.Resource.Kind, row.Resource.Spec)).Take(most).ToListAsync(ct);
        return fitting.ConvertAll<(Resource, string?)>(row => (row.Resource, row.Slug));
    }

    // What the reader may not see is there without its name: that something hangs on it matters before it is deleted. What the
    // resource itself names stands in its fields, whoever owns it; more is told only of what the reader's project has still.
    private static async Task<IReadOnlyList<RelatedResource>> RelatedAsync(
        ConsoleDbContext db, ResourceRights rights, IQueryable<Related> links, bool isNamedHere, CancellationToken ct)
    {
        var rows = await (from related in links
                          join other in db.Resources on related.OtherId equals other.Id
                          join project in db.Projects on other.ProjectId equals (Guid?)project.Id into projects
                          from project in projects.DefaultIfEmpty()
                          join space in db.PersonalSpaces on other.OwnerId equals space.Id into spaces
                          from space in spaces.DefaultIfEmpty()
                          orderby other.Kind, other.LastUsedUtc descending, other.Name
                          select new { other.Id, other.Kind, other.Name, other.State, related.Link.Relation, other.OwnerId, Slug = project == null ? null : project.Slug, Person = space == null ? null : space.UserName })
            .Take(MostRelated).ToListAsync(ct);
        Guid[] foreign = isNamedHere ? [.. rows.Where(row => row.OwnerId != rights.Owner.Id && row.OwnerId != rights.Owner.OrganizationId).Select(row => row.Id).Distinct()] : [];
        var received = foreign.Length == 0 ? []
            : await ResourceReach.Received(db, rights, [ShareLevel.View, ShareLevel.Use], resources => resources.Where(resource => foreign.Contains(resource.Id))).Select(resource => resource.Id).ToListAsync(ct);
        return rows.ConvertAll(row =>
        {
            var kind = ResourceKinds.Get(row.Kind);
            var isSeen = Sees(rights, kind, isNamedHere || row.OwnerId == rights.Owner.Id, row.Slug is not null);
            var isTold = isSeen && (!foreign.Contains(row.Id) || received.Contains(row.Id));
            return new RelatedResource(
                row.Kind, isSeen ? row.Name : null, isTold ? row.State : null, row.Relation, row.OwnerId, isTold && row.OwnerId != rights.Owner.Id ? row.Slug ?? row.Person : null);
        });
    }

    private static bool Sees(ResourceRights rights, ResourceKind kind, bool isHere, bool isOfProject) =>
        kind.IsOfCatalogue || (isHere && rights.May(kind, "view")) || (isOfProject && rights.SeesEverywhere(kind));

    private sealed class Related
    {
        public required ResourceLink Link { get; init; }

        public Guid OtherId { get; init; }
    }
}
