using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Accounts;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Collaborators;

/// <summary>
/// The override of the guard that keeps every project an Admin: whoever is above the project by an organization role names
/// an Admin in the same transaction. The guard still has the last word.
/// </summary>
public sealed class AdminHeir
{
    /// <summary>Makes the named person Admin of the command's project.</summary>
    /// <param name="command">An open command in a project.</param>
    /// <param name="heir">The address; empty for nobody.</param>
    /// <param name="leaving">Who goes, and so cannot be the heir.</param>
    /// <param name="ct">Ends the command.</param>
    public async Task<Result> NameAsync(Command command, string? heir, Guid leaving, CancellationToken ct = default)
    {
        if (string.IsNullOrWhiteSpace(heir))
        {
            return Result.Ok;
        }

        if (!CollaboratorRules.MayNameHeir(command.Access))
        {
            return new Forbidden([Permissions.CollaboratorsManageAdmins.Title], "an Owner or Admin of the organization");
        }

        var (organizationId, projectId) = command.Project.Scope;
        var normalized = EmailAddress.Normalize(TextRules.Clean(heir));
        var person = await (from user in command.Db.Users.Where(user => user.NormalizedEmail == normalized && user.EmailConfirmed)
                            join member in command.Db.Members on user.Id equals member.UserId
                            where member.OrganizationId == organizationId
                            select new { user.Id, user.Email }).FirstOrDefaultAsync(ct);
        if (person is null)
        {
            return new NoAccountHere();
        }

        if (person.Id == leaving)
        {
            return new HeirIsTheSamePerson();
        }

        await command.AffectsAsync([person.Id], ct);
        var grant = await command.Db.Grants.FirstOrDefaultAsync(grant => grant.ProjectId == projectId && grant.PrincipalId == person.Id, ct);
        GiveAdmin(command, new AuditObject("collaborator", person.Id, person.Email ?? ""), grant);
        return Result.Ok;
    }

    private static void GiveAdmin(Command command, AuditObject heir, Grant? grant)
    {
        var (actor, admin) = (command.Actor, ProjectRole.Admin);
        if (grant is null)
        {
            var (organizationId, projectId) = command.Project.Scope;
            command.Db.Grants.Add(Grant.OnProject(organizationId, projectId, heir.Id!.Value, admin, actor.UserId, actor.Name, command.NowUtc));
            command.Audit(AuditActions.CollaboratorAdded, heir, after: new { Role = admin.Key });
        }
        else if (grant.RoleKey != admin.Key)
        {
            var before = grant.RoleKey;
            grant.ChangeRole(admin, actor.UserId, actor.Name, command.NowUtc);
            command.Audit(AuditActions.CollaboratorRoleChanged, heir, new { Role = before }, new { Role = admin.Key });
        }
    }
}
