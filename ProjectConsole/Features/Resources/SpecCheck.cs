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
        kind = kind.WithAppTypes(await OfferedAppTypes.OfAsync(db, rights.Owner.OrganizationId, kind, ct), before?.Spec);
        var input = (JsonObject)typed.DeepClone();
        var wrong = new List<FieldError>();
        KeptFields.KeepFixed(kind, input, before, wrong);
        KeptFields.KeepReported(kind, input, before);
        var unsaid = await CopyAsync(db, rights, kind, input, before, wrong, ct);
        var keptSecrets = before is null ? [] : await db.ResourceSecrets.Where(secret => secret.ResourceId == before.Id).Select(secret => secret.Field).ToListAsync(ct);
        var fields = kind.Fields.Select(field => field.Type == FieldType.Secret && keptSecrets.Contains(field.Name) ? field with { IsRequired = false } : field).ToList();
        var (spec, wrongFields) = SpecRules.Check(fields, input);
        wrong.AddRange(wrongFields.Where(error => !unsaid.Contains(error.Field)));
        if (before is null)
        {
            wrong.AddRange(kind.Fields.Where(field => field.IsReported && spec.Has(field.Name))
                .Select(field => new FieldError(SpecRules.FieldName(field), $"{field.Title} is reported by what runs: a new {kind.InSentence()} has none.")));
        }

        // A field that is wrong by itself is said once.
        wrong.AddRange((kind.Rule?.Invoke(spec) ?? []).Where(error => wrong.TrueForAll(known => known.Field != error.Field)).ToList());
        var secrets = kind.Fields.Where(field => field.Type == FieldType.Secret && spec.Has(field.Name)).ToDictionary(field => field.Name, field => spec.Text(field.Name)!);
        spec = spec.Without(secrets.ContainsKey);
        var links = await ReferencesAsync(db, rights, kind, spec, before, wrong, ct);
        if (wrong.Count == 0 && kind.Neighbours is { } rule)
        {
            wrong.AddRange(rule.Check(new Neighbour(kind.Name, name, spec), await NeighboursAsync(db, rights.Owner, rule, before, ct)));
        }

        return new CheckedSpec(spec, secrets, links, wrong);
    }

    // Answers the fields that something would say that is not there: that alone is wrong, and nobody can fill them in.
    private static async Task<HashSet<string>> CopyAsync(
        ConsoleDbContext db, ResourceRights rights, ResourceKind kind, JsonObject input, Resource? before, List<FieldError> wrong, CancellationToken ct)
    {
        var unsaid = new HashSet<string>();
        foreach (var field in kind.Fields.Where(field => field.Copies.Count > 0 && before is null))
        {
            // Read as the rules read it: an offering that they would take says the sizes, however it is typed.
            if (input[field.Name] is not JsonValue value || !value.TryGetValue<string>(out var raw) || TextRules.Clean(raw) is not { Length: > 0 } text)
            {
                continue;
            }

            var found = await ResourceReach.FindAsync(db, rights, [new SpecReference(field, text, "")], ct);
            if (found.Values.FirstOrDefault() is not { } source)
            {
                unsaid.UnionWith(field.Copies.Select(copied => $"spec.{copied}"));
                continue;
            }

            var fields = source.Spec.ToJson();
            foreach (var copied in field.Copies)
            {
                // An offering says the sizes, whatever was typed beside it. What leads to something else or comes from a template is
                // never exchanged unseen.
                if (kind.Field(copied) is { Type: FieldType.Reference } reference)
                {
                    CopyReference(rights, (field, text), (reference, source.Spec.Text(copied)), input, wrong);
                }
                else if (!field.IsOrigin)
                {
                    input[copied] = fields[copied]?.DeepClone();
                }
                else if (fields[copied] is { } said)
                {
                    if (input[copied] is JsonObject { Count: > 0 } typed && !JsonNode.DeepEquals(typed, said))
                    {
                        wrong.Add(new FieldError($"spec.{copied}", $"{text} says other {ResourceKind.InSentence(kind.Field(copied)!.Title)}: write the same, or leave it empty."));
                    }

                    input[copied] = said.DeepClone();
                }
            }
        }

        return unsaid;
    }

    private static void CopyReference(
        ResourceRights rights, (ResourceField Field, string Text) from, (ResourceField Field, string? Text) copied, JsonObject input, List<FieldError> wrong)
    {
        if (copied.Text is null || ResourceReference.Parse(copied.Field, copied.Text) is not { } named)
        {
            return;
        }

        // What another project shares names its own things without saying whose they are.
        var slug = named.Source ?? ResourceReference.Parse(from.Field, from.Text)?.Source;
        var said = (named with { Source = slug == rights.Project?.Project.Slug ? null : slug }).ToText(copied.Field);
        if (input[copied.Field.Name] is JsonValue value && value.TryGetValue<string>(out var typed) && TextRules.Clean(typed) is { Length: > 0 } other && other != said)
        {
            wrong.Add(new FieldError(SpecRules.FieldName(copied.Field), $"{from.Text} is of {said}: name that {ResourceKind.InSentence(copied.Field.Title)}, or leave it empty."));
        }

        input[copied.Field.Name] = said;
    }

    private static async Task<List<(Resource To, string Relation)>> ReferencesAsync(
        ConsoleDbContext db, ResourceRights rights, ResourceKind kind, ResourceSpec spec, Resource? before, List<FieldError> wrong, CancellationToken ct)
    {
        var references = SpecRules.References(kind.Fields, spec).ToList();
        var found = await ResourceReach.FindAsync(db, rights, references, ct);
        var named = before is null ? [] : await NamedAsync(db, before, ct);
        var stayed = before is null ? [] : KeptFields.Stayed(references, SpecRules.References(kind.Fields, before.Spec));
        var links = new List<(Resource, string)>();
        var begun = new Dictionary<string, ResourceSpec>();
        foreach (var reference in references)
        {
            // What stood there already stays, whatever became of it and whoever edits: deleted, no longer shared, hidden from the editor.
            if (stayed.Contains((reference.At, reference.Name)))
            {
                links.AddRange(OfReference(named, reference, rights.Owner));
                // Only a field that may still lead elsewhere is asked for it.
                if (!reference.Field.IsFixed && found.TryGetValue($"{reference.Field.Name}={reference.Name}", out var kept) && Misfit(reference, kept) is { } misfit)
                {
                    wrong.Add(misfit);
                }

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
            else if (Misfit(reference, target) is { } misfit)
            {
                wrong.Add(misfit);
            }
            else if (reference.Field.IsOfOwner && target.OwnerId != rights.Owner.Id)
            {
                wrong.Add(new FieldError(reference.At, $"{reference.Name} belongs to another project, whose own networks it serves."));
            }
            else if (before is not null && target.Kind == before.Kind && await LeadsToAsync(db, target.Id, before.Id, ct))
            {
                wrong.Add(new FieldError(reference.At, $"{target.Name} leads back to {before.Name}: nothing can come from itself."));
            }
            else
            {
                links.Add((target, reference.Field.Name));
                begun[reference.At] = target.Spec;
            }
        }

        wrong.AddRange(kind.NamedRule?.Invoke(spec, name => begun.GetValueOrDefault($"spec.{name}")) ?? []);
        return [.. links.Distinct()];
    }

    private static FieldError? Misfit(SpecReference reference, Resource target) => reference.Field.Target is { } only && !only.Fits(target.Kind, target.Spec)
        ? new FieldError(reference.At, $"{reference.Field.Title} must be {only.Title}, and {target.Name} is not one.") : null;

    // A namesake elsewhere is another; but what was moved away since is still what stands there, though not by that name any more.
    private static IEnumerable<(Resource To, string Relation)> OfReference(List<(SourcedResource To, string Relation)> named, SpecReference reference, ResourceOwner owner)
    {
        if (ResourceReference.Parse(reference.Field, reference.Name) is not { } parsed)
        {
            return [];
        }

        var alike = named.FindAll(link => link.Relation == reference.Field.Name && link.To.Resource.Kind == parsed.Kind && link.To.Resource.Name == parsed.Name);
        var same = alike.FindAll(link => ResourceReach.IsNamed(link.To, parsed, owner));
        return (same.Count > 0 ? same : alike).Select(link => (link.To.Resource, link.Relation));
    }

    private static async Task<List<(SourcedResource To, string Relation)>> NamedAsync(ConsoleDbContext db, Resource before, CancellationToken ct)
    {
        var links = await db.ResourceLinks.Where(link => link.FromId == before.Id).ToListAsync(ct);
        var ids = links.ConvertAll(link => link.ToId);
        var targets = ids.Count == 0 ? new() : await ResourceReach.Sourced(db, db.Resources.Where(target => ids.Contains(target.Id))).ToDictionaryAsync(row => row.Resource.Id, ct);
        return [.. links.Where(link => targets.ContainsKey(link.ToId)).Select(link => (targets[link.ToId], link.Relation))];
    }

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
