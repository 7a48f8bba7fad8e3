using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Projects;

namespace ProjectConsole.Features.Projects;

/// <summary>What a new Project ID must be, and what is proposed where it is taken.</summary>
internal static class ProjectIdRules
{
    /// <summary>How many proposals are tried for one that is taken.</summary>
    private const int Tried = 6;

    /// <summary>The sentence for what is wrong with a cleaned Project ID, or null. Whether it is taken is another question.</summary>
    public static string? Error(string cleaned, string pattern, string hint) =>
        Slug.Error(cleaned)
        ?? (OrganizationSettings.Matches(pattern, cleaned) ? null
            : hint != "" ? hint
            : $"The organization asks for Project IDs that match {pattern}.");

    /// <summary>Similar Project IDs that are valid; some of them may be taken too.</summary>
    public static IReadOnlyList<string> Similar(string cleaned, string pattern)
    {
        var stem = cleaned.Length > Slug.Longest - 2 ? cleaned[..(Slug.Longest - 2)] : cleaned;
        return [.. Enumerable.Range(2, Tried).Select(number => $"{stem}-{number}").Where(slug => Error(slug, pattern, "") is null)];
    }
}
