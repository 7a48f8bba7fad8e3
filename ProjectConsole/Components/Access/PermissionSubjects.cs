using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Resources;

namespace ProjectConsole.Components.Access;

/// <summary>Permissions as a matrix shows them: kinds of resources by group, each with its verbs, and the rest by subject.</summary>
/// <param name="Kinds">Groups of kinds; empty where no kind is offered.</param>
/// <param name="Named">All else, by subject.</param>
public sealed record PermissionSubjects(IReadOnlyList<PermissionGroup> Kinds, IReadOnlyList<PermissionRow> Named)
{
    private static readonly Dictionary<string, ResourceKind> BySubject = ResourceKinds.All.ToDictionary(kind => kind.Plural);

    private static readonly Dictionary<string, string> Titles = new()
    {
        ["keys"] = "API keys",
        ["audit"] = "Audit log",
        ["shares"] = "Sharing",
        ["work"] = "Provisioning",
        ["org-roles"] = "Organization roles",
        ["org-limits"] = "Organization limits",
        ["org-audit"] = "Organization audit log",
        ["default-key"] = "Organization Default Key",
    };

    /// <summary>The columns of kinds.</summary>
    public static IReadOnlyList<(string Verb, string Title)> Verbs { get; } =
    [
        ("view", "View"), ("create", "Create"), ("update", "Change"), ("operate", "Operate"), ("delete-own", "Delete own"), ("delete", "Delete"), ("share", "Share"),
    ];

    /// <summary>Whether it is about a kind of resource.</summary>
    public static bool IsOfKind(Permission permission) => BySubject.ContainsKey(permission.Subject);

    /// <summary>Groups the offered permissions.</summary>
    public static PermissionSubjects Of(PermissionSet offered) => new(
        [
            .. ResourceKinds.All.Where(kind => offered.Contains(Permissions.Of(kind, "view"))).GroupBy(kind => kind.Group)
                .Select(group => new PermissionGroup(group.Key, [.. group.Select(kind =>
                    new PermissionRow(kind.PluralTitle, [.. Verbs.Select(verb => Permissions.Of(kind, verb.Verb))]))])),
        ],
        [
            .. offered.Where(permission => !IsOfKind(permission)).GroupBy(permission => permission.Subject)
                .Select(subject => new PermissionRow(TitleOf(subject.Key), [.. subject])),
        ]);

    private static string TitleOf(string subject) => Titles.GetValueOrDefault(subject) ?? char.ToUpperInvariant(subject[0]) + subject[1..];
}

/// <summary>Kinds that stand together.</summary>
public sealed record PermissionGroup(string Title, IReadOnlyList<PermissionRow> Rows);

/// <summary>One subject with its permissions.</summary>
public sealed record PermissionRow(string Title, IReadOnlyList<Permission> Permissions);
