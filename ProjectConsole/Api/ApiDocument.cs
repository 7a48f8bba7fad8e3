using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using ProjectConsole.Shared;

namespace ProjectConsole.Api;

/// <summary>The API's document (OpenAPI 3.1), made from the endpoints themselves, so that it says what they do.</summary>
public static partial class ApiDocument
{
    /// <summary>Where it is read.</summary>
    public const string Address = "/openapi/v1.json";

    /// <summary>Under which it is registered.</summary>
    internal const string Name = "v1";

    private const string Scheme = "key";

    /// <summary>Adds what makes it.</summary>
    public static IServiceCollection AddApiDocument(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options => ApiJson.Configure(options.SerializerOptions));
        return services.AddOpenApi(Name, options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.ShouldInclude = description => description.ActionDescriptor.EndpointMetadata.Any(word => word is NeedsCaller or OwnDescription);
            options.CreateSchemaReferenceId = type => IsInline(type.Type) ? null : OpenApiOptions.CreateDefaultSchemaReferenceId(type);
            options.AddDocumentTransformer((document, _, _) => Task.FromResult(Head(document)));
            options.AddOperationTransformer(DescribeAsync);
            options.AddSchemaTransformer(DocumentSchemas.DescribeAsync);
        });
    }

    /// <summary>Maps the document; it tells nothing of any organization and needs no key.</summary>
    public static void MapApiDocument(this IEndpointRouteBuilder endpoints) => endpoints.MapOpenApi("/openapi/{documentName}.json");

    private static OpenApiDocument Head(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "ProjectConsole",
            Version = Name,
            Description = "Organizations, projects, who may do what in them, and what is in them. Send a project key or a personal token in the header Authorization: Bearer. "
                + "Refusals are problem details (RFC 9457) with a stable type.",
        };
        document.ExternalDocs = new OpenApiExternalDocs { Description = "Documentation", Url = new Uri(ConsoleUrls.Documentation("api"), UriKind.Relative) };
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Scheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A project key (pck_...) or a personal token (pct_...)." },
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] }];
        return document;
    }

    private static bool IsInline(Type type) => OptionalConverter.IsOptional(type) || KnownParameters.IsChoice(Nullable.GetUnderlyingType(type) ?? type);

    private static async Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<OwnDescription>().Any())
        {
            return;
        }

        var handler = metadata.OfType<MethodInfo>().First();
        var call = new DescribedCall(
            [.. handler.GetParameters().Select(parameter => parameter.ParameterType)], context.Description.HttpMethod ?? "", metadata.OfType<AsksOnly>().Any(), operation.RequestBody is not null,
            KnownParameters.ChangesAccess(metadata), metadata.OfType<RepeatsByItself>().Any());
        var own = operation.Parameters ?? [];
        var inPath = PathParameters(context.Description.RelativePath ?? "").Where(parameter => own.All(other => other.Name != parameter.Name));
        operation.Parameters = [.. inPath, .. own, .. call.Parameters];
        foreach (var (parameter, type) in handler.GetParameters().Select(parameter => (parameter.Name, DocumentSchemas.ChoiceIn(parameter.ParameterType))).Where(pair => pair.Item2 is not null))
        {
            DocumentSchemas.Offer(operation.Parameters, parameter!, type!);
        }

        if (metadata.OfType<NeededPermissions>().LastOrDefault() is { } needs)
        {
            operation.Description = $"Needs {string.Join(" or ", needs.Names.Select(name => $"`{name}`"))}.";
            operation.AddExtension("x-permissions", new JsonNodeExtension(new JsonArray([.. needs.Names.Select(name => (JsonNode)name)])));
        }

        var problem = await DocumentSchemas.ProblemAsync(context, ct);
        operation.Responses ??= [];
        foreach (var (status, sentence) in call.Refusals)
        {
            operation.Responses.TryAdd(status, new OpenApiResponse
            {
                Description = sentence,
                Content = new Dictionary<string, OpenApiMediaType> { [Problem.MediaType] = new OpenApiMediaType { Schema = problem } },
            });
        }
    }

    private static IEnumerable<OpenApiParameter> PathParameters(string path) => Placeholder().Matches(path).Select(found => new OpenApiParameter
    {
        Name = found.Groups["name"].Value,
        In = ParameterLocation.Path,
        Required = true,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    });

    [GeneratedRegex(@"\{(?<name>\w+)\}")]
    private static partial Regex Placeholder();
}
