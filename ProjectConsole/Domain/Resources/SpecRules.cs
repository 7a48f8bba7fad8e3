using System.Text.Json.Nodes;
using ProjectConsole.Shared;

namespace ProjectConsole.Domain.Resources;

/// <summary>Checks what was typed or sent against the fields of a kind: types, ranges, choices. Every wrong field is listed.</summary>
public static class SpecRules
{
    /// <summary>The most characters of a stored spec.</summary>
    public const int Longest = 200_000;

    /// <summary>The name of a field in errors.</summary>
    public static string FieldName(ResourceField field) => $"spec.{field.Name}";

    /// <summary>Checks fields. An empty text, null and an empty list are a field that is not filled in.</summary>
    /// <param name="fields">The fields of the kind, or the columns of a table.</param>
    /// <param name="typed">What came.</param>
    /// <param name="prefix">Stands before names in errors.</param>
    public static (ResourceSpec Spec, IReadOnlyList<FieldError> Wrong) Check(IReadOnlyList<ResourceField> fields, JsonObject typed, string prefix = "spec.")
    {
        var checkedFields = new JsonObject();
        var wrong = typed.Where(entry => fields.All(field => field.Name != entry.Key))
            .Select(entry => new FieldError($"{prefix}{entry.Key}", $"There is no field {Shown(entry.Key)} here.")).ToList();
        foreach (var field in fields)
        {
            var (value, errors) = CheckValue(field, typed[field.Name], $"{prefix}{field.Name}");
            wrong.AddRange(errors);
            if (value is not null)
            {
                checkedFields[field.Name] = value;
            }
            else if (field.IsRequired && errors.Count == 0)
            {
                wrong.Add(new FieldError($"{prefix}{field.Name}", $"{field.Title} is required."));
            }
        }

        var spec = new ResourceSpec(checkedFields);
        if (wrong.Count == 0 && spec.ToText() is { Length: > Longest } text)
        {
            wrong.Add(new FieldError(prefix.TrimEnd('.'), $"All fields together can have {Longest:N0} characters; these have {text.Length:N0}."));
        }

        return (spec, wrong);
    }

    /// <summary>The references that a spec makes, rows of tables included.</summary>
    public static IEnumerable<SpecReference> References(IReadOnlyList<ResourceField> fields, ResourceSpec spec, string prefix = "spec.")
    {
        foreach (var field in fields)
        {
            if (field.Type == FieldType.Reference && spec.Text(field.Name) is { } name)
            {
                yield return new SpecReference(field, name, $"{prefix}{field.Name}");
            }
            else if (field.NamesSeveral)
            {
                foreach (var one in ResourceReference.Several(spec.Text(field.Name) ?? ""))
                {
                    yield return new SpecReference(field, one, $"{prefix}{field.Name}");
                }
            }
            else if (field.Type == FieldType.Table)
            {
                var rows = spec.Rows(field.Name);
                for (var index = 0; index < rows.Count; index++)
                {
                    foreach (var reference in References(field.Columns, rows[index], $"{prefix}{field.Name}[{index}]."))
                    {
                        yield return reference with { Table = field.Name, Row = rows[index].ToText() };
                    }
                }
            }
        }
    }

    private static (JsonNode? Value, List<FieldError> Wrong) CheckValue(ResourceField field, JsonNode? typed, string at) => typed is null
        ? (null, [])
        : field.Type switch
        {
            FieldType.Number => CheckNumber(field, typed, at),
            FieldType.Switch => CheckSwitch(field, typed, at),
            FieldType.List => CheckList(field, typed, at),
            FieldType.Pairs => CheckPairs(field, typed, at),
            FieldType.Table => CheckTable(field, typed, at),
            _ => CheckText(field, typed, at),
        };

    private static (JsonNode? Value, List<FieldError> Wrong) CheckText(ResourceField field, JsonNode typed, string at)
    {
        if (typed is not JsonValue value || !value.TryGetValue<string>(out var raw))
        {
            return Wrong(at, $"{field.Title} must be text.");
        }

        var isLong = field.Type is FieldType.LongText or FieldType.Secret;
        var text = field.Type == FieldType.Secret ? raw : TextRules.Clean(raw);
        if (text.Length == 0)
        {
            return (null, []);
        }

        var problem = field.Type switch
        {
            FieldType.Choice when field.Choices.All(choice => choice.Name != text) =>
                $"{field.Title} must be one of {string.Join(", ", field.Choices.Select(choice => choice.Name))}.",
            FieldType.Secret when text.Length > ResourceField.LongestLongText => $"{field.Title} can have at most {ResourceField.LongestLongText:N0} characters.",
            FieldType.Secret => null,
            _ when isLong => TextRules.TextError(text, field.Title, ResourceField.LongestLongText),
            _ => TextRules.NameError(text, field.Title, ResourceField.LongestText),
        };
        problem ??= field.Check?.Invoke(text);
        return problem is null ? (JsonValue.Create(text), []) : Wrong(at, problem);
    }

    private static (JsonNode? Value, List<FieldError> Wrong) CheckNumber(ResourceField field, JsonNode typed, string at)
    {
        if (typed is JsonValue empty && empty.TryGetValue<string>(out var text) && text.Trim().Length == 0)
        {
            return (null, []);
        }

        if (typed is not JsonValue value || ReadNumber(value) is not { } number)
        {
            return Wrong(at, $"{field.Title} must be a number.");
        }

        var unit = field.Unit is null ? "" : $" {field.Unit}";
        return number != decimal.Truncate(number) ? Wrong(at, $"{field.Title} must be a whole number.")
            : number < field.Least || number > field.Most ? Wrong(at, $"{field.Title} must be between {field.Least:N0} and {field.Most:N0}{unit}.")
            : (JsonValue.Create(number), []);
    }

    private static decimal? ReadNumber(JsonValue value) =>
        value.TryGetValue<decimal>(out var number) ? number
        : value.TryGetValue<long>(out var whole) ? whole
        : value.TryGetValue<string>(out var text)
            && decimal.TryParse(text.Trim(), System.Globalization.NumberStyles.AllowDecimalPoint | System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var parsed) ? parsed
        : null;

    private static (JsonNode? Value, List<FieldError> Wrong) CheckSwitch(ResourceField field, JsonNode typed, string at) =>
        typed is JsonValue value && value.TryGetValue<bool>(out var isOn) ? (isOn ? JsonValue.Create(true) : null, [])
        : Wrong(at, $"{field.Title} must be true or false.");

    private static (JsonNode? Value, List<FieldError> Wrong) CheckList(ResourceField field, JsonNode typed, string at)
    {
        if (typed is not JsonArray array || array.Any(entry => entry is not JsonValue value || !value.TryGetValue<string>(out _)))
        {
            return Wrong(at, $"{field.Title} must be a list of texts.");
        }

        var entries = array.Select(entry => TextRules.Clean(entry!.GetValue<string>())).Where(entry => entry.Length > 0).ToList();
        if (entries.Count > ResourceField.MostEntries)
        {
            return Wrong(at, $"{field.Title} can have at most {ResourceField.MostEntries} values; this has {entries.Count}.");
        }

        var problem = entries.Select(entry => TextRules.NameError(entry, field.Title, ResourceField.LongestText) ?? field.Check?.Invoke(entry))
            .FirstOrDefault(found => found is not null);
        return problem is not null ? Wrong(at, problem)
            : entries.Count == 0 ? (null, [])
            : (new JsonArray([.. entries.Select(entry => JsonValue.Create(entry))]), []);
    }

    private static (JsonNode? Value, List<FieldError> Wrong) CheckPairs(ResourceField field, JsonNode typed, string at)
    {
        if (typed is not JsonObject pairs || pairs.Any(pair => pair.Value is not JsonValue value || !value.TryGetValue<string>(out _)))
        {
            return Wrong(at, $"{field.Title} must be names with texts.");
        }

        if (pairs.Count > ResourceField.MostEntries)
        {
            return Wrong(at, $"{field.Title} can have at most {ResourceField.MostEntries} values; this has {pairs.Count}.");
        }

        var cleaned = new JsonObject();
        foreach (var (key, value) in pairs)
        {
            var (name, text) = (TextRules.Clean(key), TextRules.Clean(value!.GetValue<string>()));
            if (TextRules.NameError(name, $"A name in {field.Title}", 100) is { } wrongName)
            {
                return Wrong(at, wrongName);
            }

            if (TextRules.TextError(text, $"{name} in {field.Title}", ResourceField.LongestText) is { } wrongText)
            {
                return Wrong(at, wrongText);
            }

            if (!cleaned.TryAdd(name, JsonValue.Create(text)))
            {
                return Wrong(at, $"{Shown(name)} stands twice in {field.Title}.");
            }
        }

        return (cleaned.Count == 0 ? null : cleaned, []);
    }

    private static (JsonNode? Value, List<FieldError> Wrong) CheckTable(ResourceField field, JsonNode typed, string at)
    {
        if (typed is not JsonArray rows || rows.Any(row => row is not JsonObject))
        {
            return Wrong(at, $"{field.Title} must be a list of rows.");
        }

        if (rows.Count > ResourceField.MostEntries)
        {
            return Wrong(at, $"{field.Title} can have at most {ResourceField.MostEntries} rows; this has {rows.Count}.");
        }

        var (kept, wrong) = (new JsonArray(), new List<FieldError>());
        for (var index = 0; index < rows.Count; index++)
        {
            var (row, errors) = Check(field.Columns, (JsonObject)rows[index]!, $"{at}[{index}].");
            wrong.AddRange(errors);
            kept.Add((JsonNode)row.ToJson());
        }

        return (kept.Count == 0 ? null : kept, wrong);
    }

    private static (JsonNode? Value, List<FieldError> Wrong) Wrong(string at, string message) => (null, [new FieldError(at, message)]);

    private static string Shown(string name) => name.Length <= 40 ? name : $"{name[..40]}…";
}

/// <summary>A reference that a spec makes.</summary>
/// <param name="Field">The field.</param>
/// <param name="Name">The name to which it leads.</param>
/// <param name="At">The name of the field in errors.</param>
public sealed record SpecReference(ResourceField Field, string Name, string At)
{
    /// <summary>The table in a row of which it stands; empty outside of tables.</summary>
    public string Table { get; init; } = "";

    /// <summary>That row, as it is stored.</summary>
    public string Row { get; init; } = "";
}
