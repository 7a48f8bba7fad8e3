using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Controls;
using ProjectConsole.Components.Layout;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Components.Access;

/// <summary>
/// Around every page of an organization: enters it for the person, answers 404 where that fails, draws header, tabs and the
/// side list of the settings, and cascades <see cref="OrganizationAccess"/> to what is inside.
/// </summary>
public sealed partial class OrganizationBoundary
{
    /// <summary>The organization's slug, from the address.</summary>
    [Parameter, EditorRequired]
    public required string Organization { get; set; }

    /// <summary>The tab that is current.</summary>
    [Parameter, EditorRequired]
    public required OrganizationSection Section { get; set; }

    /// <summary>The entry of the settings' side list that is current.</summary>
    [Parameter]
    public OrganizationSettingsSection? SettingsSection { get; set; }

    [SupplyParameterFromQuery(Name = "workspace")]
    private string? WorkspaceSlug { get; set; }

    /// <inheritdoc/>
    protected override string Address => Organization;

    /// <inheritdoc/>
    protected override (string Organization, string? Project) Place => (Organization, null);

    private bool ShowsWorkspace => Workspace.IsShown && Section == OrganizationSection.Projects;

    /// <inheritdoc/>
    protected override string? WorkspaceKey => WorkspaceSlug;

    /// <inheritdoc/>
    protected override Task<OrganizationAccess?> DecideAsync(Actor actor) => Decisions.OpenOrganizationAsync(actor, Organization);

    /// <inheritdoc/>
    protected override Task<WorkspaceLevel> FindWorkspaceAsync(OrganizationAccess access) => Scopes.WorkspaceAsync(access, WorkspaceSlug);

    /// <inheritdoc/>
    protected override AccessSubscription Subscribe(OrganizationAccess access, Func<Task> changed, Func<Task> lost) =>
        Watch.Watch(access, changed, lost);

    /// <inheritdoc/>
    protected override void Update(AccessSubscription watched, OrganizationAccess access) => watched.Update(access);

    /// <inheritdoc/>
    protected override Error? Refuse(OrganizationAccess access) =>
        OrganizationNavigation.Needs(Section, SettingsSection) is { } needed ? AccessRefusal.InOrganization(access, needed) : null;

    /// <inheritdoc/>
    protected override IEnumerable<ScopeLevel> LevelsOf(OrganizationAccess access)
    {
        var organization = access.Organization;
        yield return new ScopeLevel(organization.Name, ConsoleUrls.Projects(organization.Slug), IsCurrent: !ShowsWorkspace, Switchers.Organizations());
        if (ShowsWorkspace)
        {
            var switcher = Switchers.Workspaces(organization);
            yield return Workspace.Current is { } current
                ? new ScopeLevel(current.Name, ConsoleUrls.ProjectsIn(organization.Slug, current.Slug), IsCurrent: true, switcher)
                : new ScopeLevel(ScopeSwitchers.AllWorkspaces, ConsoleUrls.Projects(organization.Slug), IsCurrent: true, switcher);
        }
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<NavigationItem> TabsOf(OrganizationAccess access) => OrganizationNavigation.Tabs(access, Section);

    /// <inheritdoc/>
    protected override Task<(NotificationMessage Message, string Href)> FarewellAsync(Actor actor) =>
        Task.FromResult((LostAccess.ToOrganization, ConsoleUrls.Organizations));
}
