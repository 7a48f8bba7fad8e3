using System.Collections.Frozen;
using System.Text;
using ProjectConsole.Shared;

namespace ProjectConsole.Domain.Projects;

/// <summary>
/// Finds names that people cannot tell apart by looking: the same but for case, width, accents, or letters of another script that
/// are drawn alike. A part of the skeletons of Unicode's UTS #39, for the two scripts that share most shapes with Latin.
/// </summary>
public static class LookAlike
{
    // Names are folded to small letters first, so a letter stands here also where only its capital looks like the Latin one.
    // Cyrillic first, then Greek, then others.
    private const string Pairs =
        "аa вb сc ԁd еe нh һh іi јj кk мm оo рp ԛq гr ѕs тt ѵv ԝw хx уy "
        + "αa βb εe ηh ιi κk μm νv οo ρp τt υy χx ωw ζz "
        + "ıi ɑa ɡg 0o 1l ‐- ‒- –- —- −-";

    private static readonly FrozenDictionary<char, char> Latin =
        Pairs.Split(' ').ToFrozenDictionary(pair => pair[0], pair => pair[1]);

    private static readonly FrozenSet<char> Shared = Latin.Values.ToFrozenSet();

    /// <summary>What is left of a name when everything is gone that the eye does not see: equal for names that look the same.</summary>
    public static string Skeleton(string name)
    {
        var skeleton = new StringBuilder(name.Length);
        // Nobody sees the joiners that names may hold.
        foreach (var character in TextRules.Fold(TextRules.Clean(name)).Where(character => character is not ('\u200c' or '\u200d')))
        {
            skeleton.Append(Latin.GetValueOrDefault(character, character));
        }

        return skeleton.ToString();
    }

    /// <summary>
    /// A LIKE pattern, its escape character a backslash, that matches every folded name with this skeleton, and some without:
    /// databases do not know skeletons, so the few that they find are compared again.
    /// </summary>
    public static string Pattern(string skeleton)
    {
        var pattern = new StringBuilder(skeleton.Length);
        foreach (var character in skeleton)
        {
            pattern.Append(Shared.Contains(character) ? "_" : character is '\\' or '%' or '_' or '[' ? $@"\{character}" : $"{character}");
        }

        return pattern.ToString();
    }
}
