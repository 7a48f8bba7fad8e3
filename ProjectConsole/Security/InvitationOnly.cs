using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Shared;

namespace ProjectConsole.Security;

/// <summary>
/// An organization that joins by invitation: nobody is added by their address, neither to it nor to a project; they get a link and
/// accept by themselves. Asked before the address is looked up. What concerns those who are in already is not asked: adding teams and
/// their people, heirs, roles on workspaces, requests, copies from another project, and people restored with what they had.
/// </summary>
public static class InvitationOnly
{
    /// <summary>The refusal to add a person directly, or null.</summary>
    public static async Task<Error?> RefuseAsync(ConsoleDbContext db, Guid organizationId, CancellationToken ct) =>
        await db.Organizations.AnyAsync(organization => organization.Id == organizationId && organization.Joining == Joining.Invitation, ct)
            ? new JoinsByInvitation()
            : null;
}
