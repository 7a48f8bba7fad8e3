using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Shared;

namespace ProjectConsole.Security;

/// <summary>
/// Where a team is a collaborator, its members are not added beside it, unless the organization allows that. Asked wherever a person
/// is added; earlier grants stay, and a temporary upgrade passes.
/// </summary>
public static class BesideTeams
{
    /// <summary>The refusal to add the person by themselves, or null.</summary>
    public static async Task<Error?> RefuseAsync(ConsoleDbContext db, ProjectScope project, Guid userId, DateTime nowUtc, CancellationToken ct)
    {
        var (organizationId, projectId) = project;
        var team = await (from principal in db.Principals.Where(principal => principal.UserId == userId && principal.Id != userId)
                          join grant in db.Grants.Where(grant => grant.ProjectId == projectId && (grant.ExpiresUtc == null || grant.ExpiresUtc > nowUtc))
                              on principal.Id equals grant.PrincipalId
                          join named in db.Teams.Where(candidate => candidate.OrganizationId == organizationId) on grant.PrincipalId equals named.Id
                          where db.Organizations.Any(organization => organization.Id == organizationId && !organization.AllowsGrantsBesideTeams)
                          orderby named.NameFolded
                          select named.Name).FirstOrDefaultAsync(ct);
        return team is null ? null : new ThroughTeamAlready(team);
    }
}

/// <summary>The person is in the project through a team, and the organization allows no grant beside that.</summary>
public sealed record ThroughTeamAlready(string Team) : RuleError
{
    /// <inheritdoc/>
    public override string Message => $"This person is in the project through the team {Team} already. Change the team, or let the organization allow grants beside teams.";
}
