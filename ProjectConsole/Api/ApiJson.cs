using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Features;
using ProjectConsole.Domain.Access;
using ProjectConsole.Shared;

namespace ProjectConsole.Api;

/// <summary>How bodies are read and written: strict about what comes in, so that nothing is taken for something else.</summary>
public static class ApiJson
{
    /// <summary>The largest body in bytes.</summary>
    public const long LargestBody = 1024 * 1024;

    /// <summary>Unknown fields, fields that stand twice and deep nesting are refused.</summary>
    public static JsonSerializerOptions Options { get; } = Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    /// <summary>Names as OAuth has them.</summary>
    public static JsonSerializerOptions Snake { get; } = new(Options) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Makes options strict.</summary>
    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.MaxDepth = 32;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Converters.Add(new UtcTime());
        options.Converters.Add(new PlainText());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
        return options;
    }

    /// <summary>A field's name as bodies have it.</summary>
    public static string Name(string field) => JsonNamingPolicy.CamelCase.ConvertName(field);

    /// <summary>Permissions as bodies have them.</summary>
    public static IReadOnlyList<string> Names(PermissionSet permissions) => [.. permissions.Select(permission => permission.Name).Order(StringComparer.Ordinal)];

    /// <summary>Reads the body of a call, or says what is wrong with it.</summary>
    public static async Task<(T? Body, Problem? Problem)> ReadAsync<T>(HttpContext call)
        where T : class
    {
        if (!call.Request.HasJsonContentType())
        {
            return (null, Problem.OfMediaType("Send the body as application/json."));
        }

        if (call.Request.ContentLength > LargestBody)
        {
            return (null, Problem.TooLarge());
        }

        if (call.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = LargestBody;
        }

        try
        {
            return await JsonSerializer.DeserializeAsync<T>(call.Request.Body, Options, call.RequestAborted) is { } body
                ? (body, null)
                : (null, Problem.BadRequest("The body is null. Send an object."));
        }
        catch (JsonException failure)
        {
            return (null, Problem.BadRequest(Explain(failure)));
        }
        catch (BadHttpRequestException failure) when (failure.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (null, Problem.TooLarge());
        }
        catch (BadHttpRequestException failure)
        {
            return (null, new Problem("malformed", "Malformed call", failure.StatusCode, "The body ended early or was not sent as its headers say."));
        }
    }

    // The place is the caller's own text; the reason of the parser is not repeated, because it quotes types of this program.
    private static string Explain(JsonException failure)
    {
        var place = string.IsNullOrEmpty(failure.Path) || failure.Path == "$" ? "" : $" at {TextRules.Clean(failure.Path)}";
        return $"The body is not the JSON that this call takes: look{place} in line {(failure.LineNumber ?? 0) + 1}. Fields that are not known are refused.";
    }
}
