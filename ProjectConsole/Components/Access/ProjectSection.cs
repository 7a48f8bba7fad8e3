namespace ProjectConsole.Components.Access;

/// <summary>The tabs of a project.</summary>
public enum ProjectSection
{
    /// <summary>State, people, activity, documentation.</summary>
    Overview,

    /// <summary>What the project owns, by group and kind.</summary>
    Resources,

    /// <summary>The settings, with a side list of their own.</summary>
    Settings,
}

/// <summary>The side list of a project's settings.</summary>
public enum ProjectSettingsSection
{
    /// <summary>Name, description, labels, configuration values, structure, documentation.</summary>
    General,

    /// <summary>Who has access.</summary>
    Collaborators,

    /// <summary>What collaborators can be.</summary>
    Roles,

    /// <summary>What is taken from grants.</summary>
    Restrictions,

    /// <summary>Collaborators looked at one by one, until a date.</summary>
    AccessReview,

    /// <summary>Keys with which programs act in the project.</summary>
    Keys,

    /// <summary>The most that may be used, and what is.</summary>
    Limits,

    /// <summary>What is shared with others, and what others share.</summary>
    Sharing,

    /// <summary>What happened.</summary>
    Audit,

    /// <summary>Suspending, deleting, leaving.</summary>
    DangerZone,
}
