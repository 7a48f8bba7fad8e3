using ProjectConsole.Api;
using ProjectConsole.Components.Access;
using ProjectConsole.Domain.Access;
using ProjectConsole.Features.Collaborators;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Explanations;

/// <summary>Why somebody may do something or not, and who can do it, through the API.</summary>
public static class ExplanationEndpoints
{
    private const string Tag = "Access";

    /// <summary>Maps the endpoints.</summary>
    public static void MapExplanationEndpoints(this IEndpointRouteBuilder api)
    {
        api.MapPost(ApiPaths.OfProject + "/access:explain", ExplainAsync)
            .Named("explainAccess", Tag, "Say why a person or team may do something or not").Needs(Permissions.ProjectView, Permissions.CollaboratorsView).OnlyAsks().Answers<ExplanationBody>();
        api.MapGet(ApiPaths.OfProject + "/who-can", WhoCanAsync)
            .Named("whoCan", Tag, "List who can do something in a project").Needs(Permissions.CollaboratorsView).Answers<Listed<WhoCanBody>>();
    }

    private static async Task<IResult> ExplainAsync(
        ApiCall call, AddressedProject project, Body<ExplanationQuestionBody> body, ExplanationService explanations, CollaboratorListService collaborators)
    {
        var permission = PermissionCatalogue.Find(body.Value.Permission ?? Permissions.ProjectView.Name);
        if (permission is not { Scope: PermissionScope.Project })
        {
            return ApiCall.Refuse(new Invalid("permission", "Name a permission of GET /api/v1/permissions that is asked for in a project."));
        }

        var explained = await FindAsync(call, project, TextRules.Clean(body.Value.Collaborator), explanations, collaborators);
        return ApiCall.Answer(explained, all => ExplanationBody.Of(all, permission));
    }

    private static async Task<Result<AccessExplanation>> FindAsync(
        ApiCall call, AddressedProject project, string collaborator, ExplanationService explanations, CollaboratorListService collaborators)
    {
        if (collaborator == "" || collaborator == call.Actor.Name)
        {
            return await explanations.OfPersonAsync(call.Actor, project.Scope, call.Actor.UserId, call.Aborted);
        }

        var found = await collaborators.FindPrincipalAsync(call.Actor, project.Scope, collaborator, call.Aborted);
        return !found.Succeeded ? found.Error
            : collaborator.Contains('@', StringComparison.Ordinal) ? await explanations.OfPersonAsync(call.Actor, project.Scope, found.Value, call.Aborted)
            : await explanations.OfTeamAsync(call.Actor, project.Scope, found.Value, call.Aborted);
    }

    private static async Task<IResult> WhoCanAsync(ApiCall call, AddressedProject project, ListCall list, string permission, WhoCanService whoCan) =>
        PermissionCatalogue.Find(permission) is { Scope: PermissionScope.Project } asked
            ? list.Answer((await whoCan.ListAsync(call.Actor, project.Scope, asked, list.Page, call.Aborted)).Map(all => all.People), WhoCanBody.Of)
            : ApiCall.Refuse(new Invalid("permission", "Name a permission of GET /api/v1/permissions that is asked for in a project."));
}

/// <summary>What is asked.</summary>
/// <param name="Permission">About which permission; project.view where it is not sent.</param>
/// <param name="Collaborator">E-mail address or Team ID; the caller where it is not sent.</param>
public sealed record ExplanationQuestionBody(string? Permission, string? Collaborator);

/// <summary>Why somebody may do something or not.</summary>
/// <param name="Collaborator">Address of the person, or name of the team.</param>
/// <param name="Role">The effective role.</param>
/// <param name="Permission">What was asked about.</param>
/// <param name="Allowed">Whether it may be done now.</param>
/// <param name="Reason">Why, in a sentence.</param>
/// <param name="Paths">The paths in force, and whether each gives it.</param>
/// <param name="Taken">What takes permissions from what the roles give.</param>
/// <param name="Permissions">All that may be done now.</param>
public sealed record ExplanationBody(
    string Collaborator, string Role, string Permission, bool Allowed, string Reason, IReadOnlyList<ExplainedPathBody> Paths, IReadOnlyList<TakenBody> Taken,
    IReadOnlyList<string> Permissions)
{
    internal static ExplanationBody Of(AccessExplanation explained, Permission permission)
    {
        var reason = explained.Of(permission);
        return new(
            explained.Name, AccessWords.Role(explained.Access), permission.Name, reason.Allowed, ExplanationWords.Answer(explained, reason),
            [.. explained.Paths.Select(path => new ExplainedPathBody(
                path.Source.Kind, ExplanationWords.Title(path), path.Source.RoleTitle, path.Source.After.Contains(permission), path.GrantedByName, path.GrantedUtc, path.Source.ExpiresUtc))],
            [.. explained.Taken.Select(part => new TakenBody(part.By, part.Name, ApiJson.Names(part.Takes), ApiJson.Names(part.GivenBack)))],
            ApiJson.Names(explained.Access.Allowed));
    }
}

/// <summary>One path into the project.</summary>
/// <param name="Kind">Which path.</param>
/// <param name="Title">For people.</param>
/// <param name="Role">The role that it gives.</param>
/// <param name="Gives">Whether it gives what was asked about, after its restriction.</param>
/// <param name="GrantedBy">Who gave it; empty where nobody did.</param>
/// <param name="GrantedUtc">When.</param>
/// <param name="ExpiresUtc">When it ends; null for never.</param>
public sealed record ExplainedPathBody(AccessSourceKind Kind, string Title, string Role, bool Gives, string GrantedBy, DateTime? GrantedUtc, DateTime? ExpiresUtc);

/// <summary>Something that takes permissions.</summary>
/// <param name="By">What kind of thing.</param>
/// <param name="Name">Its name.</param>
/// <param name="Takes">What it takes where it stands.</param>
/// <param name="GivenBack">What of it other paths give nevertheless.</param>
public sealed record TakenBody(TakenBy By, string Name, IReadOnlyList<string> Takes, IReadOnlyList<string> GivenBack);

/// <summary>A person who can do it.</summary>
/// <param name="Email">Who.</param>
/// <param name="Role">The effective role.</param>
/// <param name="External">The person is no member of the organization.</param>
/// <param name="Paths">By which paths.</param>
public sealed record WhoCanBody(string Email, string Role, bool External, IReadOnlyList<WhoCanPath> Paths)
{
    internal static WhoCanBody Of(WhoCanRow row) => new(row.Email, row.Role, row.IsExternal, row.Paths);
}
