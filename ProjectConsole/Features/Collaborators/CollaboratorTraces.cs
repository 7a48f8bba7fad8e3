using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Accounts;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Security;

namespace ProjectConsole.Features.Collaborators;

/// <summary>What a person leaves in a project beside the grant.</summary>
internal static class CollaboratorTraces
{
    /// <summary>
    /// Ends it: an older invitation or request must not let the person in again, and nobody joins any more because of somebody who
    /// was removed.
    /// </summary>
    public static async Task EndAsync(Command command, Guid userId, string email, CancellationToken ct)
    {
        var (db, projectId, address) = (command.Db, command.Project.Scope.ProjectId, EmailAddress.Normalize(email));
        var cancelled = await OpenInvitations.CancelAsync(
            command, db.Invitations.Where(row => row.ProjectId == projectId && (row.InvitedBy == userId || row.NormalizedEmail == address)), ct);
        OpenInvitations.Tell(command, cancelled, command.Access.May(Permissions.CollaboratorsAdd));
        var requests = await db.AccessRequests
            .Where(request => request.ProjectId == projectId && request.UserId == userId && request.State == AccessRequestState.Pending).ToListAsync(ct);
        requests.ForEach(request => request.Close(AccessRequestState.Withdrawn, command.Actor.UserId, command.Actor.Name, "", command.NowUtc));
    }
}
