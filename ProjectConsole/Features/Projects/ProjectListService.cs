using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Projects;

/// <summary>
/// The Projects tab. The number of statements does not depend on the number of rows: the page, then the facts,
/// people and resources of all its projects at once.
/// </summary>
public sealed class ProjectListService(
    IDbContextFactory<ConsoleDbContext> databases, AccessControl access, ProjectSets sets, ProjectRows found, ProjectCreationQueries creation)
{
    /// <summary>Counting stops here: an exact total of 100,000 projects costs half the time that a page may take.</summary>
    public const int MostCounted = 10_000;

    // So many found projects are sorted by themselves; more are soon met in whatever order.
    private const int MostSorted = 200;

    /// <summary>The projects of an organization that the actor sees; a person outside it sees those that were granted.</summary>
    public async Task<Result<ProjectList>> ListAsync(Actor actor, Guid organizationId, ProjectQuery query, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await access.InOrganizationAsync(db, actor, organizationId, ct) is not { Access.MayEnterOrganization: true } organization)
        {
            return new NotFound();
        }

        var restorable = await sets.RestorableAsync(db, organization, ct);
        var matching = await MatchingAsync(db, organization, restorable, query, ct);
        var projects = await PageAsync(matching, query, ct);
        var rows = await ProjectRows.WithFacesAsync(db, await found.CompletedAsync(db, actor, projects.Rows, ct), ct);
        var workspaces = organization.May(Permissions.WorkspacesView) ? await WorkspacesAsync(db, organizationId, ct) : [];
        return new ProjectList(
            new Page<ProjectRow>(rows, projects.Total, query.Page.Number, query.Page.Size) { IsCapped = projects.IsCapped },
            workspaces.Count > 1 ? workspaces : [],
            await restorable.AnyAsync(ct),
            await CreationAsync(db, organization, actor, ct));
    }

    /// <summary>The same projects for a program: without what only the tab shows, and not counted.</summary>
    public async Task<Result<ProjectSlice>> SliceAsync(Actor actor, Guid organizationId, ProjectQuery query, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await access.InOrganizationAsync(db, actor, organizationId, ct) is not { Access.MayEnterOrganization: true } organization)
        {
            return new NotFound();
        }

        var matching = await MatchingAsync(db, organization, await sets.RestorableAsync(db, organization, ct), query, ct);
        var rows = await Unfinished(Sorted(matching, query).Skip(query.Page.Skip).Take(query.Page.Size + 1)).ToListAsync(ct);
        return new ProjectSlice(await found.CompletedAsync(db, actor, [.. rows.Take(query.Page.Size)], ct), rows.Count > query.Page.Size);
    }

    /// <summary>The workspaces of an organization by name.</summary>
    internal static Task<List<WorkspaceChoice>> WorkspacesAsync(ConsoleDbContext db, Guid organizationId, CancellationToken ct) =>
        db.Workspaces.Where(workspace => workspace.OrganizationId == organizationId)
            .OrderBy(workspace => workspace.NameFolded).ThenBy(workspace => workspace.Slug)
            .Select(workspace => new WorkspaceChoice(workspace.Id, workspace.Slug, workspace.Name)).ToListAsync(ct);

    private async Task<CreationAllowance> CreationAsync(ConsoleDbContext db, OrganizationAccess organization, Actor actor, CancellationToken ct)
    {
        if (!organization.May(Permissions.ProjectsCreate))
        {
            return new CreationAllowance(false, null, false);
        }

        var refusal = (await creation.AllowanceAsync(db, organization.Id, actor.UserId, ct)).Refusal;
        return new CreationAllowance(true, refusal?.Message, refusal is AllowanceReached);
    }

    private async Task<IQueryable<Project>> MatchingAsync(
        ConsoleDbContext db, OrganizationAccess organization, IQueryable<Project> restorable, ProjectQuery query, CancellationToken ct)
    {
        var states = query.States.Where(state => state != ProjectState.Deleted).ToArray();
        var living = access.VisibleProjects(db, organization).Where(project => states.Contains(project.State));
        var projects = (query.States.Contains(ProjectState.Deleted), states.Length) switch
        {
            (true, 0) => restorable,
            (true, _) => living.Concat(restorable),
            _ => living,
        };
        if (TextRules.Clean(query.Search) is { Length: > 0 } search)
        {
            var pattern = TextRules.LikePattern(TextRules.Fold(search));
            projects = projects.Where(project => EF.Functions.Like(project.SearchText, pattern, @"\"));
        }

        if (query.Mine)
        {
            var me = organization.Access.Facts.Person.UserId;
            projects = projects.Where(project => project.CreatedBy == me);
        }

        if (Slug.Clean(query.Workspace) is { Length: > 0 } slug)
        {
            projects = projects.Where(project => db.Workspaces.Any(workspace => workspace.Id == project.WorkspaceId && workspace.Slug == slug));
        }

        if (TextRules.Clean(query.Structure) is { Length: > 0 } structure)
        {
            projects = projects.Where(project => project.Structure == structure);
        }

        return await NarrowedAsync(db, query.Role is { } role ? await InRoleAsync(db, organization, projects, role, ct) : projects, query, ct);
    }

    // A search that finds little reads the names of all projects: so it does that in the index of names alone, and then sorts what it found.
    private static async Task<IQueryable<Project>> NarrowedAsync(ConsoleDbContext db, IQueryable<Project> matching, ProjectQuery query, CancellationToken ct)
    {
        if (TextRules.Clean(query.Search) == "")
        {
            return matching;
        }

        var ids = await matching.Select(project => project.Id).Take(MostSorted + 1).ToListAsync(ct);
        return ids.Count > MostSorted ? matching : db.Projects.Where(project => ids.Contains(project.Id));
    }

    private async Task<IQueryable<Project>> InRoleAsync(
        ConsoleDbContext db, OrganizationAccess organization, IQueryable<Project> projects, ProjectRole role, CancellationToken ct)
    {
        var inRole = await sets.WithRoleAsync(db, organization, projects, role, ct);
        if (ProjectRole.All.FirstOrDefault(larger => larger.Rank == role.Rank + 1) is not { } next)
        {
            return inRole;
        }

        var all = db.Projects.Where(project => project.OrganizationId == organization.Id);
        var above = (await sets.WithRoleAsync(db, organization, all, next, ct)).Select(project => project.Id);
        return inRole.Where(project => !above.Contains(project.Id));
    }

    // The last term goes the same way as the first, so that one index gives the whole order and rows before a page are not read.
    private static IQueryable<Project> Sorted(IQueryable<Project> projects, ProjectQuery query) => (query.Sort, query.IsDescending) switch
    {
        (ProjectSort.Name, false) => projects.OrderBy(project => project.SearchText),
        (ProjectSort.Name, true) => projects.OrderByDescending(project => project.SearchText),
        (ProjectSort.Id, false) => projects.OrderBy(project => project.Slug),
        (ProjectSort.Id, true) => projects.OrderByDescending(project => project.Slug),
        (ProjectSort.State, false) => projects.OrderBy(project => project.State).ThenBy(project => project.SearchText),
        (ProjectSort.State, true) => projects.OrderByDescending(project => project.State).ThenBy(project => project.SearchText),
        (ProjectSort.Created, false) => projects.OrderBy(project => project.CreatedUtc).ThenBy(project => project.Slug),
        (ProjectSort.Created, true) => projects.OrderByDescending(project => project.CreatedUtc).ThenByDescending(project => project.Slug),
        (_, false) => projects.OrderBy(project => project.LastActivityUtc).ThenBy(project => project.Slug),
        _ => projects.OrderByDescending(project => project.LastActivityUtc).ThenByDescending(project => project.Slug),
    };

    private static async Task<(IReadOnlyList<ProjectRow> Rows, int Total, bool IsCapped)> PageAsync(IQueryable<Project> matching, ProjectQuery query, CancellationToken ct)
    {
        var page = query.Page;
        var rows = await Unfinished(Sorted(matching, query).Skip(page.Skip).Take(page.Size)).ToListAsync(ct);

        // A page that is not full is the last one: counting would read everything a second time.
        if (rows.Count < page.Size && (rows.Count > 0 || page.Number == 1))
        {
            return (rows, page.Skip + rows.Count, false);
        }

        // Beyond the end the exact total leads back; before it, that there are many is enough.
        var total = rows.Count == 0 ? await matching.CountAsync(ct) : await matching.Take(MostCounted + 1).CountAsync(ct);
        return total > MostCounted && rows.Count > 0 ? (rows, MostCounted, true) : (rows, total, false);
    }

    private static IQueryable<ProjectRow> Unfinished(IQueryable<Project> projects) => projects.Select(project => new ProjectRow(project.Id, project.Slug, project.Name, project.State)
    {
        LastActivityUtc = project.LastActivityUtc,
        CreatedUtc = project.CreatedUtc,
        RestorableUntilUtc = project.DeletedUtc,
    });
}
