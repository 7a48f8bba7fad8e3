using System.Globalization;

namespace ProjectConsole.CommandLine;

/// <summary>Reads when something ends: a day, or days from now.</summary>
internal static class EndTime
{
    private const int MostDays = 36500;

    /// <summary>The end as calls have it; null for <c>never</c>.</summary>
    /// <param name="text">As typed.</param>
    /// <param name="option">The option that it was typed behind.</param>
    /// <param name="clock">For days from now.</param>
    public static string? Read(string text, string option, TimeProvider clock)
    {
        if (text == "never")
        {
            return null;
        }

        var end = text is [.. var days, 'd'] && int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is > 0 and < MostDays
                ? clock.GetUtcNow().UtcDateTime.AddDays(count)
            : DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var day)
                && day.Year < 9999
                // The day itself still counts.
                ? day.AddDays(1)
            : throw CommandRefusedException.Usage($"{option} is a day such as 2030-12-31, days from now such as 30d, or never.");
        return end.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
    }
}
