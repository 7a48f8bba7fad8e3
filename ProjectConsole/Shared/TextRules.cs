using System.Globalization;
using System.Text;

namespace ProjectConsole.Shared;

/// <summary>What text that people type and others read may hold, and how it is folded for search.</summary>
public static class TextRules
{
    /// <summary>
    /// Composes (NFC), trims and leaves out U+0000, which PostgreSQL refuses in any text. Half a surrogate pair becomes U+FFFD.
    /// Everything else stays, inner line breaks too.
    /// </summary>
    public static string Clean(string? typed)
    {
        var kept = new StringBuilder(typed?.Length ?? 0);
        foreach (var rune in (typed ?? "").EnumerateRunes().Where(rune => rune.Value != 0))
        {
            kept.Append(rune.ToString());
        }

        return kept.ToString().Normalize(NormalizationForm.FormC).Trim();
    }

    /// <summary>
    /// Whether the text holds characters that nobody sees and that change how its neighbours read:
    /// controls, bidirectional overrides, zero-width marks (CVE-2021-42574 shows what they do in a name).
    /// </summary>
    public static bool HidesSomething(string text, bool lineBreaksAllowed = false) => text.EnumerateRunes().Any(rune =>
        Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.Control => !(lineBreaksAllowed && rune.Value is '\n' or '\r' or '\t'),
            // U+200D joins emoji and U+200C is spelling in Persian: both are seen.
            UnicodeCategory.Format => rune.Value is not (0x200C or 0x200D),
            UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse => true,
            _ => false,
        });

    /// <summary>
    /// Whether a word mixes letters of alphabets that look alike, so that it can be taken for another: a Cyrillic а in Admin.
    /// </summary>
    public static bool MixesAlphabets(string text) => text.Split(' ').Any(word =>
        word.Select(AlphabetOf).Where(alphabet => alphabet != Alphabet.Other).Distinct().Count() > 1);

    /// <summary>Checks a one-line name and answers the sentence for what is wrong, or null.</summary>
    /// <param name="cleaned">The text after <see cref="Clean"/>.</param>
    /// <param name="what">What is named, as the start of a sentence: "Project Name".</param>
    /// <param name="longest">The most UTF-16 units.</param>
    public static string? NameError(string cleaned, string what, int longest) => cleaned switch
    {
        "" => $"{what} is required.",
        _ when cleaned.Length > longest => $"{what} can have at most {longest} characters; this has {cleaned.Length}.",
        _ when HidesSomething(cleaned) => $"{what} holds invisible or direction-changing characters. Type it again without them.",
        _ => null,
    };

    /// <summary>Checks an optional text of several lines and answers the sentence for what is wrong, or null.</summary>
    public static string? TextError(string cleaned, string what, int longest) => cleaned switch
    {
        _ when cleaned.Length > longest => $"{what} can have at most {longest:N0} characters; this has {cleaned.Length:N0}.",
        _ when HidesSomething(cleaned, lineBreaksAllowed: true) => $"{what} holds invisible or direction-changing characters. Type it again without them.",
        _ => null,
    };

    /// <summary>
    /// Folds text for stored search columns: case, width and accents are ignored in the same way on every database,
    /// which their own collations would not do.
    /// </summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var rune in text.Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark))
            {
                folded.Append(Rune.ToLowerInvariant(rune).ToString());
            }
        }

        return folded.ToString().Normalize(NormalizationForm.FormC);
    }

    /// <summary>Escapes a folded search text for a LIKE pattern whose escape character is a backslash.</summary>
    public static string LikePattern(string folded) =>
        $"%{folded.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal).Replace("[", @"\[", StringComparison.Ordinal)}%";

    private static Alphabet AlphabetOf(char letter) => letter switch
    {
        >= 'a' and <= 'z' or >= 'A' and <= 'Z' or (>= '\u00C0' and <= '\u024F') or (>= '\u1E00' and <= '\u1EFF') => Alphabet.Latin,
        (>= '\u0370' and <= '\u03FF') or (>= '\u1F00' and <= '\u1FFF') => Alphabet.Greek,
        >= '\u0400' and <= '\u052F' => Alphabet.Cyrillic,
        _ => Alphabet.Other,
    };

    private enum Alphabet
    {
        Other,
        Latin,
        Greek,
        Cyrillic,
    }
}
