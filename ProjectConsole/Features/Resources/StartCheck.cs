using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Security;

namespace ProjectConsole.Features.Resources;

/// <summary>
/// What a resource names, looked at again when it starts. What its fields led to is used as long as the owner may use it, whoever
/// starts it. Where that is gone and something else has its name, the start names that one, as a new resource would.
/// </summary>
/// <param name="Lost">The refusal where something may no longer be used; null where all may.</param>
/// <param name="Named">What it uses.</param>
/// <param name="Renewed">Of these, what its fields lead to from now on.</param>
/// <param name="Gone">What they led to before.</param>
internal sealed record StartCheck(ReferenceLost? Lost, IReadOnlyList<Guid> Named, IReadOnlyList<(Guid ToId, string Relation)> Renewed, IReadOnlyList<ResourceLink> Gone)
{
    /// <summary>Looks at what a resource names.</summary>
    /// <param name="db">The context of the command's transaction.</param>
    /// <param name="rights">What the person may do with the owner's resources.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="resource">The resource.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<StartCheck> OfAsync(ConsoleDbContext db, ResourceRights rights, ResourceKind kind, Resource resource, CancellationToken ct)
    {
        var links = await db.ResourceLinks.Where(link => link.FromId == resource.Id).ToListAsync(ct);
        var ids = links.Select(link => link.ToId).Distinct().ToList();
        var usable = ids.Count == 0 ? [] : await ResourceReach.UsableAsync(db, rights, ids, ct);
        var references = SpecRules.References([.. kind.Fields.Where(field => !field.IsOrigin)], resource.Spec).ToList();
        var kept = references.SelectMany(KeptBy).ToHashSet();
        var anew = references.FindAll(reference => !KeptBy(reference).Any());
        if (anew.Count == 0)
        {
            return new StartCheck(null, usable.ConvertAll(row => row.Resource.Id), [], []);
        }

        var found = await ResourceReach.FindAsync(db, rights, anew, ct);
        var lost = anew.Find(reference => !found.TryGetValue($"{reference.Field.Name}={reference.Name}", out var other) || !IsOfUse(reference, other));
        if (lost is not null)
        {
            return new StartCheck(new ReferenceLost(resource.Name, lost.Field.Title, lost.Name), [], [], []);
        }

        var renewed = anew.ConvertAll(reference => (ToId: found[$"{reference.Field.Name}={reference.Name}"].Id, Relation: reference.Field.Name)).Distinct().ToList();
        var gone = links.FindAll(link => !kept.Contains(link.ToId) && renewed.Exists(other => other.Relation == link.Relation));
        return new StartCheck(null, [.. usable.Select(row => row.Resource.Id), .. renewed.Select(link => link.ToId)], renewed, gone);

        IEnumerable<Guid> KeptBy(SpecReference reference) => ResourceReference.Parse(reference.Field, reference.Name) is not { } parsed ? []
            : usable.Where(row => ResourceReach.IsNamed(row, parsed, rights.Owner) && links.Exists(link => link.ToId == row.Resource.Id && link.Relation == reference.Field.Name))
                .Select(row => row.Resource.Id);
    }

    /// <summary>Says what the fields lead to from now on, and that it was used.</summary>
    public async Task WriteAsync(Command command, Resource resource, CancellationToken ct)
    {
        command.Db.RemoveRange(Gone);
        command.Db.AddRange(Renewed.Select(link => new ResourceLink(resource.OrganizationId, resource.Id, link.ToId, link.Relation)));
        await ResourceChanges.StampAsync(command.Db, Named, command.NowUtc, ct);
    }

    // As for a new resource: nothing put away, and nothing that the field may not lead to.
    private static bool IsOfUse(SpecReference reference, Resource target) =>
        !ResourceLives.PutAway.Contains(target.State) && reference.Field.Target?.Fits(target.Kind, target.Spec) is not false;
}
