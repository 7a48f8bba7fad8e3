using ProjectConsole.Shared;

namespace ProjectConsole.Domain.Access;

/// <summary>A project role that an organization, or one of its projects, made for itself.</summary>
public sealed class CustomProjectRole
{
    /// <summary>The most characters of a name.</summary>
    public const int LongestName = 60;

    /// <summary>The most characters of a description.</summary>
    public const int LongestDescription = 500;

    private CustomProjectRole()
    {
    }

    /// <summary>Makes a role with checked texts and a set that holds all that its permissions include.</summary>
    /// <param name="organizationId">The tenant.</param>
    /// <param name="projectId">The only project that knows it; null where all of the organization do.</param>
    /// <param name="basedOn">Stored name of the built-in role that it started from.</param>
    /// <param name="nowUtc">Now, UTC.</param>
    public CustomProjectRole(Guid organizationId, Guid? projectId, string basedOn, DateTime nowUtc)
    {
        Id = Guid.CreateVersion7();
        Key = Id.ToString("N");
        OrganizationId = organizationId;
        ProjectId = projectId;
        OwnerId = projectId ?? organizationId;
        BasedOn = basedOn;
        CreatedUtc = nowUtc;
    }

    /// <summary>UUID version 7.</summary>
    public Guid Id { get; private set; }

    /// <summary>Stored name, which grants carry; never that of a built-in role.</summary>
    public string Key { get; private set; } = "";

    /// <summary>The tenant.</summary>
    public Guid OrganizationId { get; private set; }

    /// <summary>The only project that knows it; null where all of the organization do.</summary>
    public Guid? ProjectId { get; private set; }

    /// <summary>The project, or else the organization: names are unique in it.</summary>
    public Guid OwnerId { get; private set; }

    /// <summary>For people, 1 to <see cref="LongestName"/> characters.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The name, folded, for sorting and uniqueness.</summary>
    public string NameFolded { get; private set; } = "";

    /// <summary>What it is for, possibly empty.</summary>
    public string Description { get; private set; } = "";

    /// <summary>Stored name of the built-in role that it started from.</summary>
    public string BasedOn { get; private set; } = "";

    /// <summary>What it gives, by name.</summary>
    public string PermissionNames { get; private set; } = "";

    /// <summary>Whether it gives <c>collaborators.manage-admins</c>, so that databases can look for Admins.</summary>
    public bool GivesAdmin { get; private set; }

    /// <summary>When it was made, UTC.</summary>
    public DateTime CreatedUtc { get; private set; }

    /// <summary>The edit token.</summary>
    public Guid Version { get; private set; }

    /// <summary>What it gives.</summary>
    public PermissionSet Permissions => PermissionText.Parse(PermissionNames);

    /// <summary>The role as the decision knows it.</summary>
    public ProjectRole ToRole() => ProjectRole.Custom(Key, Name, Description, Permissions);

    /// <summary>Replaces texts and set with checked ones. Every role lets its holders open the project.</summary>
    public void Change(string name, string description, PermissionSet permissions)
    {
        var set = permissions | PermissionSet.Of(Access.Permissions.ProjectView);
        (Name, NameFolded, Description) = (name, TextRules.Fold(name), description);
        PermissionNames = PermissionText.Of(set);
        GivesAdmin = set.Contains(Access.Permissions.CollaboratorsManageAdmins);
        Version = Guid.NewGuid();
    }
}
