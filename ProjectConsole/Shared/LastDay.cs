namespace ProjectConsole.Shared;

/// <summary>The last day of something that ends, as people choose it, and the moment that this is. Days are those of UTC.</summary>
public static class LastDay
{
    /// <summary>The moment with which the day is over: its last second, which every page shows as of that day.</summary>
    public static DateTime End(DateOnly day) => day.ToDateTime(new TimeOnly(23, 59, 59), DateTimeKind.Utc);

    /// <summary>The last day of what ends at a moment.</summary>
    public static DateOnly Of(DateTime endUtc) => DateOnly.FromDateTime(endUtc.AddTicks(-1));
}
