using ProjectConsole.Domain.Resources;

namespace ProjectConsole.Features.Resources;

/// <summary>Kinds inside of sentences.</summary>
public static class KindWords
{
    /// <summary>The title as it stands in a sentence: "cluster", "IP addresses".</summary>
    public static string InSentence(this ResourceKind kind, bool isPlural = false)
    {
        var title = isPlural ? kind.PluralTitle : kind.Title;
        return title.Length > 1 && char.IsUpper(title[1]) ? title : $"{char.ToLowerInvariant(title[0])}{title[1..]}";
    }
}
