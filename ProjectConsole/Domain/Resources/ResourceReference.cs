namespace ProjectConsole.Domain.Resources;

/// <summary>
/// How a field names another resource: <c>name</c>; <c>kind/name</c> where the field may lead to several kinds; and
/// <c>project:name</c> or <c>address:name</c> for one that another project or a person shares. No name holds a colon or a slash, and
/// each reference has one spelling, so that those of two resources may be compared as they stand.
/// </summary>
/// <param name="Source">The project that shares it, or the address of the person who grants it; null for one of the same owner or of the catalogue.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Name">Its name.</param>
public readonly record struct ResourceReference(string? Source, string Kind, string Name)
{
    /// <summary>Stands between a source and a name.</summary>
    public const char OfSource = ':';

    /// <summary>Reads what a field holds; null where it cannot name anything.</summary>
    public static ResourceReference? Parse(ResourceField field, string text)
    {
        var colon = text.IndexOf(OfSource, StringComparison.Ordinal);
        var (project, rest) = colon < 0 ? (null, text) : (text[..colon], text[(colon + 1)..]);
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var (kind, name) = slash < 0 ? (field.Kinds.Count == 1 ? field.Kinds[0] : "", rest) : (rest[..slash], rest[(slash + 1)..]);
        var reference = new ResourceReference(project, kind, name);
        return field.Kinds.Contains(kind) && ResourceNames.Problem(name) is null && project is not "" && reference.ToText(field) == text ? reference : null;
    }

    /// <summary>The texts of a field that names several, each once.</summary>
    public static IEnumerable<string> Several(string text) => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct();

    /// <summary>How that field names it.</summary>
    public string ToText(ResourceField field) => $"{(Source is null ? "" : $"{Source}{OfSource}")}{(field.Kinds.Count == 1 ? "" : $"{Kind}/")}{Name}";
}
