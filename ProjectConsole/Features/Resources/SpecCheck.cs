using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Resources;

/// <summary>What a spec became when it was checked.</summary>
/// <param name="Spec">Its fields, secrets left out.</param>
/// <param name="Secrets">Secret fields that were written.</param>
/// <param name="Links">The resources that it names, with the field.</param>
/// <param name="Wrong">What is wrong.</param>
internal sealed record CheckedSpec(
    ResourceSpec Spec, IReadOnlyDictionary<string, string> Secrets, IReadOnlyList<(Resource To, string Relation)> Links, IReadOnlyList<FieldError> Wrong);

/// <summary>Checks the fields of a resource against its kind, against what it names, and against its neighbours.</summary>
internal static class SpecCheck
{
    // Longer chains are not walked: nobody derives a model a hundred times over.
    private const int LongestChain = 100;

    /// <summary>Checks what was typed.</summary>
    /// <param name="db">The context of the command's transaction.</param>
    /// <param name="rights">What the person may do with the owner's resources.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="typed">Its fields as they came.</param>
    /// <param name="before">The resource as it is; null for a new one.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<CheckedSpec> CheckAsync(
        ConsoleDbContext db, ResourceRights rights, ResourceKind kind, string name, JsonObject typed, Resource? before, CancellationToken ct)
    {
        var input = (JsonObject)typed.DeepClone();
        var wrong = new List<FieldError>();
        KeepFixed(kind, input, before, wrong);
        await CopyAsync(db, rights, kind, input, before, ct);
        var keptSecrets = before is null ? [] : await db.ResourceSecrets.Where(secret => secret.ResourceId == before.Id).Select(secret => secret.Field).ToListAsync(ct);
        var fields = kind.Fields.Select(field => field.Type == FieldType.Secret && keptSecrets.Contains(field.Name) ? field with { IsRequired = false } : field).ToList();
        var (spec, wrongFields) = SpecRules.Check(fields, input);
        wrong.AddRange(wrongFields);
        var secrets = kind.Fields.Where(field => field.Type == FieldType.Secret && spec.Has(field.Name)).ToDictionary(field => field.Name, field => spec.Text(field.Name)!);
        spec = spec.Without(secrets.ContainsKey);
        var links = await ReferencesAsync(db, rights, kind, spec, before, wrong, ct);
        if (wrong.Count == 0 && kind.Neighbours is { } rule)
        {
            wrong.AddRange(rule.Check(new Neighbour(kind.Name, name, spec), await NeighboursAsync(db, rights.Owner, rule, before, ct)));
        }

        return new CheckedSpec(spec, secrets, links, wrong);
    }

    /// <summary>The refusal where something that the resource names may no longer be used: what was shared and is not any more starts nothing.</summary>
    public static async Task<ReferenceLost?> LostAsync(ConsoleDbContext db, ResourceRights rights, ResourceKind kind, Resource resource, CancellationToken ct)
    {
        var references = SpecRules.References(kind.Fields, resource.Spec).ToList();
        var found = await ResourceReach.FindAsync(db, rights, references, ct);
        var lost = references.Find(reference => !found.ContainsKey($"{reference.Field.Name}={reference.Name}"));
        return lost is null ? null : new ReferenceLost(resource.Name, lost.Field.Title, lost.Name);
    }

    // A field that stays may be left out; another value in it is refused.
    private static void KeepFixed(ResourceKind kind, JsonObject input, Resource? before, List<FieldError> wrong)
    {
        if (before is null)
        {
            return;
        }

        var kept = before.Spec.ToJson();
        var copied = kind.Fields.Where(field => field.Copies.Count > 0 && kept[field.Name] is not null).SelectMany(field => field.Copies).ToHashSet(StringComparer.Ordinal);
        // What was never filled in may be filled in once.
        foreach (var field in kind.Fields.Where(field => (field.IsFixed || copied.Contains(field.Name)) && !(field.IsRequired && kept[field.Name] is null)))
        {
            var (typed, stored) = (input[field.Name], kept[field.Name]);
            var asStored = typed is null ? stored : SpecRules.Check([field with { IsRequired = false }], new JsonObject { [field.Name] = typed.DeepClone() }).Spec.ToJson()[field.Name];
            if (!JsonNode.DeepEquals(asStored, stored))
            {
                wrong.Add(new FieldError(SpecRules.FieldName(field), $"{field.Title} stays as it was made."));
            }

            input[field.Name] = stored?.DeepClone();
        }
    }

    // An offering says the sizes, whatever was typed beside it.
    private static async Task CopyAsync(ConsoleDbContext db, ResourceRights rights, ResourceKind kind, JsonObject input, Resource? before, CancellationToken ct)
    {
        foreach (var field in kind.Fields.Where(field => field.Copies.Count > 0 && before is null))
        {
            if (input[field.Name] is not JsonValue value || !value.TryGetValue<string>(out var text) || text.Length == 0)
            {
                continue;
            }

            var found = await ResourceReach.FindAsync(db, rights, [new SpecReference(field, text, "")], ct);
            if (found.Values.FirstOrDefault() is { } source)
            {
                var fields = source.Spec.ToJson();
                foreach (var copied in field.Copies)
                {
                    input[copied] = fields[copied]?.DeepClone();
                }
            }
        }
    }

    private static async Task<List<(Resource To, string Relation)>> ReferencesAsync(
        ConsoleDbContext db, ResourceRights rights, ResourceKind kind, ResourceSpec spec, Resource? before, List<FieldError> wrong, CancellationToken ct)
    {
        var references = SpecRules.References(kind.Fields, spec).ToList();
        var found = await ResourceReach.FindAsync(db, rights, references, ct);
        var named = before is null ? [] : await NamedAsync(db, before, ct);
        var old = before is null ? [] : SpecRules.References(kind.Fields, before.Spec).Select(reference => (reference.Field.Name, reference.Name)).ToHashSet();
        var links = new List<(Resource, string)>();
        foreach (var reference in references)
        {
            // What stood there already stays, whatever became of it and whoever edits: deleted, no longer shared, hidden from the editor.
            if (old.Contains((reference.Field.Name, reference.Name)))
            {
                links.AddRange(named.Where(link => link.Relation == reference.Field.Name && ResourceReference.Parse(reference.Field, reference.Name)?.Name == link.To.Name));
                continue;
            }

            // The same answer for what is missing and for what one may not see.
            if (!found.TryGetValue($"{reference.Field.Name}={reference.Name}", out var target))
            {
                wrong.Add(new FieldError(reference.At, $"There is no {SpecText.Kinds(reference.Field)} \"{reference.Name}\" that you may use here."));
            }
            else if (ResourceLives.PutAway.Contains(target.State))
            {
                wrong.Add(new FieldError(reference.At, $"{target.Name} is {ResourceKinds.Get(target.Kind).Life.Of(target.State).Title} and cannot be used."));
            }
            else if (before is not null && target.Kind == before.Kind && await LeadsToAsync(db, target.Id, before.Id, ct))
            {
                wrong.Add(new FieldError(reference.At, $"{target.Name} leads back to {before.Name}: nothing can come from itself."));
            }
            else
            {
                links.Add((target, reference.Field.Name));
            }
        }

        return [.. links.Distinct()];
    }

    private static async Task<List<(Resource To, string Relation)>> NamedAsync(ConsoleDbContext db, Resource before, CancellationToken ct) =>
        [.. (await (from link in db.ResourceLinks.Where(link => link.FromId == before.Id)
                    join target in db.Resources on link.ToId equals target.Id
                    select new { Target = target, link.Relation }).ToListAsync(ct)).Select(row => (row.Target, row.Relation))];

    private static async Task<bool> LeadsToAsync(ConsoleDbContext db, Guid fromId, Guid toId, CancellationToken ct)
    {
        var (seen, next) = (new HashSet<Guid>(), new List<Guid> { fromId });
        for (var length = 0; next.Count > 0 && length < LongestChain; length++)
        {
            if (next.Contains(toId))
            {
                return true;
            }

            seen.UnionWith(next);
            var from = next;
            next = [.. (await db.ResourceLinks.Where(link => from.Contains(link.FromId)).Select(link => link.ToId).ToListAsync(ct)).Except(seen)];
        }

        return false;
    }

    /// <summary>What a rule across rows looks at, without the resource itself.</summary>
    public static async Task<List<Neighbour>> NeighboursAsync(
        ConsoleDbContext db, ResourceOwner owner, NeighbourRule rule, Resource? before, CancellationToken ct)
    {
        var (ownerId, kinds, except) = (owner.Id, rule.Kinds, before?.Id);
        var rows = await db.Resources.AsNoTracking().Where(resource => resource.OwnerId == ownerId && kinds.Contains(resource.Kind) && resource.Id != except)
            .Select(resource => new { resource.Kind, resource.Name, resource.SpecText }).ToListAsync(ct);
        return rows.ConvertAll(row => new Neighbour(row.Kind, row.Name, ResourceSpec.Parse(row.SpecText)));
    }
}
