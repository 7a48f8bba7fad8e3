namespace ProjectConsole.Shared;

/// <summary>Amounts with their units, as people write them.</summary>
public static class Units
{
    /// <summary>An amount with its unit: <c>1 core</c>, <c>64 cores</c>, <c>512 GiB</c>; without one the amount alone.</summary>
    /// <param name="amount">How much.</param>
    /// <param name="unit">The unit as it is written after several; null or empty where things are counted.</param>
    public static string Of(decimal amount, string? unit) =>
        string.IsNullOrEmpty(unit) ? $"{amount:N0}" : $"{amount:N0} {(amount == 1 && unit.EndsWith('s') ? unit[..^1] : unit)}";
}
