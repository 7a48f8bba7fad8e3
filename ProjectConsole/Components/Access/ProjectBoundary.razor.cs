using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Controls;
using ProjectConsole.Components.Layout;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Components.Access;

/// <summary>
/// Around every page of a project: opens it for the person, answers 404 where that fails, draws header, tabs and the side list
/// of the settings, and cascades <see cref="ProjectAccess"/> to what is inside.
/// </summary>
public sealed partial class ProjectBoundary
{
    private ProjectAccess? _access;
    private (string Organization, string Project) _asked;
    private WorkspaceLevel _workspace;
    private Error? _refusal;
    private IReadOnlyList<ScopeLevel> _levels = [];
    private IReadOnlyList<NavigationItem> _tabs = [];

    /// <summary>The organization's slug, from the address.</summary>
    [Parameter, EditorRequired]
    public required string Organization { get; set; }

    /// <summary>The Project ID, from the address.</summary>
    [Parameter, EditorRequired]
    public required string Project { get; set; }

    /// <summary>The tab that is current.</summary>
    [Parameter, EditorRequired]
    public required ProjectSection Section { get; set; }

    /// <summary>The entry of the settings' side list that is current.</summary>
    [Parameter]
    public ProjectSettingsSection? SettingsSection { get; set; }

    /// <summary>The page.</summary>
    [Parameter, EditorRequired]
    public required RenderFragment ChildContent { get; set; }

    [CascadingParameter]
    private HttpContext? Http { get; set; }

    [Inject]
    public required AccessControl Access { get; init; }

    [Inject]
    public required ScopeFinder Scopes { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    protected override async Task OnParametersSetAsync()
    {
        // A page is drawn again for every change of its query, and then the project is the same.
        if (_asked != (Organization, Project))
        {
            await OpenAsync();
        }

        Arrange();
    }

    private async Task OpenAsync()
    {
        var asked = _asked = (Organization, Project);
        _access = null;
        var actor = await CurrentActor.GetAsync();
        var access = await Access.OpenProjectAsync(actor, asked.Organization, asked.Project);
        var workspace = access is null ? default : await Scopes.WorkspaceAsync(access);
        if (_asked != asked)
        {
            return;
        }

        (_access, _workspace) = (access, workspace);
        if (access is null)
        {
            Navigation.NotFound();
        }
    }

    private void Arrange()
    {
        if (_access is not { } access)
        {
            return;
        }

        _refusal = Section == ProjectSection.Settings ? AccessRefusal.InProject(access, ProjectNavigation.Needs(SettingsSection)) : null;
        if (_refusal is not null && Http is { Response.HasStarted: false })
        {
            Http.Response.StatusCode = StatusCodes.Status403Forbidden;
        }

        _levels = [.. Levels(access)];
        _tabs = ProjectNavigation.Tabs(access, Section);
    }

    private IEnumerable<ScopeLevel> Levels(ProjectAccess access)
    {
        var (organization, project) = (access.Organization, access.Project);
        yield return new ScopeLevel(organization.Name, ConsoleUrls.Projects(organization.Slug));
        if (_workspace.IsShown)
        {
            yield return new ScopeLevel(project.WorkspaceName, ConsoleUrls.ProjectsIn(organization.Slug, project.WorkspaceSlug));
        }

        yield return new ScopeLevel(project.Name, ConsoleUrls.Project(organization.Slug, project.Slug), IsCurrent: true);
    }
}
