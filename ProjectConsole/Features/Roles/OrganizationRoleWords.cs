using ProjectConsole.Domain.Access;

namespace ProjectConsole.Features.Roles;

/// <summary>Ceilings in the words that people read.</summary>
internal static class OrganizationRoleWords
{
    /// <summary>"No cap", "View only" or "94 permissions".</summary>
    public static string Ceiling(PermissionSet ceiling) => KindOf(ceiling) switch
    {
        CeilingKind.None => "No cap",
        CeilingKind.ViewOnly => "View only",
        _ => $"{ceiling.Count} permissions",
    };

    /// <summary>Which of the three choices a ceiling is.</summary>
    public static CeilingKind KindOf(PermissionSet ceiling) =>
        ceiling == PermissionCatalogue.Project ? CeilingKind.None
        : ceiling == PermissionCatalogue.ProjectViews ? CeilingKind.ViewOnly
        : CeilingKind.Chosen;
}

/// <summary>How a ceiling is chosen.</summary>
public enum CeilingKind
{
    /// <summary>Nothing is cut.</summary>
    None,

    /// <summary>Every view and nothing else.</summary>
    ViewOnly,

    /// <summary>A set of its own.</summary>
    Chosen,
}
