using System.Collections.Concurrent;
using ProjectConsole.Shared;

namespace ProjectConsole.Domain.Access;

/// <summary>
/// Ordered rules that only subtract: the first that matches a permission decides, and what none matches passes.
/// Over the finite catalogue they are one mask. Denying a permission takes those that include it; <c>project.view</c> is never taken.
/// </summary>
public sealed class RestrictionRules
{
    /// <summary>The most rules of one restriction.</summary>
    public const int Most = 50;

    /// <summary>The most characters of a pattern.</summary>
    public const int LongestPattern = 80;

    private const int MostKept = 10_000;

    private static readonly ConcurrentDictionary<string, RestrictionRules> Read = new(StringComparer.Ordinal);

    private readonly Lazy<bool[]> _effective;

    private RestrictionRules(IReadOnlyList<RestrictionRule> rules)
    {
        Rules = rules;
        Denied = Compile(rules);
        _effective = new(FindEffective);
    }

    /// <summary>Takes nothing.</summary>
    public static RestrictionRules None { get; } = new([]);

    /// <summary>The rules in their order.</summary>
    public IReadOnlyList<RestrictionRule> Rules { get; }

    /// <summary>What they take from a role.</summary>
    public PermissionSet Denied { get; }

    /// <summary>Whether the rule changes what is taken. Of several that do the same the first counts.</summary>
    public bool HasEffect(int index) => _effective.Value[index];

    /// <summary>How the rules are stored: one on each line.</summary>
    public string Text => string.Join('\n', Rules);

    /// <summary>Compiles rules.</summary>
    public static RestrictionRules Of(IReadOnlyList<RestrictionRule> rules) => new(rules);

    /// <summary>The rules of a stored text. Reading is a pure function of the text, so its results are kept; they are no decisions.</summary>
    public static RestrictionRules Parse(string text)
    {
        if (Read.TryGetValue(text, out var known))
        {
            return known;
        }

        var rules = Of([.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', 2)).Where(parts => parts.Length == 2).Select(parts => new RestrictionRule(parts[0] == "allow", parts[1]))]);
        if (Read.Count < MostKept)
        {
            Read[text] = rules;
        }

        return rules;
    }

    /// <summary>The sentence for what is wrong with a pattern that a person typed, or null.</summary>
    public static string? PatternProblem(string pattern)
    {
        var cleaned = TextRules.Clean(pattern);
        return cleaned == "" ? "Choose what the rule is about."
            : cleaned.Length > LongestPattern ? $"A pattern can have at most {LongestPattern} characters."
            : PermissionCatalogue.Project.Any(new RestrictionRule(true, cleaned).Matches) ? null
            : $"\"{cleaned}\" matches no permission. Use a name such as clusters.delete, or * for either part.";
    }

    private bool[] FindEffective()
    {
        var (kept, effective) = (Rules.ToList(), new bool[Rules.Count]);
        for (var index = Rules.Count - 1; index >= 0; index--)
        {
            kept.RemoveAt(index);
            effective[index] = Compile(kept) != Denied;
            if (effective[index])
            {
                kept.Insert(index, Rules[index]);
            }
        }

        return effective;
    }

    private static PermissionSet Compile(IReadOnlyList<RestrictionRule> rules)
    {
        var denied = PermissionSet.Empty;
        foreach (var permission in PermissionCatalogue.Project)
        {
            if (permission != Permissions.ProjectView && rules.FirstOrDefault(rule => rule.Matches(permission)) is { Allows: false })
            {
                denied |= PermissionCatalogue.WithIncluding(permission);
            }
        }

        return denied;
    }
}
