using ProjectConsole.Api;
using ProjectConsole.Domain.Access;

namespace ProjectConsole.Features.Roles;

/// <summary>The roles that members of an organization can have, through the API.</summary>
public static class OrganizationRoleEndpoints
{
    private const string Tag = "Roles";

    /// <summary>Maps the endpoints.</summary>
    public static void MapOrganizationRoleEndpoints(this IEndpointRouteBuilder api)
    {
        const string all = ApiPaths.OfOrganization + "/organization-roles", one = all + "/{role}";
        api.MapGet(all, ListAsync).Named("listOrganizationRoles", Tag, "List the roles that members can have").Needs(Permissions.OrganizationRolesView).Answers<Listed<OrganizationRoleBody>>();
        api.MapPost(all, CreateAsync).Named("createOrganizationRole", Tag, "Make an organization role").Needs(Permissions.OrganizationRolesManage).Answers<CreatedRoleBody>(201);
        api.MapGet(one, GetAsync).Named("getOrganizationRole", Tag, "Read an organization role").Needs(Permissions.OrganizationRolesView).Answers<OrganizationRoleBody>();
        api.MapPatch(one, ChangeAsync).Named("changeOrganizationRole", Tag, "Change an organization role").Needs(Permissions.OrganizationRolesManage).Answers<AccessChangeBody>();
        api.MapDelete(one, DeleteAsync).Named("deleteOrganizationRole", Tag, "Delete an organization role that nobody has").Needs(Permissions.OrganizationRolesManage).AnswersNothing();
    }

    private static async Task<IResult> ListAsync(ApiCall call, AddressedOrganization organization, ListCall list, OrganizationRolesService roles) =>
        list.AnswerAll(await roles.ListAsync(call.Actor, organization.Id, call.Aborted), OrganizationRoleBody.Of);

    private static async Task<IResult> CreateAsync(ApiCall call, AddressedOrganization organization, Body<NewOrganizationRoleBody> body, OrganizationRolesService roles)
    {
        var typed = body.Value;
        var draft = new OrganizationRoleDraft(
            typed.Name ?? "", typed.Description ?? "", RoleEndpoints.Named(typed.Rights), typed.InEveryProject, typed.Ceiling is null ? null : RoleEndpoints.Named(typed.Ceiling));
        var made = await roles.CreateAsync(call.Actor, organization.Id, draft, call.Aborted);
        return call.Made(made, key => $"{organization.Address}/organization-roles/{Uri.EscapeDataString(key)}", key => new CreatedRoleBody(key));
    }

    private static async Task<IResult> GetAsync(ApiCall call, AddressedOrganization organization, OrganizationRolesService roles)
    {
        var found = await roles.GetAsync(call.Actor, organization.Id, call.Route("role"), call.Aborted);
        return call.Answer(found, value => value.Version ?? default, OrganizationRoleBody.Of);
    }

    private static async Task<IResult> ChangeAsync(
        ApiCall call, AddressedOrganization organization, IfMatch match, Body<OrganizationRoleChangeBody> body, OrganizationRolesService roles)
    {
        var found = await roles.GetAsync(call.Actor, organization.Id, call.Route("role"), call.Aborted);
        if (!found.Succeeded)
        {
            return ApiCall.Refuse(found.Error);
        }

        var (role, typed) = (found.Value, body.Value);
        var ceiling = typed.Ceiling.IsSent ? typed.Ceiling.Value is { } sent ? RoleEndpoints.Named(sent) : null : ApiJson.Names(role.CeilingSet);
        var draft = new OrganizationRoleDraft(
            typed.Name ?? role.Name, typed.Description ?? role.Description, typed.Rights is null ? ApiJson.Names(role.RightSet) : RoleEndpoints.Named(typed.Rights),
            typed.InEveryProject.Or(role.InEveryProject), ceiling);
        // What is not sent is what was just read, so nobody else may change it meanwhile.
        return call.Changed(await roles.ChangeAsync(call.Actor, organization.Id, role.Key, draft, match.Version ?? role.Version, typed.Heir, call.Aborted));
    }

    private static async Task<IResult> DeleteAsync(ApiCall call, AddressedOrganization organization, IfMatch match, OrganizationRolesService roles) =>
        ApiCall.Done(await roles.DeleteAsync(call.Actor, organization.Id, call.Route("role"), match.Version, call.Aborted));
}
