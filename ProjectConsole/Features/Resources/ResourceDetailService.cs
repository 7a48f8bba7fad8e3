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

        var (ownerId, kindName) = (owner.Id, kind.Name);
        if (await db.Resources.AsNoTracking().FirstOrDefaultAsync(row => row.OwnerId == ownerId && row.Kind == kindName && row.Name == name, ct) is not { } resource)
        {
            return new NotFound();
        }

        var history = await db.ResourceStateChanges.Where(entered => entered.ResourceId == resource.Id).OrderByDescending(entered => entered.Id).Take(MostHistory)
            .Select(entered => new StateEntry(entered.State, entered.WhenUtc, entered.ByName, entered.Because)).ToListAsync(ct);
        var secrets = await db.ResourceSecrets.Where(secret => secret.ResourceId == resource.Id).Select(secret => secret.Field).ToListAsync(ct);
        var dependsOn = await RelatedAsync(db, rights, from link in db.ResourceLinks where link.FromId == resource.Id select new Related { Link = link, OtherId = link.ToId }, isNamedHere: true, ct);
        var users = from link in db.ResourceLinks where link.ToId == resource.Id select new Related { Link = link, OtherId = link.FromId };
        return new ResourceDetail(
            ResourceRow.Of(resource) with { Acts = ResourceActs.Of(rights, kind, resource.CreatedBy) }, resource.Description, resource.ChangedUtc, secrets, dependsOn,
            new RelatedResources(await RelatedAsync(db, rights, users, isNamedHere: false, ct), await users.CountAsync(ct)), history, rights.May(kind, "create"));
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

        var pattern = TextRules.LikePattern(TextRules.Fold(TextRules.Clean(search)));
        var (ownerId, putAway) = (owner.Id, ResourceLives.PutAway);
        var rows = await (from resource in ResourceReach.Usable(db, rights, field.Kinds).AsNoTracking()
                          where !putAway.Contains(resource.State) && EF.Functions.Like(resource.Name, pattern, @"\")
                          join project in db.Projects on resource.ProjectId equals (Guid?)project.Id into projects
                          from project in projects.DefaultIfEmpty()
                          orderby resource.OwnerId == ownerId ? 0 : 1, resource.LastUsedUtc descending, resource.Name
                          select new { resource, Slug = project == null ? null : project.Slug }).Take(MostChoices).ToListAsync(ct);
        return rows.ConvertAll(row => ResourceChoice.Of(field, row.resource, row.resource.OwnerId == ownerId ? null : row.Slug));
    }

    // What the reader may not see is there without its name: that something hangs on it matters before it is deleted. What the
    // resource itself names stands in its fields, whoever owns it.
    private static async Task<IReadOnlyList<RelatedResource>> RelatedAsync(
        ConsoleDbContext db, ResourceRights rights, IQueryable<Related> links, bool isNamedHere, CancellationToken ct)
    {
        var rows = await (from related in links
                          join other in db.Resources on related.OtherId equals other.Id
                          join project in db.Projects on other.ProjectId equals (Guid?)project.Id into projects
                          from project in projects.DefaultIfEmpty()
                          orderby other.Kind, other.LastUsedUtc descending, other.Name
                          select new { other.Kind, other.Name, other.State, related.Link.Relation, other.OwnerId, Slug = project == null ? null : project.Slug })
            .Take(MostRelated).ToListAsync(ct);
        return rows.ConvertAll(row =>
        {
            var kind = ResourceKinds.Get(row.Kind);
            var isSeen = kind.IsOfCatalogue || ((isNamedHere || row.OwnerId == rights.Owner.Id) && rights.May(kind, "view")) || (row.Slug is not null && rights.SeesEverywhere(kind));
            return new RelatedResource(row.Kind, isSeen ? row.Name : null, isSeen ? row.State : null, row.Relation, row.OwnerId, isSeen && row.OwnerId != rights.Owner.Id ? row.Slug : null);
        });
    }

    private sealed class Related
    {
        public required ResourceLink Link { get; init; }

        public Guid OtherId { get; init; }
    }
}
