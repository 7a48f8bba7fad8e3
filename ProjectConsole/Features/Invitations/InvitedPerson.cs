using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Invitations;

/// <summary>What the person who accepts has there already.</summary>
/// <param name="UserId">The person.</param>
/// <param name="MemberRole">Stored name of the role in the organization; null for no member.</param>
/// <param name="Standing">The standing grant on the project, also one that has ended; null for none.</param>
/// <param name="LacksGrant">Whether there is no standing grant in force.</param>
internal sealed record InvitedPerson(Guid UserId, string? MemberRole, Grant? Standing, bool LacksGrant)
{
    /// <summary>Reads it under the locks.</summary>
    public static async Task<InvitedPerson> FindAsync(ConsoleDbContext db, CheckedOffer offer, Guid userId, DateTime nowUtc, CancellationToken ct)
    {
        var (organizationId, projectId) = (offer.Organization.Id, offer.Project?.Project.Id);
        var role = await db.Members.Where(member => member.OrganizationId == organizationId && member.UserId == userId).Select(member => member.RoleKey).FirstOrDefaultAsync(ct);
        var standing = projectId is null ? null
            : await db.Grants.FirstOrDefaultAsync(grant => grant.ProjectId == projectId && grant.PrincipalId == userId && !grant.IsUpgrade, ct);
        return new InvitedPerson(userId, role, standing, standing is null || standing.ExpiresUtc <= nowUtc);
    }

    /// <summary>Whether the role in the organization is still to be given: a member keeps the own one.</summary>
    public bool Lacks(OrganizationRole? role) => role is not null && MemberRole is null;

    /// <summary>Why this person cannot accept, or null.</summary>
    public async Task<Error?> RefuseAsync(Command command, CheckedOffer offer, CancellationToken ct)
    {
        var gains = offer.Project is not null && LacksGrant;
        if (!Lacks(offer.OrganizationRole) && !gains)
        {
            return new InvitedIsThereAlready();
        }

        if (MemberRole is null && offer.OrganizationRole is null && command.Access.Facts.Organization is not { AllowsExternalCollaborators: true })
        {
            return new NoExternalsHere(offer.Organization.Name);
        }

        return !gains ? null
            : await BesideTeams.RefuseInProjectAsync(command, offer.Project!.Scope, new PersonBeside(UserId, command.Actor.Name), ct)
                ?? (Error?)await CollaboratorRoom.RefuseAsync(command, offer.Project.Scope, ct);
    }
}
