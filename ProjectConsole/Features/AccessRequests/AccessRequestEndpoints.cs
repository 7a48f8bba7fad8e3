using ProjectConsole.Api;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;

namespace ProjectConsole.Features.AccessRequests;

/// <summary>Requests for access through the API, for those who answer them. Asking is done in person.</summary>
public static class AccessRequestEndpoints
{
    private const string Tag = "Access requests";

    /// <summary>Maps the endpoints.</summary>
    public static void MapAccessRequestEndpoints(this IEndpointRouteBuilder api)
    {
        const string all = ApiPaths.OfProject + "/requests", one = all + "/{request:guid}";
        api.MapGet(all, ListAsync).Named("listAccessRequests", Tag, "List requests for access").Needs(Permissions.CollaboratorsChange).Answers<Listed<AccessRequestBody>>();
        api.MapPost(one + "/grant", GrantAsync).Named("grantAccessRequest", Tag, "Give what was asked for, or less").Needs(Permissions.CollaboratorsChange).Answers<AccessChangeBody>();
        api.MapPost(one + "/decline", DeclineAsync).Named("declineAccessRequest", Tag, "Say no").Needs(Permissions.CollaboratorsChange).AnswersNothing();
    }

    private static async Task<IResult> ListAsync(ApiCall call, AddressedProject project, ListCall list, Choice<AccessRequestState>? state, AccessRequestListService requests) =>
        list.Answer((await requests.ListAsync(call.Actor, project.Scope, state?.Value, list.Page, call.Aborted)).Map(all => all.Page), AccessRequestBody.Of);

    private static async Task<IResult> GrantAsync(ApiCall call, AddressedProject project, Guid request, Body<GrantRequestBody> body, AccessRequestAnswers answers) =>
        call.Changed(await answers.GrantAsync(call.Actor, project.Scope, request, new GrantedRequest(body.Value.Role, body.Value.Hours, body.Value.Words), call.Aborted));

    private static async Task<IResult> DeclineAsync(ApiCall call, AddressedProject project, Guid request, Body<DeclineRequestBody> body, AccessRequestAnswers answers) =>
        ApiCall.Done(await answers.DeclineAsync(call.Actor, project.Scope, request, body.Value.Words, call.Aborted));
}

/// <summary>A request for access.</summary>
/// <param name="Id">By which it is answered.</param>
/// <param name="Email">Who asks.</param>
/// <param name="Role">Stored name of the role.</param>
/// <param name="Reason">Why.</param>
/// <param name="Hours">For how many hours; null for no end.</param>
/// <param name="State">Where it stands.</param>
/// <param name="RequestedUtc">When.</param>
/// <param name="AnsweredBy">Who answered; empty for nobody yet.</param>
/// <param name="Answer">What the person read about it.</param>
public sealed record AccessRequestBody(
    Guid Id, string Email, string Role, string Reason, int? Hours, AccessRequestState State, DateTime RequestedUtc, string AnsweredBy, string Answer)
{
    internal static AccessRequestBody Of(AccessRequestRow row) =>
        new(row.Id, row.Email, row.RoleKey, row.Reason, row.Hours, row.State, row.RequestedUtc, row.AnsweredByName, row.Answer);
}

/// <summary>A yes.</summary>
/// <param name="Role">Stored name of the role to give.</param>
/// <param name="Hours">For how many hours from now on; null for no end.</param>
/// <param name="Words">What the person reads about it.</param>
public sealed record GrantRequestBody(string? Role, int? Hours, string? Words);

/// <summary>A no.</summary>
/// <param name="Words">What the person reads about it.</param>
public sealed record DeclineRequestBody(string? Words);
