using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Controls;
using ProjectConsole.Components.Layout;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Components.Access;

/// <summary>
/// Around every page of a project: opens it for the person, answers 404 where that fails, draws header, tabs and the side list
/// of the settings, and cascades <see cref="ProjectAccess"/> to what is inside.
/// </summary>
public sealed partial class ProjectBoundary
{
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

    [Inject]
    public required ProjectVisits Visits { get; init; }

    /// <inheritdoc/>
    protected override string Address => $"{Organization}/{Project}";

    /// <inheritdoc/>
    protected override (string Organization, string? Project) Place => (Organization, Project);

    /// <inheritdoc/>
    protected override Task<ProjectAccess?> DecideAsync(Actor actor) => Decisions.OpenProjectAsync(actor, Organization, Project);

    /// <inheritdoc/>
    protected override void OnOpened(Actor actor, ProjectAccess access) => Visits.Note(actor, access.Scope);

    /// <inheritdoc/>
    protected override Task<WorkspaceLevel> FindWorkspaceAsync(ProjectAccess access) => Scopes.WorkspaceAsync(access);

    /// <inheritdoc/>
    protected override AccessSubscription Subscribe(ProjectAccess access, Func<Task> changed, Func<Task> lost) =>
        Watch.Watch(access, changed, lost);

    /// <inheritdoc/>
    protected override void Update(AccessSubscription watched, ProjectAccess access) => watched.Update(access);

    /// <inheritdoc/>
    protected override Error? Refuse(ProjectAccess access) =>
        Section == ProjectSection.Settings ? AccessRefusal.InProject(access, ProjectNavigation.Needs(SettingsSection)) : null;

    /// <inheritdoc/>
    protected override IEnumerable<ScopeLevel> LevelsOf(ProjectAccess access)
    {
        var (organization, project) = (access.Organization, access.Project);
        yield return new ScopeLevel(organization.Name, ConsoleUrls.Projects(organization.Slug), Switcher: Switchers.Organizations());
        if (Workspace.IsShown)
        {
            yield return new ScopeLevel(
                project.WorkspaceName, ConsoleUrls.ProjectsIn(organization.Slug, project.WorkspaceSlug), Switcher: Switchers.Workspaces(organization));
        }

        yield return new ScopeLevel(
            project.Name, ConsoleUrls.Project(organization.Slug, project.Slug), IsCurrent: true,
            Switcher: Switchers.Projects(organization, project.Id, Section, SettingsSection));
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<NavigationItem> TabsOf(ProjectAccess access) => ProjectNavigation.Tabs(access, Section);

    /// <inheritdoc/>
    protected override async Task<(NotificationMessage Message, string Href)> FarewellAsync(Actor actor) =>
        (LostAccess.ToProject, await Decisions.OpenOrganizationAsync(actor, Organization) is null ? ConsoleUrls.Organizations : ConsoleUrls.Projects(Organization));
}
