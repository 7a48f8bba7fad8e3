using ProjectConsole.Api;
using ProjectConsole.Domain.Access;

namespace ProjectConsole.Features.Roles;

/// <summary>Project roles of organizations and projects through the API.</summary>
public static class RoleEndpoints
{
    private const string Tag = "Roles";

    /// <summary>Maps the endpoints.</summary>
    public static void MapRoleEndpoints(this IEndpointRouteBuilder api)
    {
        Map(api, ApiPaths.OfOrganization, "Organization", "an organization", Permissions.OrganizationRolesView, Permissions.OrganizationRolesManage);
        Map(api, ApiPaths.OfProject, "Project", "a project", Permissions.RolesView, Permissions.RolesManage);
    }

    private static void Map(IEndpointRouteBuilder api, string root, string owner, string words, Permission view, Permission manage)
    {
        string all = root + "/roles", one = all + "/{role}";
        var (some, single) = (owner == "Project" ? "ProjectRoles" : "SharedRoles", owner == "Project" ? "ProjectRole" : "SharedRole");
        api.MapGet(all, ListAsync).Named($"list{some}", Tag, $"List the project roles that {words} may use").Needs(view).Answers<Listed<RoleBody>>();
        api.MapPost(all, CreateAsync).Named($"create{single}", Tag, $"Make a project role of {words}").Needs(manage).Answers<CreatedRoleBody>(201);
        api.MapGet(one, GetAsync).Named($"get{single}", Tag, "Read a project role").Needs(view).Answers<RoleBody>();
        api.MapPatch(one, ChangeAsync).Named($"change{single}", Tag, "Change a project role").Needs(manage).Answers<AccessChangeBody>();
        api.MapDelete(one, DeleteAsync).Named($"delete{single}", Tag, "Delete a project role that nobody holds").Needs(manage).AnswersNothing();
    }

    private static async Task<IResult> ListAsync(ApiCall call, AddressedOwner owner, ListCall list, RoleDirectory roles) =>
        list.AnswerAll(await roles.ListAsync(call.Actor, owner.Value, call.Aborted), RoleBody.Of);

    private static async Task<IResult> CreateAsync(ApiCall call, AddressedOwner owner, Body<NewRoleBody> body, RolesService roles)
    {
        var typed = body.Value;
        var made = await roles.CreateAsync(
            call.Actor, owner.Value, new RoleDraft(typed.Name ?? "", typed.Description ?? "", typed.BasedOn ?? "", Named(typed.Permissions)), call.Aborted);
        return call.Made(made, key => $"{owner.Address}/roles/{Uri.EscapeDataString(key)}", key => new CreatedRoleBody(key));
    }

    private static async Task<IResult> GetAsync(ApiCall call, AddressedOwner owner, RoleDirectory roles)
    {
        var found = await roles.GetAsync(call.Actor, owner.Value, call.Route("role"), call.Aborted);
        return call.Answer(found, value => value.Version ?? default, RoleBody.Of);
    }

    private static async Task<IResult> ChangeAsync(
        ApiCall call, AddressedOwner owner, IfMatch match, Body<RoleChangeBody> body, RoleDirectory directory, RolesService roles)
    {
        var found = await directory.GetAsync(call.Actor, owner.Value, call.Route("role"), call.Aborted);
        if (!found.Succeeded)
        {
            return ApiCall.Refuse(found.Error);
        }

        var (role, typed) = (found.Value, body.Value);
        var draft = new RoleDraft(
            typed.Name ?? role.Name, typed.Description ?? role.Description, role.BasedOn ?? role.Key, typed.Permissions is null ? ApiJson.Names(role.Set) : Named(typed.Permissions));
        // What is not sent is what was just read, so nobody else may change it meanwhile.
        return call.Changed(await roles.ChangeAsync(call.Actor, owner.Value, role.Key, draft, match.Version ?? role.Version, typed.Heir, call.Aborted));
    }

    private static async Task<IResult> DeleteAsync(ApiCall call, AddressedOwner owner, IfMatch match, RolesService roles) =>
        ApiCall.Done(await roles.DeleteAsync(call.Actor, owner.Value, call.Route("role"), match.Version, call.Aborted));

    /// <summary>Names as sent; one that is null is none that there is.</summary>
    internal static IReadOnlyList<string> Named(IReadOnlyList<string?>? names) => [.. (names ?? []).Select(name => name ?? "")];
}
