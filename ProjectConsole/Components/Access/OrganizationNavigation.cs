using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Access;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Components.Access;

/// <summary>Which sections of an organization a person may open, and where they are.</summary>
public static class OrganizationNavigation
{
    /// <summary>The permission without which a section is not shown; null where entering the organization is enough.</summary>
    public static Permission? Needs(OrganizationSection section, OrganizationSettingsSection? settings) => (section, settings) switch
    {
        (OrganizationSection.Projects, _) => null,
        (OrganizationSection.Members, _) => Permissions.MembersView,
        (OrganizationSection.Teams, _) => Permissions.TeamsView,
        (OrganizationSection.Roles, _) => Permissions.OrganizationRolesView,
        (OrganizationSection.Catalogue, _) => Permissions.CatalogueView,
        (OrganizationSection.Audit, _) => Permissions.OrganizationAuditView,
        (_, OrganizationSettingsSection.Workspaces) => Permissions.WorkspacesView,
        (_, OrganizationSettingsSection.Limits) => Permissions.OrganizationLimitsView,
        (_, OrganizationSettingsSection.Assertions) => Permissions.AssertionsView,
        _ => Permissions.OrganizationView,
    };

    internal static IReadOnlyList<NavigationItem> Tabs(OrganizationAccess access, OrganizationSection current) =>
    [
        .. Enum.GetValues<OrganizationSection>()
            .Where(section => section != OrganizationSection.PersonalSpace)
            .Where(section => Needs(section, null) is not { } needed || access.May(needed))
            .Select(section => new NavigationItem(section.ToString(), Href(access.Organization.Slug, section), section == current)),
    ];

    internal static IReadOnlyList<NavigationGroup> Settings(OrganizationAccess access, OrganizationSettingsSection? current) =>
    [
        new NavigationGroup("Organization",
        [
            .. Enum.GetValues<OrganizationSettingsSection>()
                .Where(item => Needs(OrganizationSection.Settings, item) is not { } needed || access.May(needed))
                .Select(item => new NavigationItem(Label(item), Href(access.Organization.Slug, item), item == current)
                {
                    IsDanger = item == OrganizationSettingsSection.DangerZone,
                }),
        ]),
    ];

    private static string Href(string organization, OrganizationSection section) => section switch
    {
        OrganizationSection.Members => ConsoleUrls.Members(organization),
        OrganizationSection.Teams => ConsoleUrls.Teams(organization),
        OrganizationSection.Roles => ConsoleUrls.Roles(organization),
        OrganizationSection.Catalogue => ConsoleUrls.Catalogue(organization),
        OrganizationSection.Audit => ConsoleUrls.OrganizationAudit(organization),
        OrganizationSection.Settings => ConsoleUrls.OrganizationSettings(organization),
        _ => ConsoleUrls.Projects(organization),
    };

    private static string Href(string organization, OrganizationSettingsSection item) => item switch
    {
        OrganizationSettingsSection.Workspaces => ConsoleUrls.Workspaces(organization),
        OrganizationSettingsSection.Limits => ConsoleUrls.OrganizationLimits(organization),
        OrganizationSettingsSection.Assertions => ConsoleUrls.Assertions(organization),
        OrganizationSettingsSection.DangerZone => ConsoleUrls.OrganizationDangerZone(organization),
        _ => ConsoleUrls.OrganizationSettings(organization),
    };

    private static string Label(OrganizationSettingsSection item) => item == OrganizationSettingsSection.DangerZone ? "Danger zone" : item.ToString();
}
