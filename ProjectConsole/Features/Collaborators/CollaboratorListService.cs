using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Accounts;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Collaborators;

/// <summary>Lists who has access to a project, people and teams, with which role, by which paths.</summary>
public sealed class CollaboratorListService(IDbContextFactory<ConsoleDbContext> databases, AccessControl access, TimeProvider clock)
{
    /// <summary>A page of the collaborators.</summary>
    public Task<Result<CollaboratorList>> ListAsync(Actor actor, ProjectScope project, CollaboratorQuery query, CancellationToken ct = default) =>
        ReadAsync<CollaboratorList>(actor, project, async (db, reader) => await ListAsync(db, reader, query, ct), ct);

    private async Task<CollaboratorList> ListAsync(ConsoleDbContext db, ProjectAccess reader, CollaboratorQuery query, CancellationToken ct)
    {
        var scope = await CollaboratorScope.ReadAsync(db, reader, clock.GetUtcNow().UtcDateTime, ct);
        var matching = CollaboratorEntry.Of(db, scope).Matching(db, scope, query);
        // Who is on the page comes first: the database works out every column of all rows that it sorts.
        var page = await matching.Sorted(scope, query).Select(entry => new CollaboratorKey(entry.PrincipalId, entry.IsTeam, entry.Path))
            .Skip(query.Page.Skip).Take(query.Page.Size).ToListAsync(ct);
        var counts = await CountAsync(db, scope, ct);
        // A page that is not full is the last one: counting would search everything a second time.
        var isLast = page.Count < query.Page.Size && (page.Count > 0 || query.Page.Number == 1);
        var total = !query.IsFiltered ? counts.Rows : isLast ? query.Page.Skip + page.Count : await matching.CountAsync(ct);
        var rows = await new CollaboratorRows(db, access, reader, scope).OfAsync(page, query.Team, ct);
        return new CollaboratorList(
            new Page<CollaboratorRow>(rows, total, query.Page.Number, query.Page.Size), counts.Shown,
            [.. scope.Roles.Select(role => new RoleName(role.Key, role.Title))]);
    }

    /// <summary>The one collaborator of an address or Team ID; people whom only a team lets in are found by their team.</summary>
    public Task<Result<CollaboratorRow>> FindAsync(Actor actor, ProjectScope project, string address, CancellationToken ct = default) =>
        ReadAsync<CollaboratorRow>(actor, project, async (db, reader) =>
        {
            var (scope, key) = await FindAsync(db, reader, address, ct);
            return key is null ? new NotFound() : (await new CollaboratorRows(db, access, reader, scope).OfAsync([key], "", ct))[0];
        }, ct);

    /// <summary>The account or team of the same collaborator, for what acts on it and decides by itself: the row costs most of a removal.</summary>
    public Task<Result<Guid>> FindIdAsync(Actor actor, ProjectScope project, string address, CancellationToken ct = default) =>
        ReadAsync<Guid>(actor, project, async (db, reader) => (await FindAsync(db, reader, address, ct)).Key is { } key ? key.PrincipalId : new NotFound(), ct);

    /// <summary>The account or team of an address or Team ID, for what asks about it by itself.</summary>
    internal Task<Result<Guid>> FindPrincipalAsync(Actor actor, ProjectScope project, string address, CancellationToken ct = default) => ReadAsync<Guid>(
        actor, project, async (db, _) => await Named(db, project.OrganizationId, address).FirstOrDefaultAsync(ct) is var id && id != Guid.Empty ? id : new NotFound(), ct);

    private async Task<(CollaboratorScope Scope, CollaboratorKey? Key)> FindAsync(ConsoleDbContext db, ProjectAccess reader, string address, CancellationToken ct)
    {
        var scope = await CollaboratorScope.ReadAsync(db, reader, clock.GetUtcNow().UtcDateTime, ct);
        var ids = Named(db, reader.Scope.OrganizationId, address);
        return (scope, await CollaboratorEntry.Of(db, scope).Where(entry => ids.Contains(entry.PrincipalId))
            .Select(entry => new CollaboratorKey(entry.PrincipalId, entry.IsTeam, entry.Path)).FirstOrDefaultAsync(ct));
    }

    private async Task<Result<T>> ReadAsync<T>(Actor actor, ProjectScope project, Func<ConsoleDbContext, ProjectAccess, Task<Result<T>>> read, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var reader = await access.InProjectAsync(db, actor, project, ct);
        return AccessRefusal.InProject(reader, Permissions.CollaboratorsView) is { } refusal ? refusal : await read(db, reader!);
    }

    private static IQueryable<Guid> Named(ConsoleDbContext db, Guid organizationId, string address)
    {
        var cleaned = TextRules.Clean(address);
        var (email, team) = (EmailAddress.Normalize(cleaned), Domain.Projects.Slug.Clean(cleaned));
        return db.Users.Where(user => user.NormalizedEmail == email).Select(user => user.Id)
            .Concat(db.Teams.Where(row => row.OrganizationId == organizationId && row.Slug == team).Select(row => row.Id));
    }

    // One statement. People whom only a team lets in have no row and count all the same.
    private static async Task<(int Rows, CollaboratorCounts Shown)> CountAsync(ConsoleDbContext db, CollaboratorScope scope, CancellationToken ct)
    {
        var ((organizationId, projectId), workspaceId, now) = (scope.Project, scope.WorkspaceId, scope.NowUtc);
        var (isDefault, everywhere) = (scope.IsDefault, scope.Everywhere);
        var members = CollaboratorEntry.MembersWithoutGrant(db, scope);
        var throughTeams = from grant in db.Grants.Where(grant => (grant.ProjectId == projectId || grant.WorkspaceId == workspaceId) && (grant.ExpiresUtc == null || grant.ExpiresUtc > now))
                           join team in db.Teams on grant.PrincipalId equals team.Id
                           join principal in db.Principals on team.Id equals principal.Id
                           where !db.Grants.Any(own => own.PrincipalId == principal.UserId && own.ProjectId == projectId && (!own.IsUpgrade || own.ExpiresUtc > now))
                               && !db.Grants.Any(own => own.PrincipalId == principal.UserId && own.WorkspaceId == workspaceId && (own.ExpiresUtc == null || own.ExpiresUtc > now))
                               && !db.Members.Any(member => member.OrganizationId == organizationId && member.UserId == principal.UserId && (isDefault || everywhere.Contains(member.RoleKey)))
                           select principal.UserId;
        var counts = await (from project in db.Projects.Where(candidate => candidate.Id == projectId)
                            from granted in Granted(db, scope).DefaultIfEmpty()
                            select new
                            {
                                All = (int?)granted!.All ?? 0,
                                Teams = (int?)granted!.Teams ?? 0,
                                Outside = (int?)granted!.Outside ?? 0,
                                Expiring = (int?)granted!.Expiring ?? 0,
                                Members = members.Count(),
                                ThroughTeams = throughTeams.Distinct().Count(),
                            }).SingleAsync(ct);
        var rows = counts.All + counts.Members;
        return (rows, new CollaboratorCounts(rows - counts.Teams + counts.ThroughTeams, counts.Teams, counts.Outside - counts.Teams, counts.Expiring));
    }

    // At most one row. In one go, because a project may have ten thousand grants and each count by itself would read them again.
    private static IQueryable<GrantCounts> Granted(ConsoleDbContext db, CollaboratorScope scope)
    {
        var (organizationId, now, soon) = (scope.Project.OrganizationId, scope.NowUtc, scope.NowUtc + CollaboratorQuery.Soon);
        var listed = from grant in CollaboratorEntry.OnProject(db, scope).Concat(CollaboratorEntry.OnWorkspace(db, scope))
                     from team in db.Teams.Where(team => team.Id == grant.PrincipalId).DefaultIfEmpty()
                     from member in db.Members.Where(member => member.OrganizationId == organizationId && member.UserId == grant.PrincipalId).DefaultIfEmpty()
                     select new { grant.ExpiresUtc, TeamId = (Guid?)team!.Id, MemberId = (Guid?)member!.UserId };
        return listed.GroupBy(_ => 1).Select(all => new GrantCounts
        {
            All = all.Count(),
            Teams = all.Count(grant => grant.TeamId != null),
            Outside = all.Count(grant => grant.MemberId == null),
            Expiring = all.Count(grant => grant.ExpiresUtc > now && grant.ExpiresUtc <= soon),
        });
    }

    private sealed class GrantCounts
    {
        public int All { get; init; }
        public int Teams { get; init; }
        public int Outside { get; init; }
        public int Expiring { get; init; }
    }
}

/// <summary>One row of a page, before it is read in full.</summary>
internal sealed record CollaboratorKey(Guid PrincipalId, bool IsTeam, CollaboratorPath Path);
