using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Components.Access;

/// <summary>Which sections of a project a person may open, and where they are.</summary>
public static class ProjectNavigation
{
    /// <summary>The permission without which a section is not shown.</summary>
    public static Permission Needs(ProjectSettingsSection? settings) => settings switch
    {
        ProjectSettingsSection.Collaborators or ProjectSettingsSection.AccessReview => Permissions.CollaboratorsView,
        ProjectSettingsSection.Roles or ProjectSettingsSection.Restrictions => Permissions.RolesView,
        ProjectSettingsSection.Keys => Permissions.KeysView,
        ProjectSettingsSection.Limits => Permissions.LimitsView,
        ProjectSettingsSection.Audit => Permissions.AuditView,
        _ => Permissions.ProjectView,
    };

    /// <summary>The address of a section in a project.</summary>
    public static string Href(string organization, string project, ProjectSection section, ProjectSettingsSection? settings) =>
        (section, settings) switch
        {
            (ProjectSection.Overview, _) => ConsoleUrls.Project(organization, project),
            (ProjectSection.Resources, _) => ConsoleUrls.Resources(organization, project),
            (_, ProjectSettingsSection.Collaborators) => ConsoleUrls.Collaborators(organization, project),
            (_, ProjectSettingsSection.AccessReview) => ConsoleUrls.Reviews(organization, project),
            (_, ProjectSettingsSection.Roles) => ConsoleUrls.ProjectRoles(organization, project),
            (_, ProjectSettingsSection.Restrictions) => ConsoleUrls.ProjectRestrictions(organization, project),
            (_, ProjectSettingsSection.Keys) => ConsoleUrls.Keys(organization, project),
            (_, ProjectSettingsSection.Limits) => ConsoleUrls.ProjectLimits(organization, project),
            (_, ProjectSettingsSection.Sharing) => ConsoleUrls.Sharing(organization, project),
            (_, ProjectSettingsSection.Audit) => ConsoleUrls.ProjectAudit(organization, project),
            (_, ProjectSettingsSection.DangerZone) => ConsoleUrls.ProjectDangerZone(organization, project),
            _ => ConsoleUrls.ProjectSettings(organization, project),
        };

    /// <summary>The address of the same section in another project, or of its Overview where the person may not open that section there.</summary>
    public static string HrefKeeping(ProjectAccess there, ProjectSection section, ProjectSettingsSection? settings)
    {
        var (organization, project) = (there.Organization.Slug, there.Project.Slug);
        var isOpen = section switch
        {
            ProjectSection.Settings => Items(there).Contains(settings ?? ProjectSettingsSection.General),
            ProjectSection.Resources => SeesResources(there),
            _ => true,
        };
        return Href(organization, project, isOpen ? section : ProjectSection.Overview, settings);
    }

    /// <summary>Whether the person may see resources of any kind there.</summary>
    public static bool SeesResources(ProjectAccess access) => ResourceKinds.All.Any(kind => access.May(Permissions.Of(kind, "view")));

    internal static IReadOnlyList<NavigationItem> Tabs(ProjectAccess access, ProjectSection current)
    {
        var (organization, project) = (access.Organization.Slug, access.Project.Slug);
        return
        [
            new NavigationItem("Overview", ConsoleUrls.Project(organization, project), current == ProjectSection.Overview),
            .. SeesResources(access) ? [new NavigationItem("Resources", ConsoleUrls.Resources(organization, project), current == ProjectSection.Resources)] : Array.Empty<NavigationItem>(),
            new NavigationItem("Settings", ConsoleUrls.ProjectSettings(organization, project), current == ProjectSection.Settings),
        ];
    }

    internal static IReadOnlyList<NavigationGroup> Settings(ProjectAccess access, ProjectSettingsSection? current)
    {
        var (organization, project) = (access.Organization.Slug, access.Project.Slug);
        return
        [
            new NavigationGroup("Project",
            [
                .. Items(access).Select(item => new NavigationItem(Label(item), Href(organization, project, ProjectSection.Settings, item), item == current)
                {
                    IsDanger = item == ProjectSettingsSection.DangerZone,
                }),
            ]),
        ];
    }

    private static IEnumerable<ProjectSettingsSection> Items(ProjectAccess access) =>
        Enum.GetValues<ProjectSettingsSection>().Where(item => item == ProjectSettingsSection.DangerZone ? HasDanger(access) : access.May(Needs(item)));

    // Leaving is for those who were added by themselves.
    private static bool HasDanger(ProjectAccess access) =>
        access.May(Permissions.ProjectSuspend) || access.May(Permissions.ProjectDelete)
        || access.Access.Sources.Any(source => source.Kind == AccessSourceKind.Direct);

    private static string Label(ProjectSettingsSection item) => item switch
    {
        ProjectSettingsSection.DangerZone => "Danger zone",
        ProjectSettingsSection.AccessReview => "Access review",
        ProjectSettingsSection.Keys => "API Keys",
        _ => item.ToString(),
    };
}
