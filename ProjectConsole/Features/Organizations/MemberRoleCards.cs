using ProjectConsole.Components.Controls;

namespace ProjectConsole.Features.Organizations;

/// <summary>The organization roles as choices; one that the actor may not give says why.</summary>
internal static class MemberRoleCards
{
    /// <summary>The choices, smallest built-in role first and custom ones last.</summary>
    public static IReadOnlyList<RadioCard<string>> For(IReadOnlyList<MemberRoleChoice> roles) =>
    [
        .. roles.OrderBy(role => Domain.Access.OrganizationRole.Find(role.Key) is { } builtIn ? -Domain.Access.OrganizationRole.All.ToList().IndexOf(builtIn) : 1)
            .Select(role => new RadioCard<string>(role.Key, role.Title, role.Sentence == "" ? null : role.Sentence) { DisabledReason = role.Refusal }),
    ];
}
