using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Collaborators;

/// <summary>Lists who has access to a project, people and teams, with which role, by which paths.</summary>
public sealed class CollaboratorListService(IDbContextFactory<ConsoleDbContext> databases, AccessControl access, TimeProvider clock)
{
    /// <summary>A page of the collaborators.</summary>
    public async Task<Result<CollaboratorList>> ListAsync(Actor actor, ProjectScope project, CollaboratorQuery query, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var reader = await access.InProjectAsync(db, actor, project, ct);
        if (AccessRefusal.InProject(reader, Permissions.CollaboratorsView) is { } refusal)
        {
            return refusal;
        }

        var scope = await CollaboratorScope.ReadAsync(db, reader!, clock.GetUtcNow().UtcDateTime, ct);
        var matching = CollaboratorEntry.Of(db, scope).Matching(db, scope, query);
        // Who is on the page comes first: the database works out every column of all rows that it sorts.
        var page = await matching.Sorted(scope, query).Select(entry => new CollaboratorKey(entry.PrincipalId, entry.IsTeam, entry.Path, entry.MemberRole))
            .Skip(query.Page.Skip).Take(query.Page.Size).ToListAsync(ct);
        var counts = await CountAsync(db, scope, ct);
        var total = query.IsFiltered ? await matching.CountAsync(ct) : counts.Rows;
        var rows = await new CollaboratorRows(db, access, reader!, scope).OfAsync(page, query.Team, ct);
        return new CollaboratorList(
            new Page<CollaboratorRow>(rows, total, query.Page.Number, query.Page.Size), counts.Shown,
            [.. scope.Roles.Select(role => new RoleName(role.Key, role.Title))]);
    }

    // One statement. People whom only a team lets in have no row and count all the same.
    private static async Task<(int Rows, CollaboratorCounts Shown)> CountAsync(ConsoleDbContext db, CollaboratorScope scope, CancellationToken ct)
    {
        var ((organizationId, projectId), workspaceId, now, soon) = (scope.Project, scope.WorkspaceId, scope.NowUtc, scope.NowUtc + CollaboratorQuery.Soon);
        var (isDefault, everywhere) = (scope.IsDefault, scope.Everywhere);
        var (onProject, onWorkspace, members) = (CollaboratorEntry.OnProject(db, scope), CollaboratorEntry.OnWorkspace(db, scope), CollaboratorEntry.MembersWithoutGrant(db, scope));
        var listed = onProject.Concat(onWorkspace);
        var throughTeams = from grant in db.Grants.Where(grant => (grant.ProjectId == projectId || grant.WorkspaceId == workspaceId) && (grant.ExpiresUtc == null || grant.ExpiresUtc > now))
                           join team in db.Teams on grant.PrincipalId equals team.Id
                           join principal in db.Principals on team.Id equals principal.Id
                           where !db.Grants.Any(own => own.PrincipalId == principal.UserId && own.ProjectId == projectId && (!own.IsUpgrade || own.ExpiresUtc > now))
                               && !db.Grants.Any(own => own.PrincipalId == principal.UserId && own.WorkspaceId == workspaceId && (own.ExpiresUtc == null || own.ExpiresUtc > now))
                               && !db.Members.Any(member => member.OrganizationId == organizationId && member.UserId == principal.UserId && (isDefault || everywhere.Contains(member.RoleKey)))
                           select principal.UserId;
        var counts = await db.Projects.Where(candidate => candidate.Id == projectId).Select(_ => new
        {
            Granted = onProject.Count(),
            Inherited = onWorkspace.Count(),
            Members = members.Count(),
            ThroughTeams = throughTeams.Distinct().Count(),
            Teams = listed.Count(grant => db.Teams.Any(team => team.Id == grant.PrincipalId)),
            Outside = listed.Count(grant => !db.Members.Any(member => member.OrganizationId == organizationId && member.UserId == grant.PrincipalId)),
            Expiring = listed.Count(grant => grant.ExpiresUtc > now && grant.ExpiresUtc <= soon),
        }).SingleAsync(ct);
        var rows = counts.Granted + counts.Inherited + counts.Members;
        return (rows, new CollaboratorCounts(rows - counts.Teams + counts.ThroughTeams, counts.Teams, counts.Outside - counts.Teams, counts.Expiring));
    }
}

/// <summary>One row of a page, before it is read in full.</summary>
internal sealed record CollaboratorKey(Guid PrincipalId, bool IsTeam, CollaboratorPath Path, string? MemberRole);
