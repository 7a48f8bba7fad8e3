using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Teams;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Teams;

/// <summary>Reads the teams of an organization.</summary>
public sealed class TeamDirectory(IDbContextFactory<ConsoleDbContext> databases, AccessControl access)
{
    /// <summary>One page of teams, by name or by what the query sorts by.</summary>
    public async Task<Result<TeamList>> ListAsync(Actor actor, Guid organizationId, TeamQuery query, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var organization = await access.InOrganizationAsync(db, actor, organizationId, ct);
        if (AccessRefusal.InOrganization(organization, Permissions.TeamsView) is { } refusal)
        {
            return refusal;
        }

        var all = db.Teams.Where(team => team.OrganizationId == organizationId);
        var rows = all;
        if (TextRules.Fold(TextRules.Clean(query.Search)) is { Length: > 0 } search)
        {
            var pattern = TextRules.LikePattern(search);
            rows = rows.Where(team => EF.Functions.Like(team.NameFolded, pattern, @"\") || EF.Functions.Like(team.Slug, pattern, @"\"));
        }

        // Who is on the page comes first: the database works out every column of all rows that it sorts.
        var ids = await Sorted(db, rows, query).Select(team => team.Id).Skip(query.Page.Skip).Take(query.Page.Size).ToListAsync(ct);
        var visible = access.VisibleProjects(db, organization!);
        var page = await all.Where(team => ids.Contains(team.Id)).Select(team => new TeamRow(
            team.Id, team.Slug, team.Name, team.Description,
            db.Principals.Count(principal => principal.Id == team.Id),
            // What is counted is what the actor may see.
            db.Grants.Count(grant => grant.PrincipalId == team.Id && !grant.IsUpgrade && grant.ProjectId != null && visible.Any(project => project.Id == grant.ProjectId)),
            db.Grants.Count(grant => grant.PrincipalId == team.Id && !grant.IsUpgrade && grant.WorkspaceId != null),
            team.CreatedUtc)).ToDictionaryAsync(row => row.Id, ct);
        var everything = await all.CountAsync(ct);
        var total = query.IsNarrowed ? await rows.CountAsync(ct) : everything;
        return new TeamList(
            new Page<TeamRow>([.. ids.Where(page.ContainsKey).Select(id => page[id])], total, query.Page.Number, query.Page.Size), everything);
    }

    /// <summary>Somebody in a team, by address.</summary>
    public async Task<Result<(Guid TeamId, Guid UserId)>> FindMemberAsync(Actor actor, Guid organizationId, string slug, string normalizedEmail, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (AccessRefusal.InOrganization(await access.InOrganizationAsync(db, actor, organizationId, ct), Permissions.TeamsView) is { } refusal)
        {
            return refusal;
        }

        var cleaned = Domain.Projects.Slug.Clean(slug);
        var found = await (from team in db.Teams.Where(row => row.OrganizationId == organizationId && row.Slug == cleaned)
                           join principal in db.Principals on team.Id equals principal.Id
                           join user in db.Users.Where(user => user.NormalizedEmail == normalizedEmail) on principal.UserId equals user.Id
                           select new { TeamId = team.Id, UserId = user.Id }).FirstOrDefaultAsync(ct);
        return found is null ? new NotFound() : (found.TeamId, found.UserId);
    }

    /// <summary>One team with a page of its people, by address, and the places that it is in, as far as the actor sees them.</summary>
    public async Task<Result<TeamDetails>> GetAsync(Actor actor, Guid organizationId, string slug, PageRequest page, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var organization = await access.InOrganizationAsync(db, actor, organizationId, ct);
        if (AccessRefusal.InOrganization(organization, Permissions.TeamsView) is { } refusal)
        {
            return refusal;
        }

        var cleaned = Domain.Projects.Slug.Clean(slug);
        var team = await db.Teams.Where(row => row.OrganizationId == organizationId && row.Slug == cleaned).AsNoTracking().FirstOrDefaultAsync(ct);
        if (team is null)
        {
            return new NotFound();
        }

        var inTeam = db.Principals.Where(principal => principal.Id == team.Id);
        var people = await (from principal in inTeam
                            join user in db.Users on principal.UserId equals user.Id
                            orderby user.NormalizedEmail
                            select new TeamPerson(user.Id, user.Email ?? "", user.DisplayName, principal.SinceUtc, user.LockedUtc != null))
            .Skip(page.Skip).Take(page.Size).ToListAsync(ct);
        var projects = await ProjectsOf(db, access.VisibleProjects(db, organization!), team.Id).ToListAsync(ct);
        var workspaces = organization!.May(Permissions.WorkspacesView) ? await WorkspacesOf(db, team.Id).ToListAsync(ct) : [];
        return new TeamDetails(
            team.Id, team.Slug, team.Name, team.Description, team.CreatedUtc, team.Version, new Page<TeamPerson>(people, await inTeam.CountAsync(ct), page.Number, page.Size), [.. workspaces.Concat(projects).Select(Titled)]);
    }

    private static IQueryable<TeamPlace> ProjectsOf(ConsoleDbContext db, IQueryable<Domain.Projects.Project> visible, Guid teamId) =>
        from grant in db.Grants.Where(grant => grant.PrincipalId == teamId)
        join project in visible on grant.ProjectId equals project.Id
        orderby project.NameFolded, project.Slug, grant.IsUpgrade
        select new TeamPlace(
            grant.Id, false, project.Slug, project.Name, grant.RoleKey,
            db.ProjectRoles.Where(role => role.Key == grant.RoleKey).Select(role => role.Name).FirstOrDefault(),
            db.Restrictions.Where(restriction => restriction.Id == grant.RestrictionId).Select(restriction => restriction.Name).FirstOrDefault(),
            grant.ExpiresUtc, grant.IsUpgrade);

    private static IQueryable<TeamPlace> WorkspacesOf(ConsoleDbContext db, Guid teamId) =>
        from grant in db.Grants.Where(grant => grant.PrincipalId == teamId)
        join workspace in db.Workspaces on grant.WorkspaceId equals workspace.Id
        orderby workspace.NameFolded, workspace.Slug, grant.IsUpgrade
        select new TeamPlace(
            grant.Id, true, workspace.Slug, workspace.Name, grant.RoleKey,
            db.ProjectRoles.Where(role => role.Key == grant.RoleKey).Select(role => role.Name).FirstOrDefault(),
            db.Restrictions.Where(restriction => restriction.Id == grant.RestrictionId).Select(restriction => restriction.Name).FirstOrDefault(),
            grant.ExpiresUtc, grant.IsUpgrade);

    private static TeamPlace Titled(TeamPlace place) => place with { RoleTitle = ProjectRole.Find(place.RoleKey)?.Title ?? place.RoleTitle ?? place.RoleKey };

    private static IOrderedQueryable<Team> Sorted(ConsoleDbContext db, IQueryable<Team> rows, TeamQuery query)
    {
        var sorted = (query.Sort, query.Descending) switch
        {
            (TeamSort.People, false) => rows.OrderBy(team => db.Principals.Count(principal => principal.Id == team.Id)),
            (TeamSort.People, true) => rows.OrderByDescending(team => db.Principals.Count(principal => principal.Id == team.Id)),
            (_, true) => rows.OrderByDescending(team => team.NameFolded),
            _ => rows.OrderBy(team => team.NameFolded),
        };
        return sorted.ThenBy(team => team.Slug);
    }
}

/// <summary>What a list of teams is sorted by.</summary>
public enum TeamSort
{
    /// <summary>The name.</summary>
    Name,

    /// <summary>How many people are in it.</summary>
    People,
}

/// <summary>Which teams are asked for.</summary>
/// <param name="Search">Part of the name or Team ID.</param>
/// <param name="Sort">The order.</param>
/// <param name="Descending">The other way round.</param>
/// <param name="Page">Which page.</param>
public sealed record TeamQuery(string? Search, TeamSort Sort, bool Descending, PageRequest Page)
{
    /// <summary>Whether only some of the teams are asked for.</summary>
    public bool IsNarrowed => TextRules.Clean(Search) != "";
}

/// <summary>A page of teams, and how many there are whatever is searched.</summary>
/// <param name="Page">The rows asked for.</param>
/// <param name="Teams">All teams.</param>
public sealed record TeamList(Page<TeamRow> Page, int Teams);

/// <summary>One team of a list.</summary>
/// <param name="Id">The team.</param>
/// <param name="Slug">Its Team ID.</param>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is for.</param>
/// <param name="People">How many are in it.</param>
/// <param name="Projects">How many projects that the actor sees grant it a role.</param>
/// <param name="Workspaces">How many workspaces do.</param>
/// <param name="CreatedUtc">When it was made.</param>
public sealed record TeamRow(Guid Id, string Slug, string Name, string Description, int People, int Projects, int Workspaces, DateTime CreatedUtc);

/// <summary>One team.</summary>
/// <param name="Id">The team.</param>
/// <param name="Slug">Its Team ID.</param>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is for.</param>
/// <param name="CreatedUtc">When it was made.</param>
/// <param name="Version">The edit token.</param>
/// <param name="People">Who is in it, the page asked for.</param>
/// <param name="Places">Where it has which role, workspaces first.</param>
public sealed record TeamDetails(
    Guid Id, string Slug, string Name, string Description, DateTime CreatedUtc, Guid Version, Page<TeamPerson> People, IReadOnlyList<TeamPlace> Places);

/// <summary>One person in a team.</summary>
/// <param name="UserId">The account.</param>
/// <param name="Email">Its address.</param>
/// <param name="DisplayName">How the person likes to be called; may be empty.</param>
/// <param name="SinceUtc">Since when.</param>
/// <param name="IsLocked">Locked by an administrator of the installation.</param>
public sealed record TeamPerson(Guid UserId, string Email, string DisplayName, DateTime? SinceUtc, bool IsLocked);

/// <summary>A project or workspace that a team is in.</summary>
/// <param name="GrantId">The grant.</param>
/// <param name="IsWorkspace">Whether it is a workspace.</param>
/// <param name="Slug">Its slug.</param>
/// <param name="Name">Its name.</param>
/// <param name="RoleKey">Stored name of the role.</param>
/// <param name="RoleTitle">The role for people.</param>
/// <param name="RestrictionName">What takes from it; null for nothing.</param>
/// <param name="ExpiresUtc">When it ends; null for never.</param>
/// <param name="IsUpgrade">A temporary upgrade beside the standing role.</param>
public sealed record TeamPlace(
    Guid GrantId, bool IsWorkspace, string Slug, string Name, string RoleKey, string? RoleTitle, string? RestrictionName, DateTime? ExpiresUtc, bool IsUpgrade);

/// <summary>A team, and the access versions it was read under.</summary>
public sealed record LoadedTeam(AccessVersions Versions, TeamDetails Team);
