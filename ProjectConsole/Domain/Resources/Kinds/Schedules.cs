using System.Globalization;

namespace ProjectConsole.Domain.Resources.Kinds;

/// <summary>Schedules of five parts, as cron reads them.</summary>
internal static class Schedules
{
    private static readonly (string Title, int Least, int Most)[] Parts =
        [("minute", 0, 59), ("hour", 0, 23), ("day", 1, 31), ("month", 1, 12), ("weekday", 0, 7)];

    public static string? Problem(string text)
    {
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != Parts.Length)
        {
            return "Write five parts: minute, hour, day, month and weekday, such as 0 3 * * 1-5.";
        }

        var wrong = parts.Zip(Parts).FirstOrDefault(pair => !pair.First.Split(',').All(item => IsRight(item, pair.Second.Least, pair.Second.Most)));
        return wrong.First is null ? null : $"{wrong.First} is no {wrong.Second.Title}: write *, numbers from {wrong.Second.Least} to {wrong.Second.Most}, ranges such as 1-5, or steps such as */15.";
    }

    private static bool IsRight(string item, int least, int most)
    {
        var steps = item.Split('/');
        if (steps.Length > 2 || (steps.Length == 2 && Number(steps[1], 1, most) is null))
        {
            return false;
        }

        var ends = steps[0].Split('-');
        return steps[0] == "*"
            || (ends.Length <= 2 && ends.All(end => Number(end, least, most) is not null) && Number(ends[0], least, most) <= Number(ends[^1], least, most));
    }

    private static int? Number(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : null;
}
