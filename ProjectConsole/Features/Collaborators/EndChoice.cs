using System.Globalization;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Collaborators;

/// <summary>When something is to end, as it is chosen: never, after a while, or with a day. A while counts from the moment of the act.</summary>
/// <param name="Key">Which choice.</param>
/// <param name="Day">For the choice of a day: the day, as the browser's date field writes it.</param>
public sealed record EndChoice(string Key, string Day = "")
{
    /// <summary>Has no end.</summary>
    public const string Never = "never";

    /// <summary>Ends with a day.</summary>
    public const string OnDay = "day";

    private static readonly (string Key, string Title, TimeSpan After)[] Whiles =
    [
        ("15-minutes", "In 15 minutes", TimeSpan.FromMinutes(15)),
        ("1-hour", "In 1 hour", TimeSpan.FromHours(1)),
        ("2-hours", "In 2 hours", TimeSpan.FromHours(2)),
        ("8-hours", "In 8 hours", TimeSpan.FromHours(8)),
        ("1-day", "In 1 day", TimeSpan.FromDays(1)),
        ("7-days", "In 7 days", TimeSpan.FromDays(7)),
        ("30-days", "In 30 days", TimeSpan.FromDays(30)),
        ("90-days", "In 90 days", TimeSpan.FromDays(90)),
    ];

    /// <summary>The choices for a standing grant.</summary>
    public static IReadOnlyList<(string Key, string Title)> ForGrants { get; } =
        [(Never, "Never"), .. Whiles.Where(each => each.After >= TimeSpan.FromDays(1)).Select(each => (each.Key, each.Title)), (OnDay, "With a day")];

    /// <summary>The choices for a temporary role, which always ends.</summary>
    public static IReadOnlyList<(string Key, string Title)> ForRaising { get; } =
        [.. Whiles.Where(each => each.After <= TimeSpan.FromDays(30)).Select(each => (each.Key, each.Title)), (OnDay, "With a day")];

    /// <summary>Whether it says when.</summary>
    public bool IsComplete => Key != OnDay || ReadDay() is not null;

    /// <summary>The choice that names a moment by its day; never for none.</summary>
    public static EndChoice Of(DateTime? utc) =>
        utc is { } end ? new EndChoice(OnDay, end.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)) : new EndChoice(Never);

    /// <summary>The moment, UTC; null for never. A day ends with its last second.</summary>
    public DateTime? At(DateTime nowUtc) =>
        Key == OnDay ? ReadDay()
        : Array.Find(Whiles, each => each.Key == Key) is { Key: not null } found ? nowUtc + found.After : null;

    private DateTime? ReadDay() =>
        DateOnly.TryParseExact(Day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? LastDay.End(day)
            : null;
}
