using ProjectConsole.Domain.Access;
using ProjectConsole.Security;

namespace ProjectConsole.Features.Invitations;

/// <summary>
/// What an offer gives whoever accepts it. It is decided for somebody who has nothing yet, never for the address typed: the answer
/// must not tell who has an account or a role already.
/// </summary>
/// <param name="OrganizationRole">The role in the organization; null for none.</param>
/// <param name="Project">Name of the project; null for the organization alone.</param>
/// <param name="InProject">What the role gives there, to a member; null without a project.</param>
/// <param name="Outside">What it gives there to somebody from outside the organization, where that differs; null otherwise.</param>
public sealed record InvitationPreview(OrganizationRole? OrganizationRole, string? Project, EffectiveAccess? InProject, EffectiveAccess? Outside)
{
    /// <summary>Decides what a checked offer gives.</summary>
    internal static InvitationPreview Of(CheckedOffer offer, DateTime? endsUtc)
    {
        if (offer is not { Project: { } project, ProjectRole: { } role })
        {
            return new InvitationPreview(offer.OrganizationRole, null, null, null);
        }

        var member = NewcomerDecisions.Decide(project, role, endsUtc, offer.OrganizationRole ?? OrganizationRole.Member);
        var outside = offer.OrganizationRole is null ? NewcomerDecisions.Decide(project, role, endsUtc, membership: null) : null;
        return new InvitationPreview(offer.OrganizationRole, project.Project.Name, member, outside?.Allowed == member.Allowed ? null : outside);
    }
}
