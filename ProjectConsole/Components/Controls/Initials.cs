namespace ProjectConsole.Components.Controls;

/// <summary>The two letters of an avatar.</summary>
public static class Initials
{
    private static readonly char[] Separators = ['-', '_', '.', ' ', '+'];

    /// <summary>"project-admin@acme.test" gives PA, "vision-core" VC, "developer@acme.test" DE.</summary>
    public static string Of(string name)
    {
        var local = name.Split('@', 2)[0];
        var parts = local.Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        var letters = parts.Length switch
        {
            0 => "?",
            1 => parts[0][..Math.Min(2, parts[0].Length)],
            _ => string.Concat(parts[0][0], parts[1][0]),
        };
        return letters.ToUpperInvariant();
    }
}
