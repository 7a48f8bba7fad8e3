using System.Text;
using System.Text.RegularExpressions;
using ProjectConsole.Shared;

namespace ProjectConsole.Domain.Projects;

/// <summary>
/// The identifier that people type in the API and the command line; a project's is called "Project ID" in the console.
/// 1 to 50 of <c>a-z 0-9 - _</c>, starting with a letter or digit. It never changes.
/// </summary>
public static partial class Slug
{
    /// <summary>The most characters.</summary>
    public const int Longest = 50;

    /// <summary>The Default Project's.</summary>
    public const string Default = "default";

    private static readonly HashSet<string> Reserved =
    [
        "new", "settings", "api", "default", "admin", "account", "accounts", "organization", "organizations", "workspace", "workspaces",
        "project", "projects", "installation", "setup", "deleted", "all", "none", "null", "me", "self", "members", "teams", "roles", "audit",
        "usage", "catalogue", "search", "help", "healthz", "readyz", "metrics", "openapi", "oauth",
    ];

    /// <summary>What the console makes of typed text before checking it: trimmed, upper case folded.</summary>
    public static string Clean(string? typed) => TextRules.Clean(typed).ToLowerInvariant();

    /// <summary>Checks a cleaned slug and answers the sentence for what is wrong, or null.</summary>
    /// <param name="cleaned">The text after <see cref="Clean"/>.</param>
    /// <param name="what">What it is called for this entity: "Project ID".</param>
    public static string? Error(string cleaned, string what = "Project ID") => cleaned switch
    {
        "" => $"{what} is required.",
        _ when !Allowed().IsMatch(cleaned) => "Use only letters, numbers, hyphens and underscores.",
        _ when cleaned[0] is '-' or '_' => $"{what} must start with a letter or a number.",
        _ when cleaned.Length > Longest => $"{what} can have at most {Longest} characters; this has {cleaned.Length}.",
        _ when Guid.TryParse(cleaned, out _) => $"{what} must not look like an internal id. Use a name that people recognize.",
        _ when Reserved.Contains(cleaned) => $"\"{cleaned}\" is reserved. Choose another {what}.",
        _ => null,
    };

    /// <summary>
    /// What uniqueness is decided on: <c>-</c> and <c>_</c> count as equal, because people mix them up.
    /// </summary>
    public static string Fold(string cleaned) => cleaned.Replace('_', '-');

    /// <summary>Proposes a slug for a name, as long as the person has not typed one; empty where nothing of the name can stand in it.</summary>
    public static string Derive(string? name)
    {
        var slug = new StringBuilder(Longest);
        foreach (var character in TextRules.Fold(name ?? ""))
        {
            if (slug.Length == Longest)
            {
                break;
            }

            if (char.IsAsciiLetterOrDigit(character))
            {
                slug.Append(character);
            }
            else if (slug.Length > 0 && slug[^1] is not ('-' or '_'))
            {
                slug.Append(character == '_' ? '_' : '-');
            }
        }

        return slug.ToString().TrimEnd('-', '_');
    }

    [GeneratedRegex("^[a-z0-9_-]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Allowed();
}
