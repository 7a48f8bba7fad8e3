using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using ProjectConsole.Domain.Resources;

namespace ProjectConsole.Features.Resources;

/// <summary>Describes the fields of every kind in the API's document, from the catalogue of kinds.</summary>
internal static class ResourceSchemas
{
    private static readonly IReadOnlyList<ResourceKind> Kinds = [.. ResourceKinds.All, .. ResourceKinds.Catalogue];

    /// <summary>Name of the schema of a kind's fields: <c>IpAddressSpec</c>.</summary>
    public static string NameOf(ResourceKind kind) => $"{string.Concat(kind.Name.Split('-').Select(part => $"{char.ToUpperInvariant(part[0])}{part[1..]}"))}Spec";

    /// <summary>Adds the schemas, and refers to them wherever a resource is sent or answered.</summary>
    public static Task DescribeAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken ct)
    {
        foreach (var kind in Kinds)
        {
            document.AddComponent(NameOf(kind), SchemaOf(kind));
        }

        foreach (var body in new[] { nameof(NewResourceBody), nameof(ResourceBody), nameof(ResourceDetailBody) })
        {
            IOpenApiSchema? schema = null;
            if (document.Components?.Schemas?.TryGetValue(body, out schema) is true && schema is OpenApiSchema { Properties: { } properties })
            {
                properties["spec"] = new OpenApiSchema
                {
                    Description = "The fields of its kind.",
                    AnyOf = [.. Kinds.Select(kind => new OpenApiSchemaReference(NameOf(kind), document))],
                };
            }
        }

        foreach (var (path, item) in document.Paths.Where(path => path.Key.EndsWith($"/{{{KindAddress.Part}}}", StringComparison.Ordinal)))
        {
            OpenApiOperation? create = null;
            if (item.Operations?.TryGetValue(HttpMethod.Post, out create) is true && create.RequestBody?.Content?.Values.FirstOrDefault() is OpenApiMediaType content)
            {
                content.Examples = Kinds.Where(kind => kind.IsOfCatalogue == path.StartsWith(AddressedResources.OfCatalogue, StringComparison.Ordinal))
                    .ToDictionary(kind => kind.Plural, IOpenApiExample (kind) => new OpenApiExample { Value = new JsonObject { ["name"] = NameIn(kind.Name), ["spec"] = ExampleOf(kind.Fields) } });
            }
        }

        return Task.CompletedTask;
    }

    private static OpenApiSchema SchemaOf(ResourceKind kind)
    {
        var schema = SchemaOf(kind.Fields);
        (schema.Title, schema.Description, schema.Examples) = (kind.Title, kind.Purpose, [ExampleOf(kind.Fields)]);
        return schema;
    }

    private static OpenApiSchema SchemaOf(IReadOnlyList<ResourceField> fields)
    {
        // What an offering says need not be sent.
        var copied = fields.SelectMany(field => field.Copies).ToHashSet(StringComparer.Ordinal);
        return new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            AdditionalPropertiesAllowed = false,
            Properties = fields.ToDictionary(field => field.Name, IOpenApiSchema (field) => SchemaOf(field)),
            Required = fields.Where(field => field.IsRequired && !copied.Contains(field.Name)).Select(field => field.Name).ToHashSet(StringComparer.Ordinal),
        };
    }

    private static OpenApiSchema SchemaOf(ResourceField field)
    {
        var schema = field.Type switch
        {
            FieldType.Number => new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = Text(field.Least), Maximum = Text(field.Most) },
            FieldType.Switch => new OpenApiSchema { Type = JsonSchemaType.Boolean },
            // Each organization has its own.
            FieldType.Choice when field.IsAppType => new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = ResourceNames.Longest },
            FieldType.Choice => new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. field.Choices.Select(choice => (JsonNode)choice.Name)] },
            FieldType.List => new OpenApiSchema { Type = JsonSchemaType.Array, MaxItems = ResourceField.MostEntries, Items = Line() },
            FieldType.Pairs => new OpenApiSchema { Type = JsonSchemaType.Object, MaxProperties = ResourceField.MostEntries, AdditionalProperties = Line() },
            FieldType.Table => new OpenApiSchema { Type = JsonSchemaType.Array, MaxItems = ResourceField.MostEntries, Items = SchemaOf(field.Columns) },
            FieldType.LongText => new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = ResourceField.LongestLongText },
            FieldType.Secret => new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = ResourceField.LongestLongText, WriteOnly = true },
            _ => Line(),
        };
        (schema.Title, schema.Description) = (field.Title, Words(field));
        return schema;
    }

    private static OpenApiSchema Line() => new() { Type = JsonSchemaType.String, MaxLength = ResourceField.LongestText };

    private static string? Words(ResourceField field)
    {
        string?[] parts =
        [
            field.Unit is null ? null : $"In {field.Unit}.",
            field.Kinds.Count == 0 ? null : $"{(field.Type == FieldType.Reference ? "The name" : "Names, separated by commas,")} of {(field.Kinds.Count == 1 ? field.Kinds[0] : $"kind/name, where kind is {string.Join(" or ", field.Kinds)}")}; project:name or address:name for a shared one.",
            field.Target is null ? null : $"Only {field.Target.Title}.",
            field.IsAppType ? "One of the organization's app types, as getAppTypes answers them." : null,
            field.Help,
            field.Copies.Count == 0 ? null : $"Fills in {string.Join(", ", field.Copies)}.",
            field.IsFixed ? "Stays as it was made." : null,
            field.IsReported ? "Reported by what runs: not sent with a new one." : null,
        ];
        var words = string.Join(' ', parts.Where(part => part is not null));
        return words.Length == 0 ? null : words;
    }

    // What must be filled in, and what forms begin with.
    private static JsonObject ExampleOf(IReadOnlyList<ResourceField> fields) => new(fields
        .Where(field => field.IsRequired || field.Default is not null || field.Example is not null).Select(field => KeyValuePair.Create(field.Name, ExampleOf(field))));

    private static JsonNode? ExampleOf(ResourceField field) => field.Type switch
    {
        FieldType.Reference => new ResourceReference(null, field.Kinds[0], NameIn(field.Kinds[0])).ToText(field),
        FieldType.Choice => field.Default ?? field.Choices[0].Name,
        FieldType.Number => field.Default is { } number ? decimal.Parse(number, CultureInfo.InvariantCulture) : field.Least,
        _ => field.Example ?? field.Title,
    };

    private static string NameIn(string kind) => $"my-{kind}";

    private static string? Text(decimal? number) => number?.ToString(CultureInfo.InvariantCulture);
}
