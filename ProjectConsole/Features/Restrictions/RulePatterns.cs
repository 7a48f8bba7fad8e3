using ProjectConsole.Domain.Access;

namespace ProjectConsole.Features.Restrictions;

/// <summary>The patterns that are offered while a rule is typed.</summary>
internal static class RulePatterns
{
    /// <summary>Every subject, every verb, every permission of a project, with what it is.</summary>
    public static IReadOnlyList<(string Pattern, string Title)> All { get; } =
    [
        .. PermissionCatalogue.Project.Select(permission => permission.Subject).Distinct().Select(subject => ($"{subject}.*", $"Everything about {subject}")),
        .. PermissionCatalogue.Project.Select(permission => permission.Verb).Distinct().Select(verb => ($"*.{verb}", $"{verb} of everything")),
        .. PermissionCatalogue.Project.Select(permission => (permission.Name, permission.Title)),
        ("*", "Everything"),
    ];
}
