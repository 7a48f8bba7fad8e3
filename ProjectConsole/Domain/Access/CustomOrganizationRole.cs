using ProjectConsole.Shared;

namespace ProjectConsole.Domain.Access;

/// <summary>An organization role that an organization made for itself: rights, a role in every project or none, and a ceiling.</summary>
public sealed class CustomOrganizationRole
{
    private CustomOrganizationRole()
    {
    }

    /// <summary>Makes a role, which <see cref="Change"/> then fills.</summary>
    public CustomOrganizationRole(Guid organizationId, DateTime nowUtc)
    {
        Id = Guid.CreateVersion7();
        Key = Id.ToString("N");
        OrganizationId = organizationId;
        CreatedUtc = nowUtc;
    }

    /// <summary>UUID version 7.</summary>
    public Guid Id { get; private set; }

    /// <summary>Stored name, which members carry; never that of a built-in role.</summary>
    public string Key { get; private set; } = "";

    /// <summary>The tenant.</summary>
    public Guid OrganizationId { get; private set; }

    /// <summary>For people, 1 to <see cref="CustomProjectRole.LongestName"/> characters; unique in the organization.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The name, folded, for sorting and uniqueness.</summary>
    public string NameFolded { get; private set; } = "";

    /// <summary>What it is for, possibly empty.</summary>
    public string Description { get; private set; } = "";

    /// <summary>What its holders may do in the organization, by name.</summary>
    public string RightNames { get; private set; } = "";

    /// <summary>Stored name of the built-in project role that its holders have in every project; null for none.</summary>
    public string? InEveryProject { get; private set; }

    /// <summary>The most that its holders can have in any project, by name.</summary>
    public string CeilingNames { get; private set; } = "";

    /// <summary>Whether the ceiling leaves <c>collaborators.manage-admins</c>, so that databases can look for Admins.</summary>
    public bool AdmitsAdmin { get; private set; }

    /// <summary>When it was made, UTC.</summary>
    public DateTime CreatedUtc { get; private set; }

    /// <summary>The edit token.</summary>
    public Guid Version { get; private set; }

    /// <summary>The role as the decision knows it.</summary>
    public OrganizationRole ToRole() => OrganizationRole.Custom(Key, Name, Description, RightNames, InEveryProject, CeilingNames);

    /// <summary>
    /// Replaces everything with checked values. No custom role reaches what Owners do alone; every ceiling leaves opening the project.
    /// </summary>
    public void Change(string name, string description, PermissionSet rights, ProjectRole? inEveryProject, PermissionSet ceiling)
    {
        (Name, NameFolded, Description) = (name, TextRules.Fold(name), description);
        RightNames = PermissionText.Of((rights & OrganizationRole.MostOfCustom) | PermissionSet.Of(Permissions.OrganizationView));
        InEveryProject = inEveryProject?.Key;
        var most = (ceiling & PermissionCatalogue.Project) | PermissionSet.Of(Permissions.ProjectView);
        CeilingNames = PermissionText.Of(most);
        AdmitsAdmin = most.Contains(Permissions.CollaboratorsManageAdmins);
        Version = Guid.NewGuid();
    }
}
