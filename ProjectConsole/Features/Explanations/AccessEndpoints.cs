using System.Globalization;
using ProjectConsole.Api;
using ProjectConsole.Domain.Access;
using ProjectConsole.Security;

namespace ProjectConsole.Features.Explanations;

/// <summary>What programs ask about access: who they are, what there is to be held, and who may do what.</summary>
public static class AccessEndpoints
{
    private const string Tag = "Access";

    private static readonly PermissionsBody Catalogue = new(
    [
        .. PermissionCatalogue.All.Select(permission => new PermissionBody(
            permission.Name, permission.Scope, permission.Title, permission.Sentence,
            [.. PermissionCatalogue.WithIncluded(permission).Where(other => other != permission).Select(other => other.Name).Order(StringComparer.Ordinal)])),
    ]);

    /// <summary>Maps the endpoints.</summary>
    public static void MapAccessEndpoints(this IEndpointRouteBuilder api)
    {
        api.MapGet($"{ApiPaths.Root}/whoami", WhoamiAsync).Named("whoami", Tag, "Say who calls, and what the key or token can").Answers<WhoamiBody>();
        api.MapGet($"{ApiPaths.Root}/permissions", (ApiCall call) => Results.Json(Catalogue, ApiJson.Options))
            .Named("listPermissions", Tag, "List every permission that there is").Answers<PermissionsBody>();
        api.MapPost($"{ApiPaths.Root}/access:check", CheckAsync)
            .Named("checkAccess", Tag, "Ask whether somebody may do something, one question or many").Needs(Permissions.CollaboratorsView, Permissions.MembersView).OnlyAsks().Answers<AccessAnswersBody>();
    }

    private static async Task<IResult> WhoamiAsync(ApiCall call, AccessControl access)
    {
        var (actor, key) = (call.Actor, call.Actor.Credential as KeyCredential);
        var own = key is null ? null : await access.InProjectAsync(actor, key.Project, call.Aborted);
        return Results.Json(
            new WhoamiBody(
                key is null ? "person" : "key", actor.UserId.ToString("D", CultureInfo.InvariantCulture), actor.Name, key is null ? actor.Credential!.Name : null,
                own?.Organization.Slug, own?.Project.Slug, ApiJson.Names(own?.Access.Allowed ?? actor.Credential!.Permissions)),
            ApiJson.Options);
    }

    private static async Task<IResult> CheckAsync(ApiCall call, Body<AccessQuestionsBody> body, AccessCheckService checks) => ApiCall.Answer(
        await checks.CheckAsync(call.Actor, body.Value.Questions ?? [], call.Aborted),
        answers => new AccessAnswersBody(
            [.. answers.Select(answer => new AccessAnswerBody(answer.Question.Organization, answer.Question.Project, answer.Question.Permission, answer.Question.User, answer.IsAllowed))]));
}

/// <summary>Who calls.</summary>
/// <param name="Kind">person or key.</param>
/// <param name="Id">The account or the key.</param>
/// <param name="Name">The address, or the key's name.</param>
/// <param name="Token">The personal token's name; null for a key.</param>
/// <param name="Organization">Of a key, its organization's slug.</param>
/// <param name="Project">Of a key, its Project ID.</param>
/// <param name="Permissions">Of a key, what it may do now; of a token, the set that cuts what the person may do.</param>
public sealed record WhoamiBody(string Kind, string Id, string Name, string? Token, string? Organization, string? Project, IReadOnlyList<string> Permissions);

/// <summary>Every permission.</summary>
public sealed record PermissionsBody(IReadOnlyList<PermissionBody> Permissions);

/// <summary>A permission.</summary>
/// <param name="Name">subject.verb.</param>
/// <param name="Scope">Where it is held.</param>
/// <param name="Title">For people.</param>
/// <param name="Sentence">What it lets one do.</param>
/// <param name="Includes">What it brings along.</param>
public sealed record PermissionBody(string Name, PermissionScope Scope, string Title, string Sentence, IReadOnlyList<string> Includes);

/// <summary>Questions, answered in their order.</summary>
public sealed record AccessQuestionsBody(IReadOnlyList<AccessQuestion?>? Questions);

/// <summary>Answers in the order of the questions.</summary>
public sealed record AccessAnswersBody(IReadOnlyList<AccessAnswerBody> Answers);

/// <summary>The answer to a question.</summary>
/// <param name="Organization">As asked.</param>
/// <param name="Project">As asked.</param>
/// <param name="Permission">As asked.</param>
/// <param name="User">As asked.</param>
/// <param name="Allowed">Whether it may be done now.</param>
public sealed record AccessAnswerBody(string? Organization, string? Project, string? Permission, string? User, bool Allowed);
