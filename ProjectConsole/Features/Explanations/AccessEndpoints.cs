using System.Globalization;
using ProjectConsole.Api;
using ProjectConsole.Domain.Access;
using ProjectConsole.Security;

namespace ProjectConsole.Features.Explanations;

/// <summary>What programs ask about access: who they are, what there is to be held, and who may do what.</summary>
public static class AccessEndpoints
{
    /// <summary>Maps the endpoints.</summary>
    public static void MapAccessEndpoints(this IEndpointRouteBuilder api)
    {
        api.MapGet($"{ApiPaths.Root}/whoami", WhoamiAsync);
        api.MapGet($"{ApiPaths.Root}/permissions", (ApiCall call) => Results.Json(Catalogue, ApiJson.Options));
        api.MapPost($"{ApiPaths.Root}/access:check", CheckAsync);
    }

    private static object Catalogue { get; } = new
    {
        Permissions = PermissionCatalogue.All.Select(permission => new
        {
            permission.Name,
            Scope = permission.Scope,
            permission.Title,
            permission.Sentence,
            Includes = PermissionCatalogue.WithIncluded(permission).Where(other => other != permission).Select(other => other.Name).Order(StringComparer.Ordinal),
        }).ToArray(),
    };

    private static async Task<IResult> WhoamiAsync(ApiCall call, AccessControl access)
    {
        var (actor, key) = (call.Actor, call.Actor.Credential as KeyCredential);
        var own = key is null ? null : await access.InProjectAsync(actor, key.Project, call.Aborted);
        var permissions = own?.Access.Allowed ?? actor.Credential!.Permissions;
        return Results.Json(
            new
            {
                Kind = key is null ? "person" : "key",
                Id = actor.UserId.ToString("D", CultureInfo.InvariantCulture),
                actor.Name,
                Token = key is null ? actor.Credential!.Name : null,
                Organization = own?.Organization.Slug,
                Project = own?.Project.Slug,
                Permissions = permissions.Select(permission => permission.Name).Order(StringComparer.Ordinal),
            },
            ApiJson.Options);
    }

    private static Task<IResult> CheckAsync(ApiCall call, AccessCheckService checks) => call.WithBodyAsync<CheckBody>(async body => ApiCall.Answer(
        await checks.CheckAsync(call.Actor, body.Questions ?? [], call.Aborted),
        answers => new { Answers = answers.Select(answer => new { answer.Question.Organization, answer.Question.Project, answer.Question.Permission, answer.Question.User, Allowed = answer.IsAllowed }) }));

    private sealed record CheckBody(IReadOnlyList<AccessQuestion?>? Questions);
}
