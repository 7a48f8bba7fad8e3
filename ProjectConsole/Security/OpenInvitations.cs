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
    private const int MostNamed = 5;

    /// <summary>
    /// Takes those of the query back that nobody answered, and answers for whom they were. Expired ones too: sending them again would
    /// revive them.
    /// </summary>
    public static async Task<IReadOnlyList<string>> CancelAsync(Command command, IQueryable<Invitation> which, CancellationToken ct)
    {
        var open = await which.Where(invitation => invitation.State == InvitationState.Pending).ToListAsync(ct);
        open.ForEach(invitation => Cancel(command, invitation));
        return open.ConvertAll(invitation => invitation.Email);
    }

    /// <summary>Says what was taken back with something else, by name to whom the list of invitations is open.</summary>
    public static void Tell(Command command, IReadOnlyList<string> addresses, bool mayName)
    {
        if (addresses.Count == 0)
        {
            return;
        }

        var ordered = addresses.Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase).ToList();
        var rest = ordered.Count - MostNamed;
        var names = mayName ? $": {string.Join(", ", ordered.Take(MostNamed))}{(rest > 0 ? $" and {rest:N0} more" : "")}" : "";
        command.Note(addresses.Count == 1 ? $"Takes back an open invitation{names}." : $"Takes back {addresses.Count:N0} open invitations{names}.");
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
