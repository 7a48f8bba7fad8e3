using System.Text;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Shared;

namespace ProjectConsole.Domain.Teams;

/// <summary>What a team may be called: it stands in lists beside people and other teams, and must be told from them.</summary>
public static class TeamNames
{
    // Letters by their category, and blank to the eye.
    private static readonly int[] Blank = [0x115F, 0x1160, 0x3164, 0xFFA0];

    /// <summary>The sentence for what is wrong with a cleaned name, or null. Whether another team looks the same is another question.</summary>
    public static string? Error(string cleaned) =>
        TextRules.NameError(cleaned, "Team name", Team.LongestName)
        ?? (!cleaned.EnumerateRunes().Any(rune => Rune.IsLetterOrDigit(rune) && !Blank.Contains(rune.Value)) ? "Team name needs a letter or a number."
            : cleaned.Contains('@', StringComparison.Ordinal) ? "Team name may not contain @, so that nobody takes it for a person."
            : null);

    /// <summary>The sentence for a name that another team has, or that looks like it; null where it is free.</summary>
    /// <param name="name">The cleaned name.</param>
    /// <param name="others">The names of the organization's other teams.</param>
    public static string? Taken(string name, IEnumerable<string> others)
    {
        var skeleton = LookAlike.Skeleton(name);
        return others.FirstOrDefault(other => LookAlike.Skeleton(other) == skeleton) is not { } same ? null
            : same == name ? $"{name} is a team already."
            : $"This looks the same as the team {same}. Choose a name that people can tell from it.";
    }
}
