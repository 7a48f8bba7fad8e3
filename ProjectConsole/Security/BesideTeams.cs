using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Shared;

namespace ProjectConsole.Security;

/// <summary>
/// CloudStack's account rule: where a team has a standing grant in force, its people are given none beside it, unless the organization
/// allows that. Asked wherever a person is given a standing grant; earlier grants stay, and a temporary upgrade passes.
/// </summary>
public static class BesideTeams
{
    /// <summary>The refusal to give the person a grant on a project, or null.</summary>
    public static Task<Error?> RefuseInProjectAsync(Command command, ProjectScope project, PersonBeside person, CancellationToken ct) =>
        RefuseAsync(command, project.OrganizationId, (project.ProjectId, null), person, ct);

    /// <summary>The refusal to give the person a grant on a workspace, or null.</summary>
    public static Task<Error?> RefuseInWorkspaceAsync(Command command, Guid organizationId, Guid workspaceId, PersonBeside person, CancellationToken ct) =>
        RefuseAsync(command, organizationId, (null, workspaceId), person, ct);

    // A command that gives several grants has not saved the earlier ones yet, so those that it added are looked at beside the stored ones.
    private static async Task<Error?> RefuseAsync(
        Command command, Guid organizationId, (Guid? ProjectId, Guid? WorkspaceId) place, PersonBeside person, CancellationToken ct)
    {
        var (db, now, (projectId, workspaceId), userId) = (command.Db, command.NowUtc, place, person.UserId);
        var teams = await (from principal in db.Principals.Where(principal => principal.UserId == userId && principal.Id != userId)
                           join team in db.Teams on principal.Id equals team.Id
                           where team.OrganizationId == organizationId
                               && db.Organizations.Any(organization => organization.Id == organizationId && !organization.AllowsGrantsBesideTeams)
                           orderby team.NameFolded
                           select new
                           {
                               team.Id,
                               team.Name,
                               IsIn = db.Grants.Any(grant => grant.PrincipalId == team.Id && !grant.IsUpgrade
                                   && ((projectId != null && grant.ProjectId == projectId) || (workspaceId != null && grant.WorkspaceId == workspaceId))
                                   && (grant.ExpiresUtc == null || grant.ExpiresUtc > now)),
                           }).ToListAsync(ct);
        var through = teams.FirstOrDefault(team => team.IsIn || db.Grants.Local.Any(grant => grant.PrincipalId == team.Id && !grant.IsUpgrade
            && grant.ProjectId == projectId && grant.WorkspaceId == workspaceId && !(grant.ExpiresUtc <= now) && db.Entry(grant).State != EntityState.Deleted));
        return through is null ? null : new InThroughTeam(person.Email, through.Name);
    }
}

/// <summary>The person to whom a grant is to be given.</summary>
/// <param name="UserId">The account.</param>
/// <param name="Email">Its address.</param>
public sealed record PersonBeside(Guid UserId, string Email);
