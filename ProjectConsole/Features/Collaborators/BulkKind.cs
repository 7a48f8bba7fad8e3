namespace ProjectConsole.Features.Collaborators;

/// <summary>What a dialog for several collaborators does.</summary>
public enum BulkKind
{
    /// <summary>Gives another role.</summary>
    Role,

    /// <summary>Sets another end.</summary>
    Expiry,

    /// <summary>Removes them.</summary>
    Removal,

    /// <summary>Takes over those of another project.</summary>
    Copy,
}
