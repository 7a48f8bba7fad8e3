using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Organizations;

/// <summary>Nobody gives or takes an organization role that goes beyond their own.</summary>
internal static class MemberRules
{
    /// <summary>The refusal where the actor may neither give nor take the role; null where both are fine.</summary>
    public static Error? Refuse(EffectiveAccess actor, OrganizationRole role) =>
        role == OrganizationRole.Owner && actor.Facts.Membership?.Role != OrganizationRole.Owner ? new OwnersOnly()
        : actor.Exceeding(role.Rights) is { IsEmpty: false } rights ? new ExceedsOwn(rights)
        : ExceedsInProjects(actor, role.InEveryProject);

    /// <summary>The refusal where somebody would lift the own ceiling, under which grants wait; null where not.</summary>
    public static Error? RefuseToLift(Command command, Guid userId, OrganizationRole role) =>
        userId == command.Actor.UserId && command.Access.Facts.Membership is { } own && role.Ceiling - own.Role.Ceiling is { IsEmpty: false } lifted ? new ExceedsOwn(lifted) : null;

    /// <summary>The refusal where a set goes beyond what the actor has in every project.</summary>
    private static ExceedsOwn? ExceedsInProjects(EffectiveAccess actor, PermissionSet given) =>
        given - (actor.Facts.Membership?.Role.InEveryProject ?? PermissionSet.Empty) is { IsEmpty: false } missing ? new ExceedsOwn(missing) : null;
}
