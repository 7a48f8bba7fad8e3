using Microsoft.AspNetCore.Http.Features;
using ProjectConsole.Api;
using ProjectConsole.Security;

namespace ProjectConsole.Features.Keys;

/// <summary>Introspection of project keys, as RFC 7662 has it.</summary>
public static class IntrospectionEndpoints
{
    private const int LargestForm = 16 * 1024;

    /// <summary>Maps the endpoint.</summary>
    public static void MapIntrospection(this IEndpointRouteBuilder api) => api.MapPost(ApiPaths.Introspection, IntrospectAsync);

    private static async Task<IResult> IntrospectAsync(ApiCall call, HttpContext http, IntrospectionService introspection)
    {
        if (!http.Request.HasFormContentType)
        {
            return new Problem("media-type", "Unsupported media type", StatusCodes.Status415UnsupportedMediaType, "Send token=… as application/x-www-form-urlencoded.").ToResult();
        }

        var token = await TokenAsync(http);
        if (token is null)
        {
            return Problem.BadRequest("Send one field called token.").ToResult();
        }

        var key = await introspection.IntrospectAsync(call.Actor, token, RequestOrigin.Of(http), call.Aborted);
        return key is null
            ? Results.Json(new { Active = false }, ApiJson.Options)
            : Results.Json(
                new
                {
                    Active = true,
                    Scope = string.Join(' ', key.Project.Access.Allowed.Select(permission => permission.Name).Order(StringComparer.Ordinal)),
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
