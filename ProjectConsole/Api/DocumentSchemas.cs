using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ProjectConsole.Api;

/// <summary>Schemas of the document where the types alone do not say it.</summary>
internal static class DocumentSchemas
{
    /// <summary>The few words behind a parameter's type; null for another type.</summary>
    public static Type? ChoiceIn(Type type)
    {
        var one = KnownParameters.OneOf(type);
        return KnownParameters.IsChoice(one) ? one : null;
    }

    /// <summary>Says in a parameter's schema which words it takes.</summary>
    public static void Offer(IList<IOpenApiParameter> parameters, string name, Type choice)
    {
        if (parameters.FirstOrDefault(parameter => parameter.Name == name)?.Schema is OpenApiSchema schema)
        {
            var words = schema.Type == JsonSchemaType.Array ? new OpenApiSchema() : schema;
            (words.Type, words.Enum) = (JsonSchemaType.String, [.. WordsOf(choice).Select(word => (JsonNode)word)]);
            schema.Items = words == schema ? null : words;
        }
    }

    /// <summary>The one schema of all refusals.</summary>
    public static async Task<IOpenApiSchema> ProblemAsync(OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        var document = context.Document ?? throw new InvalidOperationException("There is no document.");
        if (document.Components?.Schemas?.ContainsKey(nameof(Problem)) is not true)
        {
            document.AddComponent(nameof(Problem), await context.GetOrCreateSchemaAsync(typeof(Problem), null, ct));
        }

        return new OpenApiSchemaReference(nameof(Problem), document);
    }

    /// <summary>A field that can be left out is described as what it is when it is there, and a time as a time.</summary>
    public static async Task DescribeAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken ct)
    {
        var type = context.JsonTypeInfo.Type;
        if (OptionalConverter.IsOptional(type))
        {
            var inner = await context.GetOrCreateSchemaAsync(type.GetGenericArguments()[0], null, ct);
            (schema.Type, schema.Format, schema.Items, schema.Enum) = (inner.Type | JsonSchemaType.Null, inner.Format, inner.Items, inner.Enum);
        }
        else if ((Nullable.GetUnderlyingType(type) ?? type) == typeof(DateTime))
        {
            (schema.Type, schema.Format) = (type == typeof(DateTime) ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null, "date-time");
        }

        // Whatever may be null may be left out.
        foreach (var property in context.JsonTypeInfo.Properties.Where(property => property.IsGetNullable || OptionalConverter.IsOptional(property.PropertyType)))
        {
            schema.Required?.Remove(property.Name);
        }
    }

    private static IReadOnlyList<string> WordsOf(Type choice) => (IReadOnlyList<string>)choice.GetProperty("Words")!.GetValue(null)!;
}
