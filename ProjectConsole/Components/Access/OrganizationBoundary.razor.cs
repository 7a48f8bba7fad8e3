using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Controls;
using ProjectConsole.Components.Layout;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Components.Access;

/// <summary>
/// Around every page of an organization: enters it for the person, answers 404 where that fails, draws header, tabs and the
/// side list of the settings, and cascades <see cref="OrganizationAccess"/> to what is inside.
/// </summary>
public sealed partial class OrganizationBoundary
{
    private OrganizationAccess? _access;
    private (string Organization, string? Workspace) _asked;
    private WorkspaceLevel _workspace;
    private Error? _refusal;
    private IReadOnlyList<ScopeLevel> _levels = [];
    private IReadOnlyList<NavigationItem> _tabs = [];

    /// <summary>The organization's slug, from the address.</summary>
    [Parameter, EditorRequired]
    public required string Organization { get; set; }

    /// <summary>The tab that is current.</summary>
    [Parameter, EditorRequired]
    public required OrganizationSection Section { get; set; }

    /// <summary>The entry of the settings' side list that is current.</summary>
    [Parameter]
    public OrganizationSettingsSection? SettingsSection { get; set; }

    /// <summary>The page.</summary>
    [Parameter, EditorRequired]
    public required RenderFragment ChildContent { get; set; }

    [SupplyParameterFromQuery]
    private string? Workspace { get; set; }

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
        // A page is drawn again for every change of its query, and then the organization is the same.
        if (_asked != (Organization, Workspace))
        {
            await OpenAsync();
        }

        Arrange();
    }

    private async Task OpenAsync()
    {
        if (_asked.Organization != Organization)
        {
            _access = null;
        }

        var asked = _asked = (Organization, Workspace);
        var actor = await CurrentActor.GetAsync();
        var access = await Access.OpenOrganizationAsync(actor, asked.Organization);
        var workspace = access is null ? default : await Scopes.WorkspaceAsync(access, asked.Workspace);
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

        _refusal = OrganizationNavigation.Needs(Section, SettingsSection) is { } needed ? AccessRefusal.InOrganization(access, needed) : null;
        if (_refusal is not null && Http is { Response.HasStarted: false })
        {
            Http.Response.StatusCode = StatusCodes.Status403Forbidden;
        }

        _levels = [.. Levels(access.Organization)];
        _tabs = OrganizationNavigation.Tabs(access, Section);
    }

    private IEnumerable<ScopeLevel> Levels(OrganizationNames organization)
    {
        var showsWorkspace = _workspace.IsShown && Section == OrganizationSection.Projects;
        yield return new ScopeLevel(organization.Name, ConsoleUrls.Projects(organization.Slug), IsCurrent: !showsWorkspace);
        if (showsWorkspace)
        {
            yield return _workspace.Current is { } current
                ? new ScopeLevel(current.Name, ConsoleUrls.ProjectsIn(organization.Slug, current.Slug), IsCurrent: true)
                : new ScopeLevel("All workspaces", ConsoleUrls.Projects(organization.Slug), IsCurrent: true);
        }
    }
}
