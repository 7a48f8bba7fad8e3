using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Data.Limits;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Teams;
using ProjectConsole.Security;

namespace ProjectConsole.Features.Organizations;

/// <summary>What a person leaves in an organization beside membership and grants, and what ends with them.</summary>
/// <param name="Teams">The teams that the person was in, by name.</param>
/// <param name="Requests">How many requests for access were withdrawn.</param>
/// <param name="Invitations">How many invitations by the person and to the person's address were cancelled.</param>
internal sealed record MemberTraces(IReadOnlyList<string> Teams, int Requests, int Invitations)
{
    /// <summary>Ends them: nobody joins any more because of somebody who left, and nobody comes back by an old request or invitation.</summary>
    public static async Task<MemberTraces> EndAsync(Command command, UsageLedger ledger, User person, CancellationToken ct)
    {
        var (db, organizationId, userId) = (command.Db, command.Organization.Id, person.Id);
        var teams = await (from principal in db.Principals.Where(principal => principal.UserId == userId)
                           join team in db.Teams on principal.Id equals team.Id
                           where team.OrganizationId == organizationId
                           orderby team.NameFolded
                           select new { Principal = principal, team.Id, team.Name }).ToListAsync(ct);
        foreach (var team in teams)
        {
            db.Principals.Remove(team.Principal);
            command.Audit(AuditActions.TeamMemberRemoved, new AuditObject("team", team.Id, team.Name), before: new TeamPeopleState([person.Email ?? ""], [userId]));
        }

        var requests = await db.AccessRequests
            .Where(request => request.OrganizationId == organizationId && request.UserId == userId && request.State == AccessRequestState.Pending).ToListAsync(ct);
        foreach (var request in requests)
        {
            request.Close(AccessRequestState.Withdrawn, command.Actor.UserId, command.Actor.Name, "", command.NowUtc);
        }

        await MemberSpaces.LeaveAsync(command, ledger, userId, organizationId, ct);
        var address = person.NormalizedEmail;
        var invitations = await OpenInvitations.CancelAsync(
            command, db.Invitations.Where(row => row.OrganizationId == organizationId && (row.InvitedBy == userId || row.NormalizedEmail == address)), ct);
        OpenInvitations.Tell(command, invitations, command.Access.May(Permissions.MembersManage));
        return new MemberTraces([.. teams.Select(team => team.Name)], requests.Count, invitations.Count);
    }
}
