using ProjectConsole.Domain.Access;

namespace ProjectConsole.Features.Roles;

/// <summary>One project role of a list.</summary>
/// <param name="Key">Stored name.</param>
/// <param name="Name">For people.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Origin">Who keeps it.</param>
/// <param name="Permissions">What it gives, by name.</param>
/// <param name="Holders">How many people and teams hold it here.</param>
public sealed record RoleRow(string Key, string Name, string Description, RoleOrigin Origin, string Permissions, int Holders)
{
    /// <summary>Counting stopped: there are more holders.</summary>
    public bool HoldersAreMore { get; init; }

    /// <summary>Stored name of the built-in role that it started from; null for a built-in one.</summary>
    public string? BasedOn { get; init; }

    /// <summary>The edit token; null for a built-in role.</summary>
    public Guid? Version { get; init; }

    /// <summary>What it gives.</summary>
    public PermissionSet Set => PermissionText.Parse(Permissions);
}

/// <summary>Who keeps a role or restriction.</summary>
public enum RoleOrigin
{
    /// <summary>The console brings it.</summary>
    BuiltIn,

    /// <summary>The organization.</summary>
    Organization,

    /// <summary>The project.</summary>
    Project,
}
