using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Resources;

namespace ProjectConsole.Components.Access;

/// <summary>Decisions in the words that people read.</summary>
public static class AccessWords
{
    private static readonly (string Verb, string Word)[] Verbs =
        [("view", "view"), ("create", "create"), ("update", "change"), ("operate", "operate"), ("delete", "delete"), ("share", "share")];

    /// <summary>Developer, Custom, or No access.</summary>
    public static string Role(EffectiveAccess? access) => access is null || access.Held.IsEmpty ? "No access" : access.Role?.Title ?? "Custom";

    /// <summary>Whose ceiling takes something from the person's role: Member, External; null where none does.</summary>
    public static string? CappedBy(EffectiveAccess access) => access.IsCapped ? access.Facts.Membership?.Role.Title ?? "External" : null;

    /// <summary>Where the role comes from in a few words; empty where a direct grant gives it.</summary>
    public static string RoleNote(EffectiveAccess access)
    {
        // The first source that alone gives the effective role; a direct grant needs no words.
        var giving = access.Sources.Where(source => access.Role is { } role && role.Permissions.IsSubsetOf(source.After)).ToList();
        return giving.Count == 0 || giving.Exists(source => source.Kind == AccessSourceKind.Direct) ? ""
            : giving[0].Kind == AccessSourceKind.DefaultProject ? "every member"
            : Source(giving[0]);
    }

    /// <summary>"a direct grant", "Organization Owner", "team annotators" and so on, for the middle of a sentence.</summary>
    public static string Source(AccessSource source) => source.Kind switch
    {
        AccessSourceKind.OrganizationRole => $"Organization {source.RoleTitle}",
        AccessSourceKind.DefaultProject => "the rule of the Default Project",
        AccessSourceKind.Team => $"team {source.Via}",
        AccessSourceKind.Workspace => $"workspace {source.Via}",
        _ => "a direct grant",
    };

    /// <summary>"1 permission", "77 permissions".</summary>
    public static string Count(PermissionSet set) => set.Count == 1 ? "1 permission" : $"{set.Count} permissions";

    /// <summary>"one", "one and two", "one, two and three".</summary>
    public static string List(IReadOnlyList<string> words) =>
        words.Count < 2 ? string.Concat(words) : $"{string.Join(", ", words.Take(words.Count - 1))} and {words[^1]}";

    /// <summary>
    /// What a set lets one do, in few lines: verbs that hold for every kind of resource stand together, the rest by title.
    /// </summary>
    public static IReadOnlyList<string> Summary(PermissionSet set)
    {
        var (verbs, told) = (Verbs.Where(verb => HoldsForEveryKind(set, verb.Verb)).ToList(), PermissionSet.Empty);
        var lines = new List<string>();
        if (verbs.Count > 0)
        {
            lines.Add(Sentence($"{List([.. verbs.Select(verb => verb.Word)])} resources of every kind"));
            told = verbs.Aggregate(told, (all, verb) => all | OfEveryKind(verb.Verb));
        }

        if (HoldsForEveryKind(set, "delete-own"))
        {
            told |= OfEveryKind("delete-own");
            if (!verbs.Exists(verb => verb.Verb == "delete"))
            {
                lines.Add("Delete the resources they created");
            }
        }

        // The larger acts say more than the views that come with them.
        lines.AddRange((set - told).OrderBy(permission => permission.IsView).Select(permission => permission.Title));
        return lines;
    }

    private static bool HoldsForEveryKind(PermissionSet set, string verb) => OfEveryKind(verb).IsSubsetOf(set);

    private static PermissionSet OfEveryKind(string verb) => PermissionSet.Of(ResourceKinds.All.Select(kind => Permissions.Of(kind, verb)));

    private static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
