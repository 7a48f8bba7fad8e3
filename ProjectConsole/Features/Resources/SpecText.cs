using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Limits;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Resources;

/// <summary>Fields of a spec as people read them.</summary>
public static class SpecText
{
    /// <summary>What a field of one line holds; null where it is not filled in.</summary>
    public static string? Of(ResourceField field, ResourceSpec spec) => field.Type switch
    {
        FieldType.Number => spec.Number(field.Name) is { } number ? Amount(number, field.Unit) : null,
        FieldType.Switch => spec.IsOn(field.Name) ? "Yes" : "No",
        FieldType.Choice => spec.Text(field.Name) is { } name ? field.Choices.FirstOrDefault(choice => choice.Name == name)?.Title ?? name : null,
        FieldType.List => NullIfEmpty(string.Join(", ", spec.List(field.Name))),
        FieldType.Pairs => NullIfEmpty(string.Join(", ", spec.Pairs(field.Name).Select(pair => $"{pair.Key}={pair.Value}"))),
        FieldType.Table => spec.Rows(field.Name).Count switch { 0 => null, 1 => "1 row", var rows => $"{Numbers.Whole(rows)} rows" },
        FieldType.Secret => null,
        _ => spec.Text(field.Name),
    };

    /// <summary>What is expected of a field, shown under it.</summary>
    public static string? Help(ResourceField field)
    {
        var range = field is { Type: FieldType.Number, Least: { } least, Most: { } most } ? $"{least:N0} to {most:N0}{(field.Unit is null ? null : $" {field.Unit}")}." : null;
        return NullIfEmpty(string.Join(' ', new[] { range, field.Help }.Where(text => text is not null)));
    }

    /// <summary>A kind as a field of a reference names it: the titles of the kinds that it may lead to.</summary>
    public static string Kinds(ResourceField field) =>
        string.Join(" or ", field.Kinds.Select(name => ResourceKinds.Find(name)?.InSentence() ?? name));

    /// <summary>What a resource uses of the limits beside being one of its kind; null where it uses nothing.</summary>
    public static string? Size(ResourceKind kind, ResourceSpec spec, string state) => NullIfEmpty(string.Join(" · ",
        Metrics.Ordered(ResourceUse.Of(kind, spec, state)).Where(use => use.Key != kind.Count).Select(use => SizeOf(use.Key, use.Value))));

    /// <summary>How a state is meant to feel, as a tone.</summary>
    public static Tone Tone(ResourceState state) => state.Tone switch
    {
        StateTone.Good => Components.Controls.Tone.Success,
        StateTone.Busy => Components.Controls.Tone.Info,
        StateTone.Warning => Components.Controls.Tone.Warning,
        StateTone.Bad => Components.Controls.Tone.Danger,
        _ => Components.Controls.Tone.Neutral,
    };

    // Without a unit it may be a port, which nobody writes in groups of three.
    private static string Amount(decimal number, string? unit) => unit is null ? $"{number:0}" : Units.Of(number, unit);

    // Memory and storage have the same unit, and GPUs have none.
    private static string SizeOf(Metric metric, long amount) => metric.Unit switch
    {
        "" => Units.Of(amount, metric.Title),
        "GiB" => $"{metric.Text(amount)} {metric.Title.ToLowerInvariant()}",
        _ => metric.Text(amount),
    };

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
