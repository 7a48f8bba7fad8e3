using ProjectConsole.Domain.Access;
using ProjectConsole.Features.Roles;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Restrictions;

/// <summary>What a person chose for a restriction.</summary>
/// <param name="Name">Its name, as typed.</param>
/// <param name="Description">What it is for, as typed.</param>
/// <param name="Rules">Its rules in their order, patterns as typed.</param>
public sealed record RestrictionDraft(string Name, string Description, IReadOnlyList<RestrictionRule> Rules)
{
    /// <summary>The field of one rule, as refusals name it.</summary>
    public static string FieldOf(int index) => $"{nameof(Rules)}[{index}]";

    internal (CheckedRestriction? Restriction, Error? Refusal) Check()
    {
        var (name, description) = (RoleRules.CleanName(Name), TextRules.Clean(Description));
        var rules = Rules.Take(RestrictionRules.Most + 1).Select(rule => rule with { Pattern = TextRules.Clean(rule.Pattern) }).ToList();
        var errors = new List<FieldError>();
        RoleDraft.Add(errors, nameof(Name), RoleRules.NameProblem(name, "Restriction name", Restriction.LongestName));
        RoleDraft.Add(errors, nameof(Description), TextRules.TextError(description, "Description", Restriction.LongestDescription));
        RoleDraft.Add(errors, nameof(Rules), rules.Count == 0 ? "A restriction needs a rule." : rules.Count > RestrictionRules.Most
            ? $"A restriction can have at most {RestrictionRules.Most} rules."
            : null);
        for (var index = 0; index < Math.Min(rules.Count, RestrictionRules.Most); index++)
        {
            RoleDraft.Add(errors, FieldOf(index), ProblemOf(rules, index));
        }

        return errors.Count > 0 ? (null, new Invalid(errors)) : (new CheckedRestriction(name, description, RestrictionRules.Of(rules)), null);
    }

    private static string? ProblemOf(List<RestrictionRule> rules, int index) =>
        RestrictionRules.PatternProblem(rules[index].Pattern)
        ?? (rules.FindIndex(rule => rule.Pattern == rules[index].Pattern) is var first && first < index ? $"Rule {first + 1} is about \"{rules[index].Pattern}\" already." : null);
}

/// <summary>A draft whose texts and rules are in order.</summary>
internal sealed record CheckedRestriction(string Name, string Description, RestrictionRules Rules);
