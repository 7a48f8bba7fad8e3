using Microsoft.AspNetCore.Http.Features;
using ProjectConsole.Api;
using ProjectConsole.Domain.Access;
using ProjectConsole.Security;

namespace ProjectConsole.Features.Keys;

/// <summary>Introspection of project keys, as RFC 7662 has it.</summary>
public static class IntrospectionEndpoints
{
    private const int LargestForm = 16 * 1024;

    /// <summary>Maps the endpoint.</summary>
    public static void MapIntrospection(this IEndpointRouteBuilder api) => api.MapPost(ApiPaths.Introspection, IntrospectAsync)
        .Named("introspect", "Access", "Ask whether a key opens something now (RFC 7662)").Needs(Permissions.KeysView).OnlyAsks()
        .Accepts<IntrospectionForm>("application/x-www-form-urlencoded").Answers<IntrospectionBody>();

    private static async Task<IResult> IntrospectAsync(ApiCall call, HttpContext http, IntrospectionService introspection)
    {
        if (!http.Request.HasFormContentType)
        {
            return Problem.OfMediaType("Send token=… as application/x-www-form-urlencoded.").ToResult();
        }

        var token = await TokenAsync(http);
        if (token is null)
        {
            return Problem.BadRequest("Send one field called token.").ToResult();
        }

        var key = await introspection.IntrospectAsync(call.Actor, token, RequestOrigin.Of(http), call.Aborted);
        return Results.Json(
            key is null ? new IntrospectionBody(false) : new IntrospectionBody(true)
            {
                Scope = string.Join(' ', ApiJson.Names(key.Project.Access.Allowed)),
                ClientId = key.Id,
                Sub = key.Id,
                Username = key.Name,
                TokenType = "Bearer",
                Organization = key.Project.Organization.Slug,
                Project = key.Project.Project.Slug,
            },
            ApiJson.Snake);
    }

    private static async Task<string?> TokenAsync(HttpContext http)
    {
        try
        {
            http.Features.Set<IFormFeature>(new FormFeature(
                http.Request, new() { BufferBodyLengthLimit = LargestForm, ValueLengthLimit = LargestForm, ValueCountLimit = 8, MultipartBodyLengthLimit = LargestForm }));
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            return form["token"] is [{ Length: > 0 } token] ? token : null;
        }
        catch (Exception failure) when (failure is InvalidDataException or BadHttpRequestException)
        {
            return null;
        }
    }
}

/// <summary>The form of a question.</summary>
/// <param name="Token">The key.</param>
public sealed record IntrospectionForm(string Token);

/// <summary>What a key is; of one that opens nothing, nothing more.</summary>
/// <param name="Active">Whether it opens something now.</param>
public sealed record IntrospectionBody(bool Active)
{
    /// <summary>Permissions, separated by spaces.</summary>
    public string? Scope { get; init; }

    /// <summary>The key.</summary>
    public Guid? ClientId { get; init; }

    /// <summary>The key.</summary>
    public Guid? Sub { get; init; }

    /// <summary>The key's name.</summary>
    public string? Username { get; init; }

    /// <summary>Always Bearer.</summary>
    public string? TokenType { get; init; }

    /// <summary>The organization's slug.</summary>
    public string? Organization { get; init; }

    /// <summary>The Project ID.</summary>
    public string? Project { get; init; }
}
