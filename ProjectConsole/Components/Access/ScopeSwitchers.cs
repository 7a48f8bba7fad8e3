using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Access;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Components.Access;

/// <summary>The switchers of the header's three levels, and the search over everything.</summary>
public sealed class ScopeSwitchers(CurrentActor currentActor, ProjectFinder finder, AccessControl access)
{
    /// <summary>What the workspace level is called while none is chosen.</summary>
    public const string AllWorkspaces = "All workspaces";

    /// <summary>Switches to another organization's projects.</summary>
    public RenderFragment Organizations() => Switcher(
        "Switch organization", "Organization", async (text, ct) =>
        {
            var found = await finder.OrganizationsAsync(await currentActor.GetAsync(), text, ct);
            return Groups(OrganizationsOf(found));
        });

    /// <summary>Narrows the projects to another workspace, or to none.</summary>
    public RenderFragment Workspaces(OrganizationNames organization) => Switcher(
        "Switch workspace", "Workspace", async (text, ct) =>
        {
            var found = await finder.WorkspacesAsync(await currentActor.GetAsync(), organization.Id, text, ct);
            var options = found.Rows.Select(row =>
                new SwitcherOption(row.Slug, row.Name, row.Slug, null, ConsoleUrls.ProjectsIn(organization.Slug, row.Slug)));
            return Groups(
                new SwitcherGroup(organization.Name, text == "" ? [new SwitcherOption("all", AllWorkspaces, null, null, ConsoleUrls.Projects(organization.Slug))] : []),
                new SwitcherGroup("Workspaces", [.. options], found.Total));
        });

    /// <summary>Switches to another project of the organization and keeps the section where the person may open it there.</summary>
    public RenderFragment Projects(OrganizationNames organization, Guid current, ProjectSection section, ProjectSettingsSection? settings) => Switcher(
        "Switch project", "Name or Project ID", async (text, ct) =>
        {
            var found = await finder.InOrganizationAsync(await currentActor.GetAsync(), organization.Id, text, ct);
            return Groups(
                new SwitcherGroup("Recent", [.. found.Recent.Where(row => row.Project.Id != current).Select(Option)]),
                new SwitcherGroup(text == "" ? $"All in {organization.Name}" : "Projects", [.. found.All.Rows.Select(Option)], found.All.Total));

            SwitcherOption Option(ProjectAccess row) =>
                new(row.Project.Slug, row.Project.Name, row.Project.Slug, AccessWords.Role(row.Access), ProjectNavigation.HrefKeeping(row, section, settings));
        });

    /// <summary>Searches the projects and organizations of the person.</summary>
    public async Task<IReadOnlyList<SwitcherGroup>> EverythingAsync(string text, CancellationToken ct)
    {
        var actor = await currentActor.GetAsync();
        var projects = await finder.EverywhereAsync(actor, text, ct);
        var organizations = await finder.OrganizationsAsync(actor, text, ct);
        return Groups(
            new SwitcherGroup("Recent projects", [.. projects.Recent.Select(Option)]),
            new SwitcherGroup("Projects", [.. projects.All.Rows.Select(Option)], projects.All.Total),
            OrganizationsOf(organizations));

        static SwitcherOption Option(ProjectAccess row) => new(
            row.Project.Id.ToString("N"), row.Project.Name, row.Project.Slug, row.Organization.Name,
            ConsoleUrls.Project(row.Organization.Slug, row.Project.Slug));
    }

    /// <summary>What the account menu of the person offers; null for nobody.</summary>
    public async Task<PersonMenuContent?> MenuAsync()
    {
        var actor = await currentActor.GetAsync();
        if (actor.Kind != Domain.Audit.AuditActorKind.Person)
        {
            return null;
        }

        var administers = (await access.InInstallationAsync(actor)).May(Permissions.InstallationManage);
        return new PersonMenuContent(actor.Name,
        [
            new MenuItem("Profile", "person") { Href = ConsoleUrls.Profile },
            new MenuItem("Security", "security") { Href = ConsoleUrls.AccountSecurity },
            new MenuItem("Personal tokens", "key") { Href = ConsoleUrls.Tokens },
            new MenuItem("SSH keys", "terminal") { Href = ConsoleUrls.SshKeys },
            new MenuItem("Personal space", "inventory_2") { Href = ConsoleUrls.PersonalSpaces },
            new MenuItem("Organizations", "corporate_fare") { Href = ConsoleUrls.Organizations },
            .. administers ? [new MenuItem("Installation", "dns") { Href = ConsoleUrls.InstallationOrganizations }] : Array.Empty<MenuItem>(),
        ]);
    }

    private static SwitcherGroup OrganizationsOf(Found<OrganizationNames> found) => new(
        "Organizations",
        [.. found.Rows.Select(row => new SwitcherOption(row.Slug, row.Name, row.Slug, null, ConsoleUrls.Projects(row.Slug)))],
        found.Total);

    private static IReadOnlyList<SwitcherGroup> Groups(params IEnumerable<SwitcherGroup> groups) => [.. groups.Where(group => group.Options.Count > 0)];

    private static RenderFragment Switcher(
        string label, string placeholder, Func<string, CancellationToken, Task<IReadOnlyList<SwitcherGroup>>> find) => builder =>
    {
        builder.OpenComponent<ScopeSwitcher>(0);
        builder.AddComponentParameter(1, nameof(ScopeSwitcher.Label), label);
        builder.AddComponentParameter(2, nameof(ScopeSwitcher.Placeholder), placeholder);
        builder.AddComponentParameter(3, nameof(ScopeSwitcher.Find), find);
        builder.CloseComponent();
    };
}

/// <summary>The account menu of a person.</summary>
public sealed record PersonMenuContent(string Address, IReadOnlyList<MenuItem> Items);
