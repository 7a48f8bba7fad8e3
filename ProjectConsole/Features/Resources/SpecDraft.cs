using System.Text.Json.Nodes;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Resources;

/// <summary>The fields of a resource, or of a row of a table, while they are typed.</summary>
public sealed class SpecDraft
{
    private readonly bool _isNew;

    private SpecDraft(IReadOnlyList<FieldDraft> fields, bool isNew) => (Fields, _isNew) = (fields, isNew);

    /// <summary>In the order of the form.</summary>
    public IReadOnlyList<FieldDraft> Fields { get; }

    /// <summary>Whether nothing is filled in.</summary>
    public bool IsEmpty => Fields.All(draft => draft.IsEmpty);

    /// <summary>Begins with the defaults.</summary>
    public static SpecDraft New(IReadOnlyList<ResourceField> fields) => new([.. Asked(fields).Select(field => new FieldDraft(field, null, isSet: false))], isNew: true);

    /// <summary>Begins with what is there.</summary>
    /// <param name="fields">The fields of the kind.</param>
    /// <param name="spec">What is there.</param>
    /// <param name="filledSecrets">Names of the secrets that are kept.</param>
    public static SpecDraft Of(IReadOnlyList<ResourceField> fields, ResourceSpec spec, IReadOnlyCollection<string> filledSecrets) =>
        new([.. Asked(fields).Select(field => new FieldDraft(field, spec, filledSecrets.Contains(field.Name)))], isNew: false);

    /// <summary>The reference that says this field of something new, while it is filled in; null where the person says it.</summary>
    public FieldDraft? SaidBy(ResourceField field) => !_isNew
        ? null
        // A template may say nothing of what need not be there.
        : Fields.FirstOrDefault(other => other.Field.Copies.Contains(field.Name) && (field.IsRequired || !other.Field.IsOrigin) && TextRules.Clean(other.Text).Length > 0);

    /// <summary>The reference whose resource offers values for this field; null where none does.</summary>
    public FieldDraft? OfferedBy(ResourceField field) => Fields.FirstOrDefault(other => other.Field.Offers?.Field == field.Name);

    /// <summary>Takes away what was left empty; numbers of rows in errors count those that are left.</summary>
    public void Tidy()
    {
        foreach (var field in Fields)
        {
            field.Tidy();
        }
    }

    /// <summary>What was typed.</summary>
    public JsonObject ToJson()
    {
        var typed = new JsonObject();
        foreach (var field in Fields.Where(field => SaidBy(field.Field) is null))
        {
            if (field.ToJson() is { } value)
            {
                typed[field.Field.Name] = value;
            }
        }

        return typed;
    }

    // What runs reports itself is nothing to type.
    private static IEnumerable<ResourceField> Asked(IReadOnlyList<ResourceField> fields) => fields.Where(field => !field.IsReported);
}
