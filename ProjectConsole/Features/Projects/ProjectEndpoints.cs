using ProjectConsole.Api;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Projects;

/// <summary>Projects through the API.</summary>
public static class ProjectEndpoints
{
    private const string Tag = "Projects";

    /// <summary>Maps the endpoints.</summary>
    public static void MapProjectEndpoints(this IEndpointRouteBuilder api)
    {
        const string projects = ApiPaths.OfOrganization + "/projects";
        api.MapGet(projects, ListAsync).Named("listProjects", Tag, "List the projects that you see").Answers<Listed<ListedProjectBody>>();
        api.MapPost(projects, CreateAsync).Named("createProject", Tag, "Create a project").Needs(Permissions.ProjectsCreate).Answers<CreatedProjectBody>(201);
        api.MapGet(ApiPaths.OfProject, GetAsync).Named("getProject", Tag, "Read a project").Needs(Permissions.ProjectView).Answers<ProjectBody>();
        api.MapPatch(ApiPaths.OfProject, ChangeAsync).Named("changeProject", Tag, "Change a project's settings").Needs(Permissions.ProjectUpdate).Answers<ProjectBody>();
        api.MapPost(ApiPaths.OfProject + "/suspend", SuspendAsync).Named("suspendProject", Tag, "Suspend a project").Needs(Permissions.ProjectSuspend).LeavesKeys().Answers<AccessChangeBody>();
        api.MapPost(ApiPaths.OfProject + "/activate", ActivateAsync).Named("activateProject", Tag, "Put a suspended project into use again").Needs(Permissions.ProjectSuspend).LeavesKeys().Answers<AccessChangeBody>();
        api.MapDelete(ApiPaths.OfProject, DeleteAsync).Named("deleteProject", Tag, "Delete a project; it can be restored for 30 days").Needs(Permissions.ProjectDelete).AnswersNothing();
        api.MapPost(ApiPaths.OfProject + "/restore", RestoreAsync).Named("restoreProject", Tag, "Bring a deleted project back").Needs(Permissions.ProjectDelete).Answers<RestoredProjectBody>();
    }

    private static async Task<IResult> ListAsync(
        ApiCall call, AddressedOrganization organization, ListCall list, string? search, Choice<ProjectState>[]? state, string? role, bool? mine, string? workspace,
        string? structure, Choice<ProjectSort>? sort, bool? descending, ProjectListService projects)
    {
        var own = ProjectRole.Find(role ?? "");
        if (role is not null && own is null)
        {
            return ApiCall.Refuse(new Invalid("role", $"role is one of {string.Join(", ", ProjectRole.All.Select(each => each.Key))}."));
        }

        var by = sort?.Value ?? ProjectSort.Activity;
        var found = await projects.SliceAsync(
            call.Actor, organization.Id,
            new ProjectQuery
            {
                Search = search ?? "",
                States = state is { Length: > 0 } ? [.. state.Select(each => each.Value).Distinct().Order()] : ProjectQuery.UsualStates,
                Role = own,
                Mine = mine ?? false,
                Workspace = workspace ?? "",
                Structure = structure ?? "",
                Sort = by,
                IsDescending = descending ?? ProjectAddress.StartsDescending(by),
                Page = list.Page,
            },
            call.Aborted);
        return found.Succeeded ? list.Answer(found.Value.Rows.Select(ListedProjectBody.Of), found.Value.HasMore ? list.Page.Skip + list.Page.Size : null) : ApiCall.Refuse(found.Error);
    }

    private static async Task<IResult> CreateAsync(
        ApiCall call, AddressedOrganization organization, Body<NewProjectBody> body, ProjectCreationService projects)
    {
        var typed = body.Value;
        if ((typed.Collaborators ?? []).Index().FirstOrDefault(each => each.Item?.Role is { } role && ProjectRole.Find(role) is null) is { Item: not null } wrong)
        {
            return ApiCall.Refuse(new Invalid(ProjectDraft.CollaboratorField(wrong.Index), $"{wrong.Item.Role} is no built-in role."));
        }

        var made = await projects.CreateAsync(
            call.Actor, organization.Id,
            new ProjectDraft
            {
                Name = typed.Name ?? "",
                Slug = typed.Id ?? "",
                Description = typed.Description ?? "",
                Structure = typed.Structure,
                WorkspaceSlug = typed.Workspace,
                Collaborators = [.. (typed.Collaborators ?? []).Select(each => new DraftCollaborator(each?.Address ?? "", each?.Role ?? "", each?.External ?? false))],
                Configuration = ProjectChangeBody.ConfigurationOf(typed.Configuration),
            },
            call.Aborted);
        return call.Made(
            made.Named((ProjectDraft.ProjectId, "id")), project => ApiPaths.Project(organization.Access.Organization.Slug, project.Slug),
            project => new CreatedProjectBody(project.Slug, project.Id, project.Name));
    }

    private static async Task<IResult> GetAsync(ApiCall call, AddressedProject project, ProjectSettingsService settings) =>
        Show(call, project, await settings.GetAsync(call.Actor, project.Scope, call.Aborted));

    private static async Task<IResult> ChangeAsync(ApiCall call, AddressedProject project, IfMatch match, Body<ProjectChangeBody> body, ProjectSettingsService settings)
    {
        var current = await settings.GetAsync(call.Actor, project.Scope, call.Aborted);
        if (!current.Succeeded)
        {
            return ApiCall.Refuse(current.Error);
        }

        var typed = body.Value.Over(current.Value) with { Version = match.Version ?? current.Value.Version };
        var saved = await settings.SaveAsync(call.Actor, project.Scope, typed, call.Aborted);
        return !saved.Succeeded ? ApiCall.Refuse(saved.Error)
            : call.Actor.DryRun ? ApiCall.Answer<ProjectSettings>(typed, all => ProjectBody.Of(project.Access, all))
            : Show(call, project, await settings.GetAsync(call.Actor, project.Scope, call.Aborted));
    }

    private static IResult Show(ApiCall call, AddressedProject project, Result<ProjectSettings> settings) =>
        call.Answer(settings, all => all.Version, all => ProjectBody.Of(project.Access, all));

    private static async Task<IResult> SuspendAsync(ApiCall call, AddressedProject project, ProjectLifeService life) => call.Changed(
        call.Actor.DryRun ? await life.PreviewSuspendAsync(call.Actor, project.Scope, call.Aborted)
            : (await life.SuspendAsync(call.Actor, project.Scope, call.Aborted)).With(AccessChange.Done));

    private static async Task<IResult> ActivateAsync(ApiCall call, AddressedProject project, ProjectLifeService life) => call.Changed(
        call.Actor.DryRun ? await life.PreviewActivateAsync(call.Actor, project.Scope, call.Aborted)
            : (await life.ActivateAsync(call.Actor, project.Scope, call.Aborted)).With(AccessChange.Done));

    // The address names the project: nothing is typed a second time to confirm.
    private static async Task<IResult> DeleteAsync(ApiCall call, AddressedProject project, bool? stopRunning, ProjectLifeService life) => ApiCall.Done(
        await life.DeleteAsync(call.Actor, project.Scope, project.Access.Project.Slug, stopRunning ?? false, call.Aborted));

    private static async Task<IResult> RestoreAsync(ApiCall call, AccessControl access, ProjectLifeService life)
    {
        var project = await call.FindProjectAsync(access, Permissions.ProjectDelete);
        return !project.Succeeded ? ApiCall.Refuse(project.Error)
            : ApiCall.Answer(await life.RestoreAsync(call.Actor, project.Value, call.Aborted), restored => new RestoredProjectBody(restored.Slug, restored.BecameAdmin));
    }
}
