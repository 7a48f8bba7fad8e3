using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Shared;

namespace ProjectConsole.Security;

/// <summary>Finds the projects, workspaces and organizations that a person may switch to; a constant number of statements each.</summary>
public sealed class ProjectFinder(IDbContextFactory<ConsoleDbContext> databases, AccessControl access)
{
    /// <summary>The most rows of one answer; the answer says how many more there are.</summary>
    public const int Most = 20;

    /// <summary>The most recent projects that are offered before a search.</summary>
    public const int MostRecent = 5;

    /// <summary>The projects of an organization by name or Project ID, before a search the recent ones too.</summary>
    public async Task<FoundProjects> InOrganizationAsync(Actor actor, Guid organizationId, string? search, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await access.InOrganizationAsync(db, actor, organizationId, ct) is { } organization
            ? await FindAsync(db, actor, access.VisibleProjects(db, organization), search, ct)
            : FoundProjects.None;
    }

    /// <summary>The projects of every organization that the person may enter.</summary>
    public async Task<FoundProjects> EverywhereAsync(Actor actor, string? search, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await FindAsync(db, actor, await access.VisibleProjectsEverywhereAsync(db, actor, ct), search, ct);
    }

    /// <summary>The organizations that the person may enter.</summary>
    public async Task<Found<OrganizationNames>> OrganizationsAsync(Actor actor, string? search, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var (enterable, pattern) = (access.EnterableOrganizations(db, actor), Pattern(search));
        var found = db.Organizations.Where(row => enterable.Contains(row.Id) && EF.Functions.Like(row.SearchText, pattern, @"\"));
        var rows = await found.OrderBy(row => row.SearchText).ThenBy(row => row.Slug)
            .Select(row => new OrganizationNames(row.Id, row.Slug, row.Name)).Take(Most).ToListAsync(ct);
        return new Found<OrganizationNames>(rows, rows.Count < Most ? rows.Count : await found.CountAsync(ct));
    }

    /// <summary>The workspaces of an organization; none for people outside it.</summary>
    public async Task<Found<WorkspaceNames>> WorkspacesAsync(Actor actor, Guid organizationId, string? search, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await access.InOrganizationAsync(db, actor, organizationId, ct) is not { Access.MayEnterOrganization: true, IsExternal: false })
        {
            return new Found<WorkspaceNames>([], 0);
        }

        var pattern = Pattern(search);
        var found = db.Workspaces.Where(row => row.OrganizationId == organizationId
            && (EF.Functions.Like(row.NameFolded, pattern, @"\") || EF.Functions.Like(row.Slug, pattern, @"\")));
        var rows = await found.OrderBy(row => row.NameFolded).ThenBy(row => row.Slug)
            .Select(row => new WorkspaceNames(row.Slug, row.Name)).Take(Most).ToListAsync(ct);
        return new Found<WorkspaceNames>(rows, rows.Count < Most ? rows.Count : await found.CountAsync(ct));
    }

    /// <summary>The organization that a person was in last, or the only one; null where there is no such.</summary>
    public async Task<string?> HomeAsync(Actor actor, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var (userId, enterable) = (actor.UserId, access.EnterableOrganizations(db, actor));
        var rows = await db.Organizations.Where(row => enterable.Contains(row.Id))
            .Select(row => new
            {
                row.Slug,
                Last = db.ProjectVisits.Where(visit => visit.UserId == userId && visit.OrganizationId == row.Id).Max(visit => (DateTime?)visit.LastUtc),
            })
            // Databases differ in where an order puts nothing.
            .OrderBy(row => row.Last == null ? 1 : 0).ThenByDescending(row => row.Last).Take(2).ToListAsync(ct);
        return rows is [var first, ..] && (rows.Count == 1 || first.Last is not null) ? first.Slug : null;
    }

    private async Task<FoundProjects> FindAsync(
        ConsoleDbContext db, Actor actor, IQueryable<Project> visible, string? search, CancellationToken ct)
    {
        var (userId, pattern, isSearch) = (actor.UserId, Pattern(search), !string.IsNullOrWhiteSpace(search));
        // A pattern that everything matches is still tried on every project.
        var found = isSearch ? visible.Where(project => EF.Functions.Like(project.SearchText, pattern, @"\")) : visible;
        var ids = await found.OrderBy(project => project.SearchText).ThenBy(project => project.Id)
            .Select(project => project.Id).Take(Most).ToListAsync(ct);
        var total = ids.Count < Most ? ids.Count : await found.CountAsync(ct);
        var recent = isSearch ? [] : await RecentAsync(db, userId, visible, ct);
        var all = ids.Union(recent).ToList();
        var decisions = await access.OfActorAsync(db, actor, all, ct);
        return new FoundProjects(Decided(recent), new Found<ProjectAccess>(Decided(ids), total));

        // What was lost between the two queries is left out.
        IReadOnlyList<ProjectAccess> Decided(List<Guid> wanted) =>
            [.. wanted.Select(id => decisions.GetValueOrDefault(id)).OfType<ProjectAccess>().Where(row => row.May(Domain.Access.Permissions.ProjectView))];
    }

    private static Task<List<Guid>> RecentAsync(ConsoleDbContext db, Guid userId, IQueryable<Project> visible, CancellationToken ct) =>
        (from visit in db.ProjectVisits.Where(visit => visit.UserId == userId)
         join project in visible on visit.ProjectId equals project.Id
         orderby visit.LastUtc descending
         select project.Id).Take(MostRecent).ToListAsync(ct);

    private static string Pattern(string? search) => TextRules.LikePattern(TextRules.Fold(TextRules.Clean(search)));
}

/// <summary>The first rows of what was found, and how many there are in all.</summary>
public sealed record Found<T>(IReadOnlyList<T> Rows, int Total)
{
    /// <summary>How many are not among the rows.</summary>
    public int More => Math.Max(0, Total - Rows.Count);
}

/// <summary>Projects to switch to, as the person may open them.</summary>
/// <param name="Recent">The ones visited last; empty while searching.</param>
/// <param name="All">By name.</param>
public sealed record FoundProjects(IReadOnlyList<ProjectAccess> Recent, Found<ProjectAccess> All)
{
    internal static FoundProjects None { get; } = new([], new Found<ProjectAccess>([], 0));
}
