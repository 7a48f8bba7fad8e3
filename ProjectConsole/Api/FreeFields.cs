using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ProjectConsole.Api;

/// <summary>
/// Reads fields whose names the type does not know, all of them at once. The framework's own reader leaves them as they came until
/// somebody looks, and what cannot be read fails only then: halves of surrogate pairs, for one.
/// </summary>
public sealed class FreeFields : JsonConverter<JsonObject>
{
    /// <inheritdoc/>
    public override JsonObject Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.StartObject ? ReadObject(ref reader) : throw new JsonException();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, JsonObject value, JsonSerializerOptions options) => value.WriteTo(writer, options);

    private static JsonObject ReadObject(ref Utf8JsonReader reader)
    {
        var fields = new JsonObject();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (!fields.TryAdd(name, ReadValue(ref reader)))
            {
                throw new JsonException();
            }
        }

        return fields;
    }

    private static JsonArray ReadArray(ref Utf8JsonReader reader)
    {
        var entries = new JsonArray();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            entries.Add(ReadValue(ref reader));
        }

        return entries;
    }

    private static JsonNode? ReadValue(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartObject => ReadObject(ref reader),
        JsonTokenType.StartArray => ReadArray(ref reader),
        JsonTokenType.String => JsonValue.Create(PlainText.Read(ref reader)),
        JsonTokenType.True => JsonValue.Create(true),
        JsonTokenType.False => JsonValue.Create(false),
        JsonTokenType.Number when reader.TryGetDecimal(out var number) => JsonValue.Create(number),
        // Beyond every range, and so no amount of anything.
        JsonTokenType.Number => JsonValue.Create(reader.GetDouble()),
        _ => null,
    };
}
