using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Collaborators;

/// <summary>What a project itself grants one person or team, loaded inside a command.</summary>
internal sealed record ProjectGrants(Guid PrincipalId, string Name, bool IsTeam, Grant? Standing, Grant? Upgrade)
{
    /// <summary>How the audit log names the person or team.</summary>
    public AuditObject Audited => new("collaborator", PrincipalId, Name);

    /// <summary>Loads them; null where there are none. Keyed by the project, so that another project's or organization's person is nobody here.</summary>
    public static async Task<ProjectGrants?> LoadAsync(Command command, Guid principalId, CancellationToken ct)
    {
        var ((organizationId, projectId), db) = (command.Project.Scope, command.Db);
        var rows = await (from grant in db.Grants
                          where grant.OrganizationId == organizationId && grant.ProjectId == projectId && grant.PrincipalId == principalId
                          from user in db.Users.Where(user => user.Id == grant.PrincipalId).DefaultIfEmpty()
                          from team in db.Teams.Where(team => team.Id == grant.PrincipalId).DefaultIfEmpty()
                          select new { Grant = grant, Email = user!.Email, Team = team!.Name }).ToListAsync(ct);
        return rows.Count == 0 ? null : new ProjectGrants(
            principalId, rows[0].Team ?? rows[0].Email ?? "", rows[0].Team is not null,
            rows.Find(row => !row.Grant.IsUpgrade)?.Grant, rows.Find(row => row.Grant.IsUpgrade)?.Grant);
    }

    /// <summary>What a grant gives after its restriction.</summary>
    public static Task<PermissionSet> GivenAsync(Command command, Grant grant, CancellationToken ct) =>
        RoleCatalogue.GivenAsync(command.Db, grant.OrganizationId, grant.RoleKey, grant.RestrictionId, ct);

    /// <summary>The refusal to change or end a grant, or null: what exceeds the actor is not touched, and what changed meanwhile is shown again.</summary>
    public async Task<Error?> RefuseAsync(Command command, Grant grant, Guid? seen, CancellationToken ct)
    {
        // One's own grant may be lowered or left, whatever a ceiling took from it.
        var refusal = PrincipalId == command.Actor.UserId ? null : CollaboratorRules.Touching(command.Access, await GivenAsync(command, grant, ct));
        return refusal ?? (seen is { } version && version != grant.Version ? new Stale() : null);
    }
}
