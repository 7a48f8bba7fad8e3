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
        var kinds = ResourceKinds.All;
        api.MapGet(all, ListAsync).Named("listShares", Tag, "List what a project shares and what is shared with it").Needs(Permissions.ProjectView).Answers<Listed<ShareBody>>();
        api.MapPost(one + "/accept", AcceptAsync).Named("acceptShare", Tag, "Accept what another project offers").Needs(Permissions.SharesAccept).AnswersNothing();
        api.MapPost(one + "/decline", DeclineAsync).Named("declineShare", Tag, "Decline what another project offers").Needs(Permissions.SharesAccept).AnswersNothing();
        api.MapDelete(one, LeaveAsync).Named("leaveShare", Tag, "Give back what another project shares").Needs(Permissions.SharesAccept).AnswersNothing();
        api.MapGet(ApiPaths.OfProject + "/organization-visible", ListVisibleAsync).Named("listOrganizationVisible", Tag, "List what of a project the whole organization sees")
            .Needs(Permissions.ProjectView).Answers<Listed<VisibleResourceBody>>();
        api.MapGet(given, ListGivenAsync).Named("listSharesOfResource", Tag, "List with whom a resource is shared").OfKinds(kinds, "view").Answers<Listed<ShareBody>>();
        api.MapPost(given, OfferAsync).Named("shareResource", Tag, "Offer a resource to another project or to a workspace").OfKinds(kinds, "share").Answers<CreatedShareBody>(201);
        api.MapGet(given + "/{share}", GetAsync).Named("getShareOfResource", Tag, "Read one share of a resource").OfKinds(kinds, "view").Answers<ShareBody>();
        api.MapDelete(given + "/{share}", EndAsync).Named("endShare", Tag, "Take back what a project shares").OfKinds(kinds, "share").AnswersNothing();
        api.MapPut(resource + "/organization-visibility", ShowAsync).Named("showToOrganization", Tag, "Let every project of the organization see and use a resource").OfKinds(kinds, "share")
            .AnswersNothing();
        api.MapDelete(resource + "/organization-visibility", HideAsync).Named("hideFromOrganization", Tag, "Let the organization see a resource no more").OfKinds(kinds, "share")
            .AnswersNothing();
    }

    private static async Task<IResult> ListAsync(ApiCall call, AddressedProject project, ListCall list, Choice<ShareSide>? side, SharingDirectory directory)
    {
        var found = await directory.GetAsync(call.Actor, project.Scope, call.Aborted);
        return list.AnswerAll(found.Map(all => Sides(all, side?.Value)), share => share);
    }

    private static async Task<IResult> ListGivenAsync(ApiCall call, AddressedProject project, AddressedResources resources, ListCall list, ResourceDetailService details, SharingDirectory directory) =>
        list.AnswerAll(await GivenAsync(call, project, resources, details, directory), share => share);

    private static async Task<IResult> GetAsync(ApiCall call, AddressedProject project, AddressedResources resources, ResourceDetailService details, SharingDirectory directory)
    {
        var given = await GivenAsync(call, project, resources, details, directory);
        return !given.Succeeded ? ApiCall.Refuse(given.Error)
            : given.Value.FirstOrDefault(share => share.Id == ShareOf(call)) is { } found ? ApiCall.Answer<ShareBody>(found, share => share)
            : ApiCall.Refuse(new NotFound());
    }

    private static async Task<Result<IReadOnlyList<ShareBody>>> GivenAsync(
        ApiCall call, AddressedProject project, AddressedResources resources, ResourceDetailService details, SharingDirectory directory)
    {
        var found = await resources.FindOwnAsync(call, details);
        return !found.Succeeded ? found.Error
            : (await directory.GetAsync(call.Actor, project.Scope, call.Aborted)).Map(all =>
                (IReadOnlyList<ShareBody>)[.. Sides(all, ShareSide.Given).Where(share => share.Kind == resources.Kind.Name && share.Name == found.Value.Row.Name)]);
    }

    private static async Task<IResult> OfferAsync(
        ApiCall call, AddressedProject project, AddressedResources resources, Body<NewShareBody> body, ResourceDetailService details, SharingService sharing)
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
            call.Actor, project.Scope, resources.Kind, found.Value.Row.Id, new ShareOffer(typed.Project, typed.Workspace, typed.Level), call.Aborted);
        return call.Made(
            offered.Named((nameof(ShareOffer.ProjectSlug), "project"), (nameof(ShareOffer.WorkspaceSlug), "workspace")),
            share => $"{resources.Address}/{found.Value.Row.Name}/shares/{share}", share => new CreatedShareBody(call.Actor.DryRun ? null : share));
    }

    private static async Task<IResult> AcceptAsync(ApiCall call, AddressedProject project, SharingService sharing) =>
        Done(await sharing.AnswerAsync(call.Actor, project.Scope, ShareOf(call), accepts: true, call.Aborted));

    private static async Task<IResult> DeclineAsync(ApiCall call, AddressedProject project, SharingService sharing) =>
        Done(await sharing.AnswerAsync(call.Actor, project.Scope, ShareOf(call), accepts: false, call.Aborted));

    private static async Task<IResult> LeaveAsync(ApiCall call, AddressedProject project, SharingService sharing) =>
        Done(await sharing.LeaveAsync(call.Actor, project.Scope, ShareOf(call), call.Aborted));

    private static async Task<IResult> EndAsync(ApiCall call, AddressedProject project, AddressedResources resources, SharingService sharing) =>
        Done(await sharing.EndAsync(call.Actor, project.Scope, resources.Kind, ShareOf(call), call.Aborted));

    private static async Task<IResult> ListVisibleAsync(ApiCall call, AddressedProject project, ListCall list, SharingDirectory directory)
    {
        var found = await directory.GetAsync(call.Actor, project.Scope, call.Aborted);
        return list.AnswerAll(found.Map(all => all.ToOrganization), resource => new VisibleResourceBody(resource.Kind, resource.Name));
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

    private static IReadOnlyList<ShareBody> Sides(ProjectSharing all, ShareSide? side)
    {
        (ShareSide Side, IReadOnlyList<ShareRow> Rows)[] sides = [(ShareSide.Given, all.Given), (ShareSide.Received, all.Received), (ShareSide.Pending, all.Pending)];
        return [.. sides.Where(each => side is null || each.Side == side).SelectMany(each => each.Rows.Select(row => ShareBody.Of(each.Side, row)))];
    }

    // Another text than an id is the id of nothing.
    private static Guid ShareOf(ApiCall call) => Guid.TryParse(call.Route("share"), out var id) ? id : Guid.Empty;

    // A share of somebody else's is none here.
    private static IResult Done(Result result) => ApiCall.Done(result.Error is NoSuchShare ? new NotFound() : result);
}
