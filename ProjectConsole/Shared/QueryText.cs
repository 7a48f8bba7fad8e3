using System.Globalization;

namespace ProjectConsole.Shared;

/// <summary>
/// Reads values out of an address, where anybody can type anything: what makes no sense counts as not there. Pages take such
/// values as text, because a typed parameter turns a wrong one into a failed request.
/// </summary>
public static class QueryText
{
    /// <summary>A whole number, or null.</summary>
    public static int? WholeNumber(string? text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The number of an entry, or null.</summary>
    public static long? LongNumber(string? text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Whether it says yes, in any of the ways that addresses of the console do.</summary>
    public static bool Flag(string? text) => Key(text) is "1" or "yes" or "true";

    /// <summary>An id, or <see cref="Guid.Empty"/>, which nothing has.</summary>
    public static Guid Id(string? text) => Guid.TryParse(text, out var id) ? id : Guid.Empty;

    /// <summary>A stored name, whatever its case was; empty where there is none.</summary>
    public static string Key(string? text) => TextRules.Clean(text).ToLowerInvariant();

    /// <summary>The value of that name, whatever its case was, or null. Numbers parse as values too, so only a name counts.</summary>
    public static T? Named<T>(string? text)
        where T : struct, Enum
    {
        var name = Key(text);
        return Enum.GetValues<T>().Where(value => string.Equals(value.ToString(), name, StringComparison.OrdinalIgnoreCase)).Select(value => (T?)value).FirstOrDefault();
    }
}
