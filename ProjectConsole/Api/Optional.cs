using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProjectConsole.Api;

/// <summary>A field of a change: not sent at all, or sent, possibly as null.</summary>
/// <param name="Value">What was sent.</param>
[JsonConverter(typeof(OptionalConverter))]
public readonly record struct Optional<T>(T Value)
{
    /// <summary>Whether it was sent.</summary>
    public bool IsSent { get; } = true;

    /// <summary>What was sent, or what there is where nothing was.</summary>
    public T Or(T current) => IsSent ? Value : current;
}

/// <summary>Reads the fields that were sent; those that were not keep their default.</summary>
internal sealed class OptionalConverter : JsonConverterFactory
{
    /// <inheritdoc/>
    public override bool CanConvert(Type typeToConvert) => IsOptional(typeToConvert);

    /// <summary>Whether a type is one of these.</summary>
    public static bool IsOptional(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Optional<>);

    /// <inheritdoc/>
    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

    private sealed class Of<T> : JsonConverter<Optional<T>>
    {
        public override bool HandleNull => true;

        public override Optional<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(JsonSerializer.Deserialize<T>(ref reader, options)!);

        public override void Write(Utf8JsonWriter writer, Optional<T> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.Value, options);
    }
}
