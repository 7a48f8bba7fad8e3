using System.Globalization;

namespace ProjectConsole.Components.Controls;

/// <summary>Times as people read them. All arguments are UTC.</summary>
public static class TimeText
{
    /// <summary>20 Nov 2026</summary>
    public static string Date(DateTime utc) => utc.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>20 Nov 2026, 14:32:08 UTC</summary>
    public static string Exact(DateTime utc) => utc.ToString("d MMM yyyy, HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>now, 12 min ago, 3 h ago, yesterday, 5 Nov, 5 Nov 2025; in 12 min, in 3 h, tomorrow for what is to come.</summary>
    public static string Relative(DateTime utc, DateTime nowUtc)
    {
        var ago = nowUtc - utc;
        var days = (nowUtc.Date - utc.Date).Days;
        return (ago.Duration().TotalHours, days) switch
        {
            ( < 1.0 / 60, _) => "now",
            ( < 1, _) => Around(ago, (int)ago.Duration().TotalMinutes, "min"),
            (_, 0) => Around(ago, (int)ago.Duration().TotalHours, "h"),
            (_, 1) => "yesterday",
            (_, -1) => "tomorrow",
            _ => utc.Year == nowUtc.Year ? utc.ToString("d MMM", CultureInfo.InvariantCulture) : Date(utc),
        };
    }

    private static string Around(TimeSpan ago, int amount, string unit) =>
        ago >= TimeSpan.Zero ? $"{amount} {unit} ago" : $"in {amount} {unit}";
}
