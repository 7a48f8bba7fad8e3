using ProjectConsole.Api;
using ProjectConsole.Domain.Access;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Organizations;

/// <summary>Organizations through the API.</summary>
public static class OrganizationEndpoints
{
    private const string Tag = "Organizations";

    /// <summary>Maps the endpoints.</summary>
    public static void MapOrganizationEndpoints(this IEndpointRouteBuilder api)
    {
        const string all = ApiPaths.Root + "/organizations";
        api.MapGet(all, ListAsync).Named("listOrganizations", Tag, "List the organizations that you are in").Answers<Listed<ListedOrganizationBody>>();
        api.MapPost(all, CreateAsync).Named("createOrganization", Tag, "Create an organization").Needs(Permissions.OrganizationsCreate).Answers<CreatedBody>(201);
        api.MapGet(ApiPaths.OfOrganization, GetAsync).Named("getOrganization", Tag, "Read an organization").Needs(Permissions.OrganizationView).Answers<OrganizationBody>();
        api.MapPatch(ApiPaths.OfOrganization, ChangeAsync).Named("changeOrganization", Tag, "Change an organization's settings").Needs(Permissions.OrganizationUpdate).LeavesKeys().Answers<AccessChangeBody>();
        api.MapDelete(ApiPaths.OfOrganization, DeleteAsync).Named("deleteOrganization", Tag, "Delete an organization; its Owners can restore it").Needs(Permissions.OrganizationDelete).AnswersNothing();
        api.MapPost(ApiPaths.OfOrganization + "/restore", RestoreAsync).Named("restoreOrganization", Tag, "Bring a deleted organization back").Needs(Permissions.OrganizationDelete).AnswersNothing();
    }

    private static async Task<IResult> ListAsync(ApiCall call, ListCall list, OrganizationsService organizations) =>
        list.AnswerAll(await organizations.MineAsync(call.Actor, call.Aborted), ListedOrganizationBody.Of);

    private static async Task<IResult> CreateAsync(ApiCall call, Body<NewOrganizationBody> body, OrganizationsService organizations)
    {
        var made = await organizations.CreateAsync(call.Actor, new NewOrganization(body.Value.Name ?? "", body.Value.Id ?? ""), call.Aborted);
        return call.Made(made.Named((nameof(NewOrganization.Slug), "id")), ApiPaths.Organization, slug => new CreatedBody(slug));
    }

    private static async Task<IResult> GetAsync(ApiCall call, AddressedOrganization organization, OrganizationSettingsService settings)
    {
        var found = await settings.GetAsync(call.Actor, organization.Id, call.Aborted);
        return call.Answer(found, value => value.Version, view => OrganizationBody.Of(organization.Access, view));
    }

    private static async Task<IResult> ChangeAsync(
        ApiCall call, AddressedOrganization organization, IfMatch match, Body<OrganizationChangeBody> body, OrganizationSettingsService settings)
    {
        var current = await settings.GetAsync(call.Actor, organization.Id, call.Aborted);
        if (!current.Succeeded)
        {
            return ApiCall.Refuse(current.Error);
        }

        if (match.Version is { } seen && seen != current.Value.Version)
        {
            return ApiCall.Refuse(new Stale());
        }

        var typed = body.Value.Over(current.Value.Settings);
        return call.Changed(call.Actor.DryRun
            ? await settings.PreviewAsync(call.Actor, organization.Id, typed, call.Aborted)
            // What is not sent is what was just read, so nobody else may change it meanwhile.
            : (await settings.ChangeAsync(call.Actor, organization.Id, typed, match.Version ?? current.Value.Version, call.Aborted)).Map(_ => AccessChange.Done));
    }

    // The address names the organization: nothing is typed a second time to confirm.
    private static async Task<IResult> DeleteAsync(ApiCall call, AddressedOrganization organization, OrganizationsService organizations) =>
        ApiCall.Done(await organizations.DeleteAsync(call.Actor, organization.Id, organization.Access.Organization.Slug, call.Aborted));

    private static async Task<IResult> RestoreAsync(ApiCall call, AccessControl access, OrganizationsService organizations)
    {
        var organization = await call.FindOrganizationAsync(access, Permissions.OrganizationDelete);
        return organization.Succeeded ? ApiCall.Done(await organizations.RestoreAsync(call.Actor, organization.Value, call.Aborted)) : ApiCall.Refuse(organization.Error);
    }
}
