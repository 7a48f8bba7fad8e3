using ProjectConsole.Domain.Resources;

namespace ProjectConsole.Domain.Access;

/// <summary>
/// The ONE list of permissions. It is checked when the program starts: an unknown, duplicate or cyclic name stops it.
/// Policies, role pages, explanations and tests are made from it.
/// </summary>
public static class PermissionCatalogue
{
    private static readonly Dictionary<string, Permission> ByName;
    private static readonly PermissionSet[] Closures;
    private static readonly PermissionSet[] IncludedBy;

    static PermissionCatalogue()
    {
        var definitions = Definitions().ToList();
        All = Build(definitions, out ByName, out Closures);
        IncludedBy = [.. All.Select(permission => PermissionSet.Of(All.Where(other => Closures[other.Index].Contains(permission))))];
        Project = PermissionSet.Of(All.Where(permission => permission.Scope == PermissionScope.Project));
        Organization = PermissionSet.Of(All.Where(permission => permission.Scope == PermissionScope.Organization));
        ProjectViews = PermissionSet.Of(All.Where(permission => permission is { Scope: PermissionScope.Project, IsView: true }));
        WhileSuspended = PermissionSet.Of(All.Where(permission => permission.HoldsWhileSuspended));
    }

    /// <summary>Every permission, in catalogue order.</summary>
    public static IReadOnlyList<Permission> All { get; }

    /// <summary>Every permission that is asked for in a project.</summary>
    public static PermissionSet Project { get; }

    /// <summary>Every permission that is asked for in an organization.</summary>
    public static PermissionSet Organization { get; }

    /// <summary>Every <c>view</c> of a project.</summary>
    public static PermissionSet ProjectViews { get; }

    /// <summary>What holds while a project is suspended.</summary>
    public static PermissionSet WhileSuspended { get; }

    /// <summary>The permission of that name, or null: a stored name that no longer exists grants nothing.</summary>
    public static Permission? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The permission of that name.</summary>
    /// <exception cref="KeyNotFoundException">The catalogue has no such name, which is a defect of the caller.</exception>
    public static Permission Get(string name) => ByName[name];

    /// <summary>The permission and everything that it includes.</summary>
    public static PermissionSet WithIncluded(Permission permission) => Closures[permission.Index];

    /// <summary>The permission and everything that includes it: what goes when it is denied.</summary>
    public static PermissionSet WithIncluding(Permission permission) => IncludedBy[permission.Index];

    /// <summary>Builds a catalogue and checks it.</summary>
    /// <exception cref="InvalidOperationException">A name is unknown, stands twice or includes itself, or there are too many.</exception>
    internal static IReadOnlyList<Permission> Build(
        IReadOnlyList<PermissionDefinition> definitions, out Dictionary<string, Permission> byName, out PermissionSet[] closures)
    {
        if (definitions.Count > PermissionSet.Capacity)
        {
            throw new InvalidOperationException($"The catalogue has {definitions.Count} permissions and a set holds {PermissionSet.Capacity}.");
        }

        var all = definitions.Select((definition, index) => new Permission(index, definition)).ToArray();
        byName = [];
        foreach (var permission in all)
        {
            if (!byName.TryAdd(permission.Name, permission))
            {
                throw new InvalidOperationException($"The permission {permission.Name} stands twice in the catalogue.");
            }
        }

        closures = new PermissionSet[all.Length];
        for (var index = 0; index < all.Length; index++)
        {
            closures[index] = Close(index, definitions, byName, []);
        }

        return all;
    }

    private static PermissionSet Close(
        int index, IReadOnlyList<PermissionDefinition> definitions, Dictionary<string, Permission> byName, HashSet<int> path)
    {
        if (!path.Add(index))
        {
            throw new InvalidOperationException($"The permission {definitions[index].Name} includes itself.");
        }

        var set = PermissionSet.Of(byName[definitions[index].Name]);
        foreach (var name in definitions[index].Includes)
        {
            if (!byName.TryGetValue(name, out var included))
            {
                throw new InvalidOperationException($"The permission {definitions[index].Name} includes {name}, which the catalogue does not have.");
            }

            set |= Close(included.Index, definitions, byName, path);
        }

        path.Remove(index);
        return set;
    }

    private static IEnumerable<PermissionDefinition> Definitions() =>
        [.. ProjectDefinitions(), .. ResourceKinds.All.SelectMany(KindDefinitions), .. OrganizationDefinitions(), .. InstallationDefinitions()];

    private static PermissionDefinition InProject(string name, string title, string sentence, bool holdsWhileSuspended, params string[] includes) =>
        new(name, PermissionScope.Project, title, sentence, holdsWhileSuspended, ["project.view", .. includes]);

    private static IEnumerable<PermissionDefinition> ProjectDefinitions() =>
    [
        new("project.view", PermissionScope.Project, "View the project", "Open the project and see its overview and documentation.", true),
        InProject("project.update", "Change the project", "Change name, description, labels, configuration values and documentation.", false),
        InProject("project.suspend", "Suspend and activate the project", "Suspend the project, and activate it again.", true),
        InProject("project.delete", "Delete and restore the project", "Delete the project, and restore it while that is possible.", true),
        InProject("collaborators.view", "View collaborators", "See who has access, with which role and why.", true),
        InProject("collaborators.add", "Add collaborators", "Give people and teams access, with no more than one holds.", false, "collaborators.view"),
        InProject("collaborators.change", "Change collaborators", "Change roles, expiry and restrictions of collaborators.", false, "collaborators.view"),
        InProject("collaborators.remove", "Remove collaborators", "End the access of collaborators.", true, "collaborators.view"),
        InProject("collaborators.manage-admins", "Manage Admins", "Make collaborators Admin of the project, and end that.", false, "collaborators.view"),
        InProject("roles.view", "View roles", "See the roles and restrictions of the project.", true),
        InProject("roles.manage", "Manage roles", "Create, change and delete custom roles and restrictions.", false, "roles.view"),
        InProject("keys.view", "View API keys", "See the API keys of the project, never their secrets.", true),
        InProject("keys.create", "Create API keys", "Create API keys with no more than one holds.", false, "keys.view"),
        InProject("keys.revoke", "Revoke API keys", "Revoke API keys of the project.", true, "keys.view"),
        InProject("limits.view", "View limits", "See the limits of the project and what is used of them.", true),
        InProject("limits.set", "Set limits", "Set the limits of the project, up to those of the organization.", false, "limits.view"),
        InProject("usage.view", "View usage", "See the usage records of the project.", true),
        InProject("usage.report", "Report usage", "Write usage records for the project.", false, "usage.view"),
        InProject("alerts.view", "View alerts", "See the alerts of the project.", true),
        InProject("alerts.acknowledge", "Acknowledge alerts", "Mark alerts of the project as seen to.", false, "alerts.view"),
        InProject("integrations.view", "View integrations", "See the integrations of the project.", true),
        InProject("integrations.manage", "Manage integrations", "Create, change and delete integrations of the project.", false, "integrations.view"),
        InProject("audit.view", "View the audit log", "See what happened in the project and who did it.", true),
        InProject("shares.accept", "Accept shares", "Accept and end what others share with the project.", false),
        InProject("work.claim", "Claim work", "Take work for clusters and jobs as a provisioner, and report on it.", false),
    ];

    private static IEnumerable<PermissionDefinition> KindDefinitions(ResourceKind kind)
    {
        var (subject, lower) = (kind.Plural, kind.InSentence(isPlural: true));
        return
        [
            InProject($"{subject}.view", $"View {lower}", $"See {lower}, their versions, lineage and logs, and download them.", true),
            InProject($"{subject}.create", $"Create {lower}", $"Create {lower} with their first content.", false, $"{subject}.view"),
            InProject($"{subject}.update", $"Change {lower}", $"Change {lower}: their fields, labels, content and versions.", false, $"{subject}.view"),
            InProject($"{subject}.operate", $"Operate {lower}", $"Start, stop, terminate and scale {lower}, and sign in to them.", false, $"{subject}.view"),
            InProject($"{subject}.delete-own", $"Delete own {lower}", $"Delete the {lower} that one created.", false, $"{subject}.view"),
            InProject($"{subject}.delete", $"Delete {lower}", $"Delete {lower}, whoever created them.", false, $"{subject}.delete-own"),
            InProject($"{subject}.share", $"Share {lower}", $"Share {lower} with other projects.", false, $"{subject}.view"),
        ];
    }

    private static PermissionDefinition InOrganization(string name, string title, string sentence, params string[] includes) =>
        new(name, PermissionScope.Organization, title, sentence, false, includes);

    private static IEnumerable<PermissionDefinition> OrganizationDefinitions() =>
    [
        InOrganization("organization.view", "View the organization", "Open the organization and see its settings."),
        InOrganization("organization.update", "Change the organization", "Change name and settings of the organization.", "organization.view"),
        InOrganization("organization.delete", "Delete the organization", "Delete the organization, and restore it while that is possible.", "organization.view"),
        InOrganization("members.view", "View members", "See who belongs to the organization.", "organization.view"),
        InOrganization("members.manage", "Manage members", "Add and remove members and change their roles, with no more than one holds.", "members.view"),
        InOrganization("teams.view", "View teams", "See teams and who is in them.", "organization.view"),
        InOrganization("teams.manage", "Manage teams", "Create, change and delete teams.", "teams.view"),
        InOrganization("workspaces.view", "View workspaces", "See the workspaces of the organization.", "organization.view"),
        InOrganization("workspaces.manage", "Manage workspaces", "Create and rename workspaces and move projects between them.", "workspaces.view"),
        InOrganization("org-roles.view", "View organization roles", "See the roles of the organization.", "organization.view"),
        InOrganization("org-roles.manage", "Manage organization roles", "Create, change and delete custom roles of the organization.", "org-roles.view"),
        InOrganization("org-limits.view", "View organization limits", "See the limits of the organization.", "organization.view"),
        InOrganization("org-limits.manage", "Manage organization limits", "Set the limits of the organization.", "org-limits.view"),
        InOrganization("catalogue.view", "View the catalogue", "See offerings and organization templates.", "organization.view"),
        InOrganization("catalogue.manage", "Manage the catalogue", "Create, change and delete offerings and organization templates.", "catalogue.view"),
        InOrganization("assertions.view", "View assertions", "See the assertions on access and whether they hold.", "organization.view"),
        InOrganization("assertions.manage", "Manage assertions", "Create, change and delete assertions on access.", "assertions.view"),
        InOrganization("projects.create", "Create projects", "Create projects in the organization.", "organization.view"),
        InOrganization("projects.view-all", "View all projects", "See every project of the organization in lists.", "organization.view"),
        InOrganization("org-audit.view", "View the organization's audit log", "See what happened in the organization and who did it.", "organization.view"),
        InOrganization("default-key.view", "View the Organization Default Key", "See the row of the Organization Default Key.", "organization.view"),
        InOrganization("default-key.rotate", "Rotate the Organization Default Key", "Make a new secret for the Organization Default Key.", "default-key.view"),
    ];

    private static IEnumerable<PermissionDefinition> InstallationDefinitions() =>
    [
        new("installation.manage", PermissionScope.Installation, "Administer the installation", "Answer for organizations' allowances, accounts and settings of the installation.", false),
        new("organizations.create", PermissionScope.Installation, "Create organizations", "Create organizations in this installation.", false),
    ];
}
