using ProjectConsole.Domain.Limits;

namespace ProjectConsole.Features.Limits;

/// <summary>How limits read.</summary>
internal static class LimitWords
{
    /// <summary>Whose limit is in force, seen from a place.</summary>
    public static string SetBy(LimitRow row, LimitScope place) => (row.Amount, row.SetBy) switch
    {
        (null, _) => "Nobody",
        (_, LimitScope.Project) => "This project",
        (_, LimitScope.Organization or LimitScope.PersonalSpace) => place == LimitScope.Project ? "The organization" : "This organization",
        (_, LimitScope.Bound) => place == LimitScope.Bound ? "The installation" : "The most that the installation allows",
        _ when row.SetByName is null => "Built-in default",
        _ => "The installation's default",
    };

    /// <summary>What may be typed as a limit at a place.</summary>
    public static string Help(LimitRow row, LimitScope place)
    {
        var unit = row.Unit.Length == 0 ? "" : $" In {row.Unit}.";
        var most = row.Most is not { } amount ? "" : $" At most {row.Text(amount)}, " + row.MostBy switch
        {
            LimitScope.Organization => "the organization's limit.",
            LimitScope.Installation => "the installation's default.",
            _ => "the most that the installation allows.",
        };
        var empty = place switch
        {
            LimitScope.Project => "the limit above counts",
            LimitScope.Organization or LimitScope.PersonalSpace => "the installation's default counts",
            LimitScope.Installation => "the built-in default counts",
            _ => "organizations may set any",
        };
        return $"Empty: {empty}.{most}{unit}";
    }
}
