using System.Globalization;

namespace ProjectConsole.Components.Controls;

/// <summary>Numbers as people read them: 1,842 and 6.1.</summary>
public static class Numbers
{
    /// <summary>1,842</summary>
    // Without a format, the runtime hands out one text for each small number instead of a new one.
    public static string Whole(long number) => number is >= 0 and < 1000 ? number.ToString(CultureInfo.InvariantCulture) : number.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>1,842, or "more than 1,000" where nobody counted any further.</summary>
    public static string UpTo(long most, long number) => number > most ? $"more than {Whole(most)}" : Whole(number);

    /// <summary>At most one decimal: 6.1, 1,420.</summary>
    public static string OneDecimal(decimal number) => number.ToString("#,0.#", CultureInfo.InvariantCulture);

    /// <summary>A coordinate or percentage inside markup.</summary>
    internal static string Markup(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);
}
