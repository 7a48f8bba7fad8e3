using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;

namespace ProjectConsole.Security;

/// <summary>
/// The override of the rule that every project keeps an Admin: in the transaction that would leave projects without one,
/// somebody becomes Admin there.
/// </summary>
internal static class AdminSuccession
{
    /// <summary>Makes the person Admin of the given projects of an organization by grants on them.</summary>
    public static async Task AppointAsync(Command command, Guid organizationId, IReadOnlyCollection<Guid> projectIds, User heir, CancellationToken ct)
    {
        var existing = await command.Db.Grants
            .Where(grant => grant.OrganizationId == organizationId && grant.PrincipalId == heir.Id && grant.ProjectId != null)
            .ToDictionaryAsync(grant => grant.ProjectId!.Value, ct);
        foreach (var projectId in projectIds)
        {
            var grant = existing.GetValueOrDefault(projectId);
            var action = grant is null ? AuditActions.CollaboratorAdded : AuditActions.CollaboratorRoleChanged;
            command.AuditIn(
                organizationId, projectId, action, new AuditObject("collaborator", heir.Id, heir.Email ?? ""),
                grant is null ? null : new { Role = grant.RoleKey }, new { Role = ProjectRole.Admin.Key });
            if (grant is null)
            {
                command.Db.Grants.Add(Grant.OnProject(
                    organizationId, projectId, heir.Id, ProjectRole.Admin, command.Actor.UserId, command.Actor.Name, command.NowUtc));
            }
            else
            {
                grant.ChangeRole(ProjectRole.Admin, command.Actor.UserId, command.Actor.Name, command.NowUtc);
            }
        }
    }
}
