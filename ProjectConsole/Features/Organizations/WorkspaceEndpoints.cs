using ProjectConsole.Api;
using ProjectConsole.Domain.Access;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Organizations;

/// <summary>Workspaces through the API.</summary>
public static class WorkspaceEndpoints
{
    private const string Tag = "Workspaces";

    /// <summary>Maps the endpoints.</summary>
    public static void MapWorkspaceEndpoints(this IEndpointRouteBuilder api)
    {
        const string all = ApiPaths.OfOrganization + "/workspaces", one = all + "/{workspace}";
        api.MapGet(all, ListAsync).Named("listWorkspaces", Tag, "List workspaces").Needs(Permissions.WorkspacesView).Answers<Listed<WorkspaceBody>>();
        api.MapPost(all, CreateAsync).Named("createWorkspace", Tag, "Create a workspace").Needs(Permissions.WorkspacesManage).Answers<CreatedBody>(201);
        api.MapGet(one, GetAsync).Named("getWorkspace", Tag, "Read a workspace").Needs(Permissions.WorkspacesView).Answers<WorkspaceBody>();
        api.MapPatch(one, RenameAsync).Named("changeWorkspace", Tag, "Give a workspace another name").Needs(Permissions.WorkspacesManage).AnswersNothing();
        api.MapPut(ApiPaths.OfProject + "/workspace", MoveAsync).Named("moveProject", Tag, "Put a project into another workspace").Needs(Permissions.WorkspacesManage).Answers<AccessChangeBody>();
    }

    /// <summary>The workspace of the address; a refusal where there is none or the caller may not see workspaces.</summary>
    internal static async Task<Result<WorkspaceRow>> FindAsync(ApiCall call, Guid organizationId, string slug, WorkspacesService workspaces)
    {
        var all = await workspaces.ListAsync(call.Actor, organizationId, call.Aborted);
        return !all.Succeeded ? all.Error : all.Value.FirstOrDefault(row => row.Slug == slug) is { } found ? found : new NotFound();
    }

    private static async Task<IResult> ListAsync(ApiCall call, AddressedOrganization organization, ListCall list, WorkspacesService workspaces) =>
        list.AnswerAll(await workspaces.ListAsync(call.Actor, organization.Id, call.Aborted), WorkspaceBody.Of);

    private static async Task<IResult> CreateAsync(ApiCall call, AddressedOrganization organization, Body<NewWorkspaceBody> body, WorkspacesService workspaces)
    {
        var slug = Domain.Projects.Slug.Clean(body.Value.Id);
        var made = await workspaces.CreateAsync(call.Actor, organization.Id, new NewWorkspace(body.Value.Name ?? "", slug), call.Aborted);
        return call.Made(made.Named((nameof(NewWorkspace.Slug), "id")), _ => $"{organization.Address}/workspaces/{slug}", _ => new CreatedBody(slug));
    }

    private static async Task<IResult> GetAsync(ApiCall call, AddressedOrganization organization, WorkspacesService workspaces)
    {
        var found = await FindAsync(call, organization.Id, call.Route("workspace"), workspaces);
        return call.Answer(found, value => value.Version, WorkspaceBody.Of);
    }

    private static async Task<IResult> RenameAsync(
        ApiCall call, AddressedOrganization organization, IfMatch match, Body<WorkspaceChangeBody> body, WorkspacesService workspaces)
    {
        var found = await FindAsync(call, organization.Id, call.Route("workspace"), workspaces);
        return !found.Succeeded ? ApiCall.Refuse(found.Error)
            : ApiCall.Done(await workspaces.RenameAsync(call.Actor, organization.Id, found.Value.Id, body.Value.Name ?? "", match.Version, call.Aborted));
    }

    private static async Task<IResult> MoveAsync(ApiCall call, AddressedProject project, Body<ProjectMoveBody> body, WorkspacesService workspaces)
    {
        var all = await workspaces.ListAsync(call.Actor, project.Scope.OrganizationId, call.Aborted);
        var slug = Domain.Projects.Slug.Clean(body.Value.Workspace);
        return !all.Succeeded ? ApiCall.Refuse(all.Error)
            : all.Value.FirstOrDefault(row => row.Slug == slug) is { } found
                ? call.Changed(await workspaces.MoveAsync(call.Actor, project.Scope.OrganizationId, project.Scope.ProjectId, found.Id, call.Aborted))
                : ApiCall.Refuse(new Invalid("workspace", "There is no such workspace."));
    }
}
