using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProjectConsole.Api;

/// <summary>Text without U+0000, which not every database can keep.</summary>
internal sealed class PlainText : JsonConverter<string>
{
    /// <inheritdoc/>
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Read(ref reader);

    /// <summary>The text where the reader stands.</summary>
    public static string? Read(ref Utf8JsonReader reader)
    {
        var text = reader.GetString();
        return text is null || !text.Contains('\0', StringComparison.Ordinal) ? text : throw new JsonException();
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    /// <inheritdoc/>
    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Read(ref reader) ?? "";

    /// <inheritdoc/>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WritePropertyName(value);
}
