using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Controls;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Roles;

/// <summary>Around the pages of roles and restrictions: says whose they are, and has the tabs of an organization's.</summary>
public sealed partial class RolesFrame
{
    /// <summary>The page, of an organization or a project.</summary>
    [Parameter, EditorRequired]
    public required RenderFragment<RolePlace> ChildContent { get; set; }

    /// <summary>The tab of an organization that is current.</summary>
    [Parameter]
    public RolesTab Tab { get; set; }

    [CascadingParameter]
    public OrganizationAccess? Organization { get; set; }

    [CascadingParameter]
    public ProjectAccess? Project { get; set; }

    private IReadOnlyList<NavigationItem> Tabs(OrganizationAccess access)
    {
        var organization = access.Organization.Slug;
        return
        [
            new NavigationItem("Project roles", ConsoleUrls.Roles(organization), Tab == RolesTab.ProjectRoles),
            new NavigationItem("Organization roles", ConsoleUrls.OrganizationRoles(organization), Tab == RolesTab.OrganizationRoles),
            new NavigationItem("Restrictions", ConsoleUrls.Restrictions(organization), Tab == RolesTab.Restrictions),
        ];
    }
}

/// <summary>The tabs of an organization's roles.</summary>
public enum RolesTab
{
    /// <summary>Roles that projects give.</summary>
    ProjectRoles,

    /// <summary>Roles that members have.</summary>
    OrganizationRoles,

    /// <summary>What is taken from grants.</summary>
    Restrictions,
}
