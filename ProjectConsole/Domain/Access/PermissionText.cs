using System.Collections.Concurrent;

namespace ProjectConsole.Domain.Access;

/// <summary>
/// How sets are stored: names separated by spaces, because bits are assigned at start. Reading is a pure function of the text,
/// so its results are kept; they are no decisions.
/// </summary>
public static class PermissionText
{
    private const int Most = 10_000;

    private static readonly ConcurrentDictionary<string, PermissionSet> Read = new(StringComparer.Ordinal);

    /// <summary>The names of a set in catalogue order.</summary>
    public static string Of(PermissionSet set) => string.Join(' ', set.Select(permission => permission.Name));

    /// <summary>The set of a stored text with all that its permissions include; a name that no longer exists grants nothing.</summary>
    public static PermissionSet Parse(string text)
    {
        if (Read.TryGetValue(text, out var known))
        {
            return known;
        }

        var set = PermissionSet.Empty;
        foreach (var name in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (PermissionCatalogue.Find(name) is { } permission)
            {
                set |= PermissionCatalogue.WithIncluded(permission);
            }
        }

        if (Read.Count < Most)
        {
            Read[text] = set;
        }

        return set;
    }
}
