using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Access;

namespace ProjectConsole.Features.Organizations;

/// <summary>The organization roles as choices; one that the actor may not give says why.</summary>
internal static class MemberRoleCards
{
    /// <summary>The choices for an actor.</summary>
    public static IReadOnlyList<RadioCard<string>> For(EffectiveAccess actor) =>
    [
        .. OrganizationRole.All.Reverse().Select(role => new RadioCard<string>(role.Key, role.Title, role.Sentence)
        {
            DisabledReason = MemberRules.Refuse(actor, role)?.Message,
        }),
    ];
}
