namespace ProjectConsole.Domain.Access;

/// <summary>
/// A role of an organization, built-in or custom: rights in the organization, a set that holds in every project,
/// and a ceiling, the most that its holder can have in any project whatever is granted there.
/// </summary>
public sealed class OrganizationRole
{
    private static readonly PermissionSet OwnerAlone =
        PermissionSet.Of(Access.Permissions.OrganizationDelete, Access.Permissions.DefaultKeyView, Access.Permissions.DefaultKeyRotate);

    private static readonly PermissionSet ViewsOfMembers =
        PermissionSet.Of(PermissionCatalogue.All.Where(permission => permission is { Scope: PermissionScope.Organization, IsView: true }))
        - PermissionSet.Of(Access.Permissions.OrganizationAuditView, Access.Permissions.DefaultKeyView);

    private OrganizationRole(string key, string title, string sentence, PermissionSet rights, PermissionSet inEveryProject, PermissionSet ceiling) =>
        (Key, Title, Sentence, Rights, InEveryProject, Ceiling) = (key, title, sentence, rights, inEveryProject, ceiling);

    /// <summary>May do everything, and alone what ends or opens the organization.</summary>
    public static OrganizationRole Owner { get; } = new(
        "owner", "Owner", "May do everything, and alone: the Organization Default Key, deleting the organization, touching other Owners.",
        PermissionCatalogue.Organization, PermissionCatalogue.Project, PermissionCatalogue.Project);

    /// <summary>May do everything but what only Owners may.</summary>
    public static OrganizationRole Admin { get; } = new(
        "admin", "Admin", "May do everything in the organization and its projects but what only Owners may.",
        PermissionCatalogue.Organization - OwnerAlone, PermissionCatalogue.Project, PermissionCatalogue.Project);

    /// <summary>Has in projects what is granted there.</summary>
    public static OrganizationRole Member { get; } = new(
        "member", "Member", "Sees the organization and has in projects what is granted there.",
        ViewsOfMembers, PermissionSet.Empty, PermissionCatalogue.Project);

    /// <summary>Sees everything and can never change anything.</summary>
    public static OrganizationRole Auditor { get; } = new(
        "auditor", "Auditor", "Sees everything in the organization and its projects; even an Admin grant gives no more.",
        ViewsOfMembers | PermissionSet.Of(Access.Permissions.OrganizationAuditView, Access.Permissions.ProjectsViewAll),
        PermissionCatalogue.ProjectViews, PermissionCatalogue.ProjectViews);

    /// <summary>All built-in roles that a member can have, largest first.</summary>
    public static IReadOnlyList<OrganizationRole> All { get; } = [Owner, Admin, Auditor, Member];

    /// <summary>The most that a person who is no member can have in a project.</summary>
    public static PermissionSet ExternalCeiling { get; } =
        PermissionCatalogue.Project - PermissionSet.Of(Access.Permissions.CollaboratorsManageAdmins, Access.Permissions.ProjectDelete);

    /// <summary>The most rights that a custom role can give: nothing that Owners do alone.</summary>
    public static PermissionSet MostOfCustom { get; } = PermissionCatalogue.Organization - OwnerAlone;

    /// <summary>Stored name.</summary>
    public string Key { get; }

    /// <summary>For people.</summary>
    public string Title { get; }

    /// <summary>One sentence for people.</summary>
    public string Sentence { get; }

    /// <summary>What its holder may do in the organization, before the organization's own settings add creating projects.</summary>
    public PermissionSet Rights { get; }

    /// <summary>What its holder has in every project without a grant.</summary>
    public PermissionSet InEveryProject { get; }

    /// <summary>The most that its holder can have in any project.</summary>
    public PermissionSet Ceiling { get; }

    /// <summary>What its holder really has in every project: <see cref="InEveryProject"/> under the own ceiling.</summary>
    public PermissionSet Everywhere => InEveryProject & Ceiling;

    /// <summary>Whether the console brings it.</summary>
    public bool IsBuiltIn => Find(Key) == this;

    /// <summary>A role of an organization's own, from what is stored of it.</summary>
    public static OrganizationRole Custom(string key, string title, string sentence, string rights, string? inEveryProject, string ceiling) => new(
        key, title, sentence, PermissionText.Parse(rights) & MostOfCustom,
        ProjectRole.Find(inEveryProject)?.Permissions ?? PermissionSet.Empty, PermissionText.Parse(ceiling));

    /// <summary>The built-in role of that stored name, or null.</summary>
    public static OrganizationRole? Find(string? key) => key switch
    {
        "owner" => Owner,
        "admin" => Admin,
        "member" => Member,
        "auditor" => Auditor,
        _ => null,
    };

    /// <inheritdoc/>
    public override string ToString() => Title;
}
