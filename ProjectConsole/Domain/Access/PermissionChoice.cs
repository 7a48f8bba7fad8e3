namespace ProjectConsole.Domain.Access;

/// <summary>How a set is chosen by hand: ticking a permission brings what it includes, unticking takes those that include it.</summary>
public static class PermissionChoice
{
    /// <summary>The set with the permission and all that it includes.</summary>
    public static PermissionSet Tick(PermissionSet set, Permission permission) => set | PermissionCatalogue.WithIncluded(permission);

    /// <summary>The set without the permission and all that include it.</summary>
    public static PermissionSet Untick(PermissionSet set, Permission permission) => set - PermissionCatalogue.WithIncluding(permission);

    /// <summary>
    /// Reads names that somebody chose, with all that they include. Unlike a stored text, a name that is unknown or not offered is
    /// refused with a sentence.
    /// </summary>
    public static (PermissionSet Set, string? Problem) Read(IEnumerable<string> names, PermissionSet offered)
    {
        var set = PermissionSet.Empty;
        foreach (var name in names)
        {
            if (PermissionCatalogue.Find(name) is not { } permission)
            {
                return (PermissionSet.Empty, $"There is no permission \"{Shortened(name)}\".");
            }

            if (!offered.Contains(permission))
            {
                return (PermissionSet.Empty, $"\"{permission.Title}\" cannot be part of this role.");
            }

            set = Tick(set, permission);
        }

        return (set & offered, null);
    }

    private static string Shortened(string name) => name.Length <= 60 ? name : $"{name[..60]}…";
}
