using System.Globalization;

namespace ProjectConsole.Shared;

/// <summary>Reads whole numbers that people type.</summary>
public static class WholeNumber
{
    /// <summary>The number; null for an empty text, and for one that is no number, which adds an error for the field.</summary>
    public static int? Read(string? typed, string field, ICollection<FieldError> errors)
    {
        var text = TextRules.Clean(typed);
        if (text == "")
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        errors.Add(new FieldError(field, "Type a whole number."));
        return null;
    }
}
