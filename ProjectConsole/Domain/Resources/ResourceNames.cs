using ProjectConsole.Shared;

namespace ProjectConsole.Domain.Resources;

/// <summary>What resources are called and labelled with.</summary>
public static class ResourceNames
{
    /// <summary>Longest name.</summary>
    public const int Longest = 63;

    /// <summary>Longest description.</summary>
    public const int LongestDescription = 1000;

    /// <summary>Most labels.</summary>
    public const int MostLabels = 20;

    /// <summary>Longest label.</summary>
    public const int LongestLabel = 60;

    /// <summary>The sentence for what is wrong with a name, or null. Upper case is refused: names are told apart by what they hold alone.</summary>
    public static string? Problem(string name) => name switch
    {
        "" => "Name is required.",
        { Length: > Longest } => $"Name can have at most {Longest} characters; this has {name.Length}.",
        _ when name.Any(letter => !(char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '-' or '_' or '.')) =>
            "Use only lower-case letters, numbers, hyphens, underscores and dots.",
        _ when !char.IsAsciiLetterOrDigit(name[0]) || name.Contains("..", StringComparison.Ordinal) => "Start with a letter or number, and write no two dots in a row.",
        "new" => "new is an address of the console. Choose another name.",
        _ => null,
    };

    /// <summary>Checks labels: one line each, told apart by what they hold.</summary>
    public static (IReadOnlyList<string> Labels, string? Problem) CheckLabels(IEnumerable<string> typed)
    {
        var labels = typed.Select(TextRules.Clean).Where(label => label.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        var problem = labels.Count > MostLabels ? $"A resource can have at most {MostLabels} labels; these are {labels.Count}."
            : labels.Select(label => TextRules.NameError(label, "A label", LongestLabel)).FirstOrDefault(found => found is not null);
        return (labels, problem);
    }
}
