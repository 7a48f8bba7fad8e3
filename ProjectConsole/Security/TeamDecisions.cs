using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;

namespace ProjectConsole.Security;

/// <summary>
/// What a team gives in a project: the one decision function over the team's own grants, for a member without a ceiling.
/// </summary>
public sealed class TeamDecisions(TimeProvider clock)
{
    /// <summary>The decision, or null where the team gives nothing there or belongs to another organization.</summary>
    internal async Task<EffectiveAccess?> DecideAsync(ConsoleDbContext db, ProjectAccess reader, Guid teamId, CancellationToken ct)
    {
        var (organizationId, projectId) = reader.Scope;
        var workspaceId = reader.Project.WorkspaceId;
        var rows = await (from grant in db.Grants
                          where grant.OrganizationId == organizationId && grant.PrincipalId == teamId
                              && (grant.ProjectId == projectId || grant.WorkspaceId == workspaceId)
                          join team in db.Teams on grant.PrincipalId equals team.Id
                          from role in db.ProjectRoles.Where(role => role.Key == grant.RoleKey).DefaultIfEmpty()
                          from restriction in db.Restrictions.Where(restriction => restriction.Id == grant.RestrictionId).DefaultIfEmpty()
                          select new TeamGrant(grant.Id, grant.ProjectId, grant.RoleKey, grant.ExpiresUtc, grant.IsUpgrade, grant.RestrictionId, team.Name)
                          {
                              RoleName = role!.Name,
                              RolePermissions = role!.PermissionNames,
                              RestrictionName = restriction!.Name,
                              RestrictionText = restriction!.RuleText,
                          }).AsNoTracking().ToListAsync(ct);
        List<GrantFacts> grants = [.. rows.Select(row => Facts(row, teamId, reader.Project.WorkspaceName)).OfType<GrantFacts>()];
        var own = reader.Access.Facts;
        return grants.Count == 0 ? null : AccessDecision.Decide(new AccessFacts(
            clock.GetUtcNow().UtcDateTime, new PersonFacts(teamId, IsLocked: false), own.Organization,
            new MembershipFacts(OrganizationRole.Member, MayCreateProjects: false), own.Project, grants));
    }

    // As in the facts query, what cannot be read grants nothing.
    private static GrantFacts? Facts(TeamGrant row, Guid teamId, string workspace)
    {
        var builtIn = ProjectRole.Find(row.RoleKey);
        if ((builtIn is null && row.RolePermissions is null) || (row.RestrictionId is not null && row.RestrictionText is null))
        {
            return null;
        }

        return new GrantFacts(
            row.Id, row.ProjectId is null ? AccessSourceKind.Workspace : AccessSourceKind.Team, row.ProjectId is null ? workspace : row.TeamName,
            builtIn?.Title ?? row.RoleName!, builtIn?.Permissions ?? PermissionText.Parse(row.RolePermissions!),
            RestrictionRules.Parse(row.RestrictionText ?? "").Denied, row.ExpiresUtc)
        {
            RoleKey = row.RoleKey,
            PrincipalId = teamId,
            RestrictionId = row.RestrictionId,
            RestrictionName = row.RestrictionName ?? "",
            IsUpgrade = row.IsUpgrade,
        };
    }

    private sealed record TeamGrant(
        Guid Id, Guid? ProjectId, string RoleKey, DateTime? ExpiresUtc, bool IsUpgrade, Guid? RestrictionId, string TeamName)
    {
        public string? RoleName { get; init; }

        public string? RolePermissions { get; init; }

        public string? RestrictionName { get; init; }

        public string? RestrictionText { get; init; }
    }
}
