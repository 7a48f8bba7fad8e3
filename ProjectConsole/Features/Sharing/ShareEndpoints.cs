using ProjectConsole.Api;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Resources;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Sharing;

/// <summary>Shares of resources through the API: what a project gives, what it has from others, and what others offer it.</summary>
public static class ShareEndpoints
{
    private const string Tag = "Shares";

    /// <summary>Maps the endpoints.</summary>
    public static void MapShareEndpoints(this IEndpointRouteBuilder api)
    {
        const string all = ApiPaths.OfProject + "/shares", one = all + "/{share}", resource = ApiPaths.OfProject + "/{kind}/{name}", given = resource + "/shares";
        const string own = AddressedResources.OfPersonalSpace + "/{kind}/{name}/shares";
        var (kinds, grantable) = (ResourceKinds.All, ResourceKinds.All.Where(kind => kind.IsGrantable).ToList());
        api.MapGet(all, ListAsync).Named("listShares", Tag, "List what a project shares and what is shared with it").Needs(Permissions.ProjectView).Answers<Listed<ShareBody>>();
        api.MapPost(one + "/accept", AcceptAsync).Named("acceptShare", Tag, "Accept what another project or a person offers").Needs(Permissions.SharesAccept).AnswersNothing();
        api.MapPost(one + "/decline", DeclineAsync).Named("declineShare", Tag, "Decline what another project or a person offers").Needs(Permissions.SharesAccept).AnswersNothing();
        api.MapDelete(one, LeaveAsync).Named("leaveShare", Tag, "Give back what another project or a person shares").Needs(Permissions.SharesAccept).AnswersNothing();
        api.MapGet(ApiPaths.OfProject + "/organization-visible", ListVisibleAsync).Named("listOrganizationVisible", Tag, "List what of a project the whole organization sees")
            .Needs(Permissions.ProjectView).Answers<Listed<VisibleResourceBody>>();
        api.MapGet(given, ListGivenAsync).Named("listSharesOfResource", Tag, "List with whom a resource is shared").OfKinds(kinds, "view").Answers<Listed<ShareBody>>();
        api.MapPost(given, OfferAsync).Named("shareResource", Tag, "Offer a resource to another project or to a workspace").OfKinds(kinds, "share").Answers<CreatedShareBody>(201);
        api.MapGet(given + "/{share}", GetAsync).Named("getShareOfResource", Tag, "Read one share of a resource").OfKinds(kinds, "view").Answers<ShareBody>();
        api.MapDelete(given + "/{share}", EndAsync).Named("endShare", Tag, "Take back what a project shares").OfKinds(kinds, "share").AnswersNothing();
        api.MapGet(own, ListGivenAsync).Named("listSharesOfPersonalResource", Tag, "List the projects with which a resource of your personal space is shared").OfKinds(grantable, "view")
            .Answers<Listed<ShareBody>>();
        api.MapPost(own, GrantAsync).Named("sharePersonalResource", Tag, "Offer a resource of your personal space to a project").OfKinds(grantable, "share").Answers<CreatedShareBody>(201);
        api.MapGet(own + "/{share}", GetAsync).Named("getShareOfPersonalResource", Tag, "Read one share of a resource of your personal space").OfKinds(grantable, "view").Answers<ShareBody>();
        api.MapDelete(own + "/{share}", EndAsync).Named("endShareOfPersonalResource", Tag, "Take back what a project has from your personal space").OfKinds(grantable, "share")
            .AnswersNothing();
        api.MapPut(resource + "/organization-visibility", ShowAsync).Named("showToOrganization", Tag, "Let every project of the organization see and use a resource").OfKinds(kinds, "share")
            .AnswersNothing();
        api.MapDelete(resource + "/organization-visibility", HideAsync).Named("hideFromOrganization", Tag, "Let the organization see a resource no more").OfKinds(kinds, "share")
            .AnswersNothing();
    }

    private static async Task<IResult> ListAsync(ApiCall call, AddressedProject project, ListCall list, Choice<ShareSide>? side, SharingDirectory directory)
    {
        var found = await directory.ListAsync(call.Actor, project.Scope, side?.Value, list.Page, call.Aborted);
        return list.Answer(found, ShareBody.Of);
    }

    private static async Task<IResult> ListGivenAsync(ApiCall call, AddressedResources resources, ListCall list, ResourceDetailService details, SharingDirectory directory) =>
        list.AnswerAll(await GivenAsync(call, resources, details, directory), ShareBody.Of);

    private static async Task<IResult> GetAsync(ApiCall call, AddressedResources resources, ResourceDetailService details, SharingDirectory directory)
    {
        var given = await GivenAsync(call, resources, details, directory);
        return !given.Succeeded ? ApiCall.Refuse(given.Error)
            : given.Value.FirstOrDefault(share => share.Id == ShareOf(call)) is { } found ? ApiCall.Answer<ShareRow>(found, ShareBody.Of)
            : ApiCall.Refuse(new NotFound());
    }

    private static async Task<Result<IReadOnlyList<ShareRow>>> GivenAsync(ApiCall call, AddressedResources resources, ResourceDetailService details, SharingDirectory directory)
    {
        var found = await resources.FindOwnAsync(call, details);
        return found.Succeeded ? (await directory.GetOfResourceAsync(call.Actor, resources.Owner, found.Value.Row.Id, call.Aborted)).Map(shared => shared.Shares) : found.Error;
    }

    private static async Task<IResult> OfferAsync(
        ApiCall call, AddressedResources resources, Body<NewShareBody> body, ResourceDetailService details, SharingService sharing)
    {
        var typed = body.Value;
        if (typed.Project is null == typed.Workspace is null)
        {
            return Problem.BadRequest("Send either project or workspace.").ToResult();
        }

        var found = await resources.FindOwnAsync(call, details);
        if (!found.Succeeded)
        {
            return ApiCall.Refuse(found.Error);
        }

        var offered = await sharing.OfferAsync(
            call.Actor, resources.Owner, resources.Kind, found.Value.Row.Id, new ShareOffer(typed.Project, typed.Workspace, typed.Level), call.Aborted);
        return Offered(call, resources, found.Value.Row.Name, offered);
    }

    private static async Task<IResult> GrantAsync(ApiCall call, AddressedResources resources, Body<GrantBody> body, ResourceDetailService details, SharingService sharing)
    {
        var found = await resources.FindOwnAsync(call, details);
        return !found.Succeeded ? ApiCall.Refuse(found.Error)
            : Offered(call, resources, found.Value.Row.Name, await sharing.OfferAsync(
                call.Actor, resources.Owner, resources.Kind, found.Value.Row.Id, new ShareOffer(body.Value.Project, null, body.Value.Level), call.Aborted));
    }

    private static IResult Offered(ApiCall call, AddressedResources resources, string name, Result<Guid> offered) =>
        call.Made(
            offered.Named((nameof(ShareOffer.ProjectSlug), "project"), (nameof(ShareOffer.WorkspaceSlug), "workspace")),
            share => $"{resources.Address}/{name}/shares/{share}", share => new CreatedShareBody(call.Actor.DryRun ? null : share));

    private static async Task<IResult> AcceptAsync(ApiCall call, AddressedProject project, SharingService sharing) =>
        Done(await sharing.AnswerAsync(call.Actor, project.Scope, ShareOf(call), accepts: true, call.Aborted));

    private static async Task<IResult> DeclineAsync(ApiCall call, AddressedProject project, SharingService sharing) =>
        Done(await sharing.AnswerAsync(call.Actor, project.Scope, ShareOf(call), accepts: false, call.Aborted));

    private static async Task<IResult> LeaveAsync(ApiCall call, AddressedProject project, SharingService sharing) =>
        Done(await sharing.LeaveAsync(call.Actor, project.Scope, ShareOf(call), call.Aborted));

    private static async Task<IResult> EndAsync(ApiCall call, AddressedResources resources, SharingService sharing) =>
        Done(await sharing.EndAsync(call.Actor, resources.Owner, resources.Kind, ShareOf(call), call.Aborted));

    private static async Task<IResult> ListVisibleAsync(ApiCall call, AddressedProject project, ListCall list, SharingDirectory directory)
    {
        var found = await directory.ListVisibleAsync(call.Actor, project.Scope, list.Page, call.Aborted);
        return list.Answer(found, resource => new VisibleResourceBody(resource.Kind, resource.Name));
    }

    private static Task<IResult> ShowAsync(ApiCall call, AddressedProject project, AddressedResources resources, ResourceDetailService details, SharingService sharing) =>
        SetVisibleAsync(call, project, resources, true, details, sharing);

    private static Task<IResult> HideAsync(ApiCall call, AddressedProject project, AddressedResources resources, ResourceDetailService details, SharingService sharing) =>
        SetVisibleAsync(call, project, resources, false, details, sharing);

    private static async Task<IResult> SetVisibleAsync(
        ApiCall call, AddressedProject project, AddressedResources resources, bool isVisible, ResourceDetailService details, SharingService sharing)
    {
        var found = await resources.FindOwnAsync(call, details);
        return !found.Succeeded ? ApiCall.Refuse(found.Error)
            : Done(await sharing.ShowToOrganizationAsync(call.Actor, project.Scope, resources.Kind, found.Value.Row.Id, isVisible, call.Aborted));
    }

    // Another text than an id is the id of nothing.
    private static Guid ShareOf(ApiCall call) => Guid.TryParse(call.Route("share"), out var id) ? id : Guid.Empty;

    // A share of somebody else's is none here.
    private static IResult Done(Result result) => ApiCall.Done(result.Error is NoSuchShare ? new NotFound() : result);
}
