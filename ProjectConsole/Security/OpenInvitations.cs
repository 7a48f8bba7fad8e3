using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Invitations;

namespace ProjectConsole.Security;

/// <summary>
/// Takes open invitations back where something else has overtaken them: whoever was removed does not walk back in with an older
/// link, and whoever was added needs none. Each leaves its entry in the audit log.
/// </summary>
public static class OpenInvitations
{
    /// <summary>Takes those of the query back that nobody answered, and answers how many. Expired ones too: sending them again would revive them.</summary>
    public static async Task<int> CancelAsync(Command command, IQueryable<Invitation> which, CancellationToken ct)
    {
        var open = await which.Where(invitation => invitation.State == InvitationState.Pending).ToListAsync(ct);
        open.ForEach(invitation => Cancel(command, invitation));
        return open.Count;
    }

    /// <summary>Takes one back.</summary>
    public static void Cancel(Command command, Invitation invitation)
    {
        invitation.Close(InvitationState.Cancelled, command.NowUtc);
        command.AuditIn(
            invitation.OrganizationId, invitation.ProjectId, AuditActions.InvitationCancelled, new AuditObject("invitation", invitation.Id, invitation.Email),
            after: new { OrganizationRole = invitation.OrganizationRoleKey, Role = invitation.ProjectRoleKey, invitation.GrantExpiresUtc });
    }
}
