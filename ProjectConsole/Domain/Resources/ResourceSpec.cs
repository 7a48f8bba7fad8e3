using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProjectConsole.Domain.Resources;

/// <summary>The typed fields of one resource, kept as one JSON text and never queried in SQL.</summary>
public sealed class ResourceSpec
{
    private static readonly JsonSerializerOptions Written = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Shown = new(Written) { WriteIndented = true };

    private readonly JsonObject _fields;

    internal ResourceSpec(JsonObject fields) => _fields = fields;

    /// <summary>No field is filled in.</summary>
    public static ResourceSpec Empty => new([]);

    /// <summary>The fields that are filled in.</summary>
    public IEnumerable<string> Names => _fields.Select(entry => entry.Key);

    /// <summary>Reads what <see cref="ToText"/> wrote.</summary>
    public static ResourceSpec Parse(string text) => new(JsonNode.Parse(text) as JsonObject ?? []);

    /// <summary>Whether the field is filled in.</summary>
    public bool Has(string name) => _fields.ContainsKey(name);

    /// <summary>The text of a text, choice, reference or secret; null where it is not filled in.</summary>
    public string? Text(string name) => _fields[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>A number; null where it is not filled in.</summary>
    public decimal? Number(string name) => _fields[name] is JsonValue value && value.TryGetValue<decimal>(out var number) ? number : null;

    /// <summary>Whether a switch is on.</summary>
    public bool IsOn(string name) => _fields[name] is JsonValue value && value.TryGetValue<bool>(out var isOn) && isOn;

    /// <summary>The values of a list.</summary>
    public IReadOnlyList<string> List(string name) =>
        _fields[name] is JsonArray array ? [.. array.Select(entry => entry?.GetValue<string>() ?? "")] : [];

    /// <summary>Named values.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Pairs(string name) =>
        _fields[name] is JsonObject pairs ? [.. pairs.Select(pair => new KeyValuePair<string, string>(pair.Key, pair.Value?.GetValue<string>() ?? ""))] : [];

    /// <summary>The rows of a table.</summary>
    public IReadOnlyList<ResourceSpec> Rows(string name) =>
        _fields[name] is JsonArray rows ? [.. rows.OfType<JsonObject>().Select(row => new ResourceSpec(row))] : [];

    /// <summary>The same fields without some: secrets, for one.</summary>
    public ResourceSpec Without(Func<string, bool> isLeftOut)
    {
        var kept = new JsonObject();
        foreach (var (name, value) in _fields.Where(field => !isLeftOut(field.Key)))
        {
            kept[name] = value?.DeepClone();
        }

        return new ResourceSpec(kept);
    }

    /// <summary>As it is stored.</summary>
    public string ToText() => _fields.ToJsonString(Written);

    /// <summary>As people read it.</summary>
    public string ToShownText() => _fields.ToJsonString(Shown);

    /// <summary>A copy that may be changed.</summary>
    public JsonObject ToJson() => (JsonObject)_fields.DeepClone();
}
