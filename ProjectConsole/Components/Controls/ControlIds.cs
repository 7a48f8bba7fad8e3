namespace ProjectConsole.Components.Controls;

/// <summary>Element ids for labels, descriptions and menus; unique in a document because they are unique in the process.</summary>
internal static class ControlIds
{
    private static long _last;

    public static string Next(string prefix) => string.Create(null, $"{prefix}-{Interlocked.Increment(ref _last)}");
}
