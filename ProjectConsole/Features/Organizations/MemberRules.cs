using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Organizations;

/// <summary>Nobody gives or takes an organization role that goes beyond their own.</summary>
internal static class MemberRules
{
    /// <summary>The refusal where the actor may neither give nor take the role; null where both are fine.</summary>
    public static Error? Refuse(EffectiveAccess actor, OrganizationRole role) =>
        role == OrganizationRole.Owner && actor.Facts.Membership?.Role != OrganizationRole.Owner ? new OwnersOnly()
        : actor.Exceeding(role.Rights) is { IsEmpty: false } rights ? new ExceedsOwn(rights)
        : ExceedsInProjects(actor, role.Everywhere);

    /// <summary>
    /// The refusal where the actor may not give the role; null where that is fine. Nobody gives a higher ceiling than their own:
    /// under it grants wait, and whoever is capped could lift a second person over it.
    /// </summary>
    public static Error? RefuseToGive(EffectiveAccess actor, OrganizationRole role) =>
        Refuse(actor, role)
        ?? (role.Ceiling - actor.RoleCeiling is { IsEmpty: false } lifted ? new ExceedsOwn(lifted) : null);

    /// <summary>The refusal where a set goes beyond what the actor has in every project.</summary>
    private static ExceedsOwn? ExceedsInProjects(EffectiveAccess actor, PermissionSet given) =>
        given - actor.Everywhere is { IsEmpty: false } missing ? new ExceedsOwn(missing) : null;
}
