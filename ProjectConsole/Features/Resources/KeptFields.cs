using System.Text.Json.Nodes;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Resources;

/// <summary>What of a resource's fields an edit leaves as it was.</summary>
internal static class KeptFields
{
    /// <summary>A field that stays may be left out; another value in it is refused.</summary>
    public static void KeepFixed(ResourceKind kind, JsonObject input, Resource? before, List<FieldError> wrong)
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

    /// <summary>No form shows what is reported, so what was not sent stays.</summary>
    public static void KeepReported(ResourceKind kind, JsonObject input, Resource? before)
    {
        var kept = before?.Spec.ToJson();
        foreach (var field in kind.Fields.Where(field => field.IsReported && kept is not null && !input.ContainsKey(field.Name)))
        {
            input[field.Name] = kept?[field.Name]?.DeepClone();
        }
    }

    /// <summary>The references that stood there: as often and no oftener, rows that are as they were first, so that what may no longer be used gets no row more.</summary>
    public static HashSet<(string At, string Name)> Stayed(IEnumerable<SpecReference> references, IEnumerable<SpecReference> before)
    {
        // What is not spelled as a reference leads nowhere: it would pass every rule that compares spellings.
        var rows = before.Where(reference => ResourceReference.Parse(reference.Field, reference.Name) is not null)
            .ToLookup(reference => (reference.Table, reference.Field.Name, reference.Name), reference => reference.Row);
        return [.. from reference in references
                   group reference by (reference.Table, reference.Field.Name, reference.Name) into same
                   from kept in same.OrderByDescending(reference => rows[same.Key].Contains(reference.Row)).Take(rows[same.Key].Count())
                   select (kept.At, kept.Name)];
    }
}
