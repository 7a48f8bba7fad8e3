using ProjectConsole.Api;
using ProjectConsole.Domain.Access;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Organizations;

/// <summary>Roles in every project of a workspace, through the API.</summary>
public static class WorkspaceGrantEndpoints
{
    private const string Tag = "Workspaces";

    /// <summary>Maps the endpoints.</summary>
    public static void MapWorkspaceGrantEndpoints(this IEndpointRouteBuilder api)
    {
        const string all = ApiPaths.OfOrganization + "/workspaces/{workspace}/grants", one = all + "/{grant:guid}";
        api.MapGet(all, ListAsync).Named("listWorkspaceGrants", Tag, "List who has which role in all projects of a workspace").Needs(Permissions.WorkspacesView).Answers<Listed<WorkspaceGrantBody>>();
        api.MapPost(all, AddAsync).Named("addWorkspaceGrant", Tag, "Give a role in all projects of a workspace").Needs(Permissions.WorkspacesManage).Answers<AccessChangeBody>();
        api.MapPatch(one, ChangeAsync).Named("changeWorkspaceGrant", Tag, "Change role, end or restriction").Needs(Permissions.WorkspacesManage).Answers<AccessChangeBody>();
        api.MapDelete(one, RemoveAsync).Named("removeWorkspaceGrant", Tag, "End a role in all projects of a workspace").Needs(Permissions.WorkspacesManage).Answers<AccessChangeBody>();
    }

    private static async Task<IResult> ListAsync(ApiCall call, AddressedOrganization organization, ListCall list, WorkspaceDirectory workspaces) =>
        list.AnswerAll((await FindAsync(call, organization, workspaces)).Map(found => found.Grants), WorkspaceGrantBody.Of);

    private static async Task<IResult> AddAsync(
        ApiCall call, AddressedOrganization organization, Body<NewWorkspaceGrantBody> body, WorkspaceDirectory workspaces, WorkspaceGrantsService grants)
    {
        var (found, typed) = (await FindAsync(call, organization, workspaces), body.Value);
        return !found.Succeeded ? ApiCall.Refuse(found.Error)
            : call.Changed(await grants.AddAsync(
                call.Actor, organization.Id,
                new NewWorkspaceGrant(found.Value.Id, typed.Holder ?? "", typed.Role ?? "", typed.ExpiresUtc) { RestrictionId = typed.Restriction }, call.Aborted));
    }

    private static async Task<IResult> ChangeAsync(
        ApiCall call, AddressedOrganization organization, Guid grant, IfMatch match, Body<WorkspaceGrantChangeBody> body, WorkspaceDirectory workspaces, WorkspaceGrantsService grants)
    {
        var found = await FindAsync(call, organization, workspaces);
        if (!found.Succeeded || found.Value.Grants.FirstOrDefault(row => row.GrantId == grant) is not { } current)
        {
            return ApiCall.Refuse(found.Error ?? new NotFound());
        }

        var typed = body.Value;
        // What is not sent is what was just read, so nobody else may change it meanwhile.
        var change = new WorkspaceGrantChange(found.Value.Id, grant, typed.Role ?? current.RoleKey, typed.ExpiresUtc.Or(current.ExpiresUtc), match.Version ?? current.Version)
        {
            RestrictionId = typed.Restriction.Or(current.RestrictionId),
        };
        return call.Changed(await grants.ChangeAsync(call.Actor, organization.Id, change, call.Aborted));
    }

    private static async Task<IResult> RemoveAsync(
        ApiCall call, AddressedOrganization organization, Guid grant, IfMatch match, WorkspaceDirectory workspaces, WorkspaceGrantsService grants)
    {
        var found = await FindAsync(call, organization, workspaces);
        return !found.Succeeded ? ApiCall.Refuse(found.Error)
            : call.Changed(await grants.RemoveAsync(call.Actor, organization.Id, new WorkspaceGrantRemoval(found.Value.Id, grant, match.Version), call.Aborted));
    }

    private static Task<Result<WorkspaceDetails>> FindAsync(ApiCall call, AddressedOrganization organization, WorkspaceDirectory workspaces) =>
        workspaces.GetAsync(call.Actor, organization.Id, call.Route("workspace"), call.Aborted);
}
