namespace ProjectConsole.Components.Access;

/// <summary>The tabs of an organization.</summary>
public enum OrganizationSection
{
    /// <summary>Its projects; also where one is added.</summary>
    Projects,

    /// <summary>Who belongs to it.</summary>
    Members,

    /// <summary>Its teams.</summary>
    Teams,

    /// <summary>Custom roles and restrictions.</summary>
    Roles,

    /// <summary>Offerings and templates that every project may use.</summary>
    Catalogue,

    /// <summary>What happened.</summary>
    Audit,

    /// <summary>The settings, with a side list of their own.</summary>
    Settings,

    /// <summary>What the person owns outside every project. It is no tab: the account menu leads there.</summary>
    PersonalSpace,
}

/// <summary>The side list of an organization's settings.</summary>
public enum OrganizationSettingsSection
{
    /// <summary>Name and rules.</summary>
    General,

    /// <summary>Groups of projects.</summary>
    Workspaces,

    /// <summary>The most that projects and personal spaces may use.</summary>
    Limits,

    /// <summary>Sentences about access that every change is checked against.</summary>
    Assertions,

    /// <summary>Deleting and leaving.</summary>
    DangerZone,
}
