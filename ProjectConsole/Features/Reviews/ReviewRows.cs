using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Reviews;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Reviews;

/// <summary>Reads whom a project grants a role, for a new review.</summary>
internal static class ReviewRows
{
    public static async Task<IReadOnlyList<AccessReviewRow>> OfAsync(Command command, AccessReview review, int most, CancellationToken ct)
    {
        var (db, now, projectId) = (command.Db, command.NowUtc, review.ProjectId);
        var roles = await RoleCatalogue.ProjectRolesAsync(db, command.Project.Scope, ct);
        var grants = await (from grant in db.Grants
                            where grant.ProjectId == projectId && !grant.IsUpgrade && (grant.ExpiresUtc == null || grant.ExpiresUtc > now)
                            from user in db.Users.Where(user => user.Id == grant.PrincipalId).DefaultIfEmpty()
                            from team in db.Teams.Where(team => team.Id == grant.PrincipalId).DefaultIfEmpty()
                            orderby grant.GrantedUtc
                            select new { grant.PrincipalId, grant.RoleKey, Email = (string?)user!.Email, Team = (string?)team!.Name }).Take(most).ToListAsync(ct);
        var uses = await (from grant in db.Grants
                          where grant.ProjectId == projectId && !grant.IsUpgrade
                          join principal in db.Principals on grant.PrincipalId equals principal.Id
                          join visit in db.ProjectVisits.Where(visit => visit.ProjectId == projectId) on principal.UserId equals visit.UserId
                          group visit by grant.PrincipalId into visits
                          select new { visits.Key, Last = visits.Max(visit => visit.LastUtc) }).ToDictionaryAsync(row => row.Key, row => row.Last, ct);
        return [.. grants.Select(grant => new AccessReviewRow(
            review, grant.PrincipalId, grant.Team is not null, grant.Team ?? grant.Email ?? "", grant.RoleKey,
            roles.FirstOrDefault(role => role.Key == grant.RoleKey)?.Title ?? grant.RoleKey,
            uses.TryGetValue(grant.PrincipalId, out var last) ? last : null))];
    }

    /// <summary>All that the project itself gives anybody, after restrictions.</summary>
    public static async Task<PermissionSet> GivenAsync(Command command, ProjectScope project, CancellationToken ct)
    {
        var given = PermissionSet.Empty;
        var kinds = await command.Db.Grants.Where(grant => grant.ProjectId == project.ProjectId && !grant.IsUpgrade)
            .Select(grant => new { grant.RoleKey, grant.RestrictionId }).Distinct().ToListAsync(ct);
        foreach (var kind in kinds)
        {
            given |= await RoleCatalogue.GivenAsync(command.Db, project.OrganizationId, kind.RoleKey, kind.RestrictionId, ct);
        }

        return given;
    }

    /// <summary>Whether a row is about the actor, or about a team of the actor's.</summary>
    public static Task<bool> IsOwnAsync(Command command, Guid principalId, CancellationToken ct)
    {
        var actorId = command.Actor.UserId;
        return command.Db.Principals.AnyAsync(principal => principal.Id == principalId && principal.UserId == actorId, ct);
    }
}
