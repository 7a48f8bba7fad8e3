namespace ProjectConsole.Domain.Resources;

/// <summary>
/// How a field names another resource: <c>name</c>; <c>kind/name</c> where the field may lead to several kinds; and
/// <c>project:name</c> for one that another project shares. No name holds a colon or a slash.
/// </summary>
/// <param name="ProjectSlug">The project that shares it; null for one of the same owner or of the catalogue.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Name">Its name.</param>
public readonly record struct ResourceReference(string? ProjectSlug, string Kind, string Name)
{
    /// <summary>Stands between a project and a name.</summary>
    public const char OfProject = ':';

    /// <summary>Reads what a field holds; null where it cannot name anything.</summary>
    public static ResourceReference? Parse(ResourceField field, string text)
    {
        var colon = text.IndexOf(OfProject, StringComparison.Ordinal);
        var (project, rest) = colon < 0 ? (null, text) : (text[..colon], text[(colon + 1)..]);
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var (kind, name) = slash < 0 ? (field.Kinds.Count == 1 ? field.Kinds[0] : "", rest) : (rest[..slash], rest[(slash + 1)..]);
        return field.Kinds.Contains(kind) && ResourceNames.Problem(name) is null && project is not "" ? new ResourceReference(project, kind, name) : null;
    }

    /// <summary>How that field names it.</summary>
    public string ToText(ResourceField field) => $"{(ProjectSlug is null ? "" : $"{ProjectSlug}{OfProject}")}{(field.Kinds.Count == 1 ? "" : $"{Kind}/")}{Name}";
}
