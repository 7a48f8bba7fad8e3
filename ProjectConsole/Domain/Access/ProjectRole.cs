using ProjectConsole.Domain.Resources;

namespace ProjectConsole.Domain.Access;

/// <summary>A role of a project: a built-in one, each of which contains the one before it, or a custom one.</summary>
public sealed class ProjectRole
{
    private static readonly string[] WorkVerbs = ["update", "operate", "delete-own"];

    private ProjectRole(string key, string title, string sentence, int rank, PermissionSet permissions) =>
        (Key, Title, Sentence, Rank, Permissions) = (key, title, sentence, rank, permissions);

    /// <summary>Browses and changes nothing.</summary>
    public static ProjectRole Viewer { get; } = new(
        "viewer", "Viewer", "Browses everything in the project and changes nothing.", 1,
        Named("project.view", "collaborators.view", "roles.view", "limits.view", "usage.view", "alerts.view") | OfEveryKind("view"));

    /// <summary>Creates, and changes nothing that exists.</summary>
    public static ProjectRole Contributor { get; } = new(
        "contributor", "Contributor", "Creates resources of every kind; changes nothing that exists, not even its own.", 2,
        Viewer.Permissions | OfEveryKind("create"));

    /// <summary>Works with resources; the default for a new collaborator.</summary>
    public static ProjectRole Developer { get; } = new(
        "developer", "Developer", "Creates, changes and runs resources, deletes its own, makes API keys.", 3,
        Contributor.Permissions | OfEveryKind(WorkVerbs) | Named("keys.create", "keys.revoke", "alerts.acknowledge"));

    /// <summary>Also manages people up to its own level.</summary>
    public static ProjectRole Manager { get; } = new(
        "manager", "Manager", "Also deletes and shares resources, and manages collaborators up to Manager.", 4,
        Developer.Permissions | OfEveryKind("delete", "share") | Named("shares.accept", "collaborators.add", "collaborators.change", "collaborators.remove"));

    /// <summary>May do everything in the project.</summary>
    public static ProjectRole Admin { get; } = new(
        "admin", "Admin", "May do everything in the project: settings, roles, limits, other Admins, deletion.", 5,
        PermissionCatalogue.Project);

    /// <summary>All built-in roles, smallest first.</summary>
    public static IReadOnlyList<ProjectRole> All { get; } = [Viewer, Contributor, Developer, Manager, Admin];

    /// <summary>Stored name.</summary>
    public string Key { get; }

    /// <summary>For people.</summary>
    public string Title { get; }

    /// <summary>One sentence for people.</summary>
    public string Sentence { get; }

    /// <summary>Order of the built-in roles by size, from 1; 0 for a custom role.</summary>
    public int Rank { get; }

    /// <summary>What it gives.</summary>
    public PermissionSet Permissions { get; }

    /// <summary>Whether the console brings it.</summary>
    public bool IsBuiltIn => Rank > 0;

    /// <summary>A role of an organization's or a project's own.</summary>
    public static ProjectRole Custom(string key, string title, string sentence, PermissionSet permissions) => new(key, title, sentence, 0, permissions);

    /// <summary>The built-in role of that stored name, or null.</summary>
    public static ProjectRole? Find(string? key) => key switch
    {
        "viewer" => Viewer,
        "contributor" => Contributor,
        "developer" => Developer,
        "manager" => Manager,
        "admin" => Admin,
        _ => null,
    };

    /// <summary>The largest built-in role that is wholly in the set, or null where not even Viewer is.</summary>
    public static ProjectRole? LargestIn(PermissionSet set)
    {
        for (var index = All.Count - 1; index >= 0; index--)
        {
            if (All[index].Permissions.IsSubsetOf(set))
            {
                return All[index];
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public override string ToString() => Title;

    private static PermissionSet Named(params string[] names) =>
        names.Aggregate(PermissionSet.Empty, (set, name) => set | PermissionCatalogue.WithIncluded(PermissionCatalogue.Get(name)));

    private static PermissionSet OfEveryKind(params string[] verbs) =>
        Named([.. ResourceKinds.All.SelectMany(kind => verbs.Select(verb => $"{kind.Plural}.{verb}"))]);
}
