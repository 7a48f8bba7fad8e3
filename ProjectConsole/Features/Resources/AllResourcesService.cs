using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Part = System.Func<System.Linq.IQueryable<ProjectConsole.Features.Resources.ListedResource>, System.Linq.IQueryable<ProjectConsole.Features.Resources.ListedResource>>;

namespace ProjectConsole.Features.Resources;

/// <summary>
/// One list of the resources of all projects of an organization. Which of them a person sees is decided by kind and project, as a
/// predicate that agrees with the decision; what may be done to a row is decided for its own project.
/// </summary>
public sealed class AllResourcesService(IDbContextFactory<ConsoleDbContext> databases, AccessControl access, ProjectSets sets)
{
    // Up to so many projects are named one by one, so that their own rows alone are read and not those of the organization.
    private const int MostNamed = 100;

    // Up to so many parts are each asked by itself for what comes first in it: together all that they have would be sorted.
    private const int MostApart = 16;

    // Makers and labels of what was used last stand for those of anything: a million rows are not asked for theirs.
    private const int MostAskedForChoices = 500;
    private const int LeastAskedForChoices = 100;

    /// <summary>The resources that match.</summary>
    public async Task<Result<AllResourcesList>> ListAsync(Actor actor, Guid organizationId, AllResourcesQuery query, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await access.InOrganizationAsync(db, actor, organizationId, ct) is not { Access.MayEnterOrganization: true } organization)
        {
            return new NotFound();
        }

        var visible = access.VisibleProjects(db, organization);
        // A token cuts the list itself, so that not even a number tells of what it does not hold.
        var token = organization.Access.Facts.Token;
        var views = ResourceKinds.All.Select(kind => Permissions.Of(kind, "view")).Where(view => token?.Contains(view) != false);
        var permitted = await sets.WithPermissionsAsync(db, organization, visible, [.. views], ct);
        var seen = await SeenAsync(organizationId, permitted, query, ct);
        var page = query.Page;
        var matching = seen.ConvertAll(part => query.Filter.Of(db, part));
        var (rows, total, isCapped) = await ResourceSlice.ReadAsync(db, query.Filter, Together(matching), most => InOrder(matching, query, most), page, ct);
        var lately = await LatelyAsync(db, seen, ct);
        var projects = await visible.OrderByDescending(project => project.LastActivityUtc).ThenByDescending(project => project.Slug)
            .Take(ResourceListService.MostChoices).Select(project => new ProjectChoice(project.Slug, project.Name)).ToListAsync(ct);
        var kinds = permitted.SelectMany(part => part.Permissions).ToHashSet();
        return new AllResourcesList(
            new Page<ProjectResourceRow>(await RowsAsync(db, actor, rows, ct), total, page.Number, page.Size)
            {
                IsCapped = isCapped,
            },
            [.. ResourceKinds.All.Where(kind => kinds.Contains(Permissions.Of(kind, "view"))).Select(kind => kind.Name)],
            projects,
            ResourceListService.LabelsOf(lately.SelectMany(row => row.Labels)),
            ResourceListService.CreatorsOf(lately.Select(row => new ResourceCreator(row.CreatedBy, row.CreatedByName))));
    }

    private static IQueryable<T> Together<T>(IEnumerable<IQueryable<T>> parts) => parts.Aggregate((all, part) => all.Concat(part));

    // What comes first among all is among what comes first in each.
    private static IQueryable<ListedResource> InOrder(List<IQueryable<ListedResource>> parts, AllResourcesQuery query, int count) =>
        Ordered(parts is [var only] ? only : Together(parts.Select(part => Ordered(part, query).Take(count))), query);

    private static async Task<List<LatelyUsed>> LatelyAsync(ConsoleDbContext db, List<Part> seen, CancellationToken ct)
    {
        var ofEach = Math.Max(LeastAskedForChoices, MostAskedForChoices / seen.Count);
        return await Together(seen.Select(part => part(ListedResource.Of(db.Resources.AsNoTracking())).OrderByDescending(row => row.LastUsedUtc).Take(ofEach)
            .Select(row => new LatelyUsed { CreatedBy = row.Resource.CreatedBy, CreatedByName = row.Resource.CreatedByName, Labels = row.Resource.Labels }))).ToListAsync(ct);
    }

    // Mostly one part: who sees a project sees every kind in it, unless a role, a restriction or a ceiling takes some.
    private static async Task<List<Part>> SeenAsync(
        Guid organizationId, IReadOnlyList<PermittedProjects> permitted, AllResourcesQuery query, CancellationToken ct)
    {
        var seen = new List<Part>();
        foreach (var part in permitted)
        {
            string[] kinds = [.. ResourceKinds.All.Where(kind => (query.Kind is null || kind.Name == query.Kind) && part.Permissions.Contains(Permissions.Of(kind, "view"))).Select(kind => kind.Name)];
            if (kinds.Length > 0)
            {
                var projects = query.Project is { } slug ? part.Projects.Where(project => project.Slug == slug) : part.Projects;
                seen.AddRange(await OfAsync(organizationId, projects, kinds, MostApart / permitted.Count, ct));
            }
        }

        return seen.Count > 0 ? seen : [listed => listed.Where(_ => false)];
    }

    private static async Task<IEnumerable<Part>> OfAsync(Guid organizationId, IQueryable<Project> projects, string[] kinds, int mostApart, CancellationToken ct)
    {
        var ids = await projects.Select(project => project.Id).Take(MostNamed + 1).ToArrayAsync(ct);
        if (ids.Length <= mostApart)
        {
            return ids.Select(id => (Part)(listed => OfKinds(listed.Where(row => row.OwnerId == id), kinds)));
        }

        return ids.Length <= MostNamed
            ? [listed => OfKinds(listed.Where(row => ids.Contains(row.OwnerId)), kinds)]
            : [listed => OfKinds(listed.Where(row => row.OrganizationId == organizationId && projects.Any(project => project.Id == row.OwnerId)), kinds)];
    }

    private static IQueryable<ListedResource> OfKinds(IQueryable<ListedResource> listed, string[] kinds) => kinds.Length == ResourceKinds.All.Count ? listed
        : kinds is [var only] ? listed.Where(row => row.Kind == only)
        : listed.Where(row => kinds.Contains(row.Kind));

    // The id ends each order, so that a row stands on one page alone.
    private static IQueryable<ListedResource> Ordered(IQueryable<ListedResource> listed, AllResourcesQuery query) => (query.Sort, query.IsReversed) switch
    {
        (AllResourcesSort.Name, false) => listed.OrderBy(row => row.Name).ThenBy(row => row.Id),
        (AllResourcesSort.Name, true) => listed.OrderByDescending(row => row.Name).ThenByDescending(row => row.Id),
        (AllResourcesSort.Created, false) => listed.OrderByDescending(row => row.CreatedUtc).ThenByDescending(row => row.Id),
        (AllResourcesSort.Created, true) => listed.OrderBy(row => row.CreatedUtc).ThenBy(row => row.Id),
        (_, true) => listed.OrderBy(row => row.LastUsedUtc).ThenBy(row => row.Id),
        _ => listed.OrderByDescending(row => row.LastUsedUtc).ThenByDescending(row => row.Id),
    };

    // What was lost between the queries is left out.
    private async Task<IReadOnlyList<ProjectResourceRow>> RowsAsync(ConsoleDbContext db, Actor actor, IReadOnlyList<Resource> rows, CancellationToken ct)
    {
        var ids = rows.Select(row => row.OwnerId).Distinct().ToArray();
        if (ids.Length == 0)
        {
            return [];
        }

        var decisions = (await access.OfActorAsync(db, actor, ids, ct))
            .ToDictionary(decision => decision.Key, decision => new ResourceRights(ResourceOwner.Of(decision.Value.Scope), decision.Value.Access, decision.Value, IsOwnSpace: false));
        return [.. from row in rows
                   let kind = ResourceKinds.Get(row.Kind)
                   let rights = decisions.GetValueOrDefault(row.OwnerId)
                   where rights?.May(kind, "view") is true
                   select new ProjectResourceRow(
                       ResourceRow.Of(row) with { Acts = ResourceActs.Of(rights, kind, row.CreatedBy) }, row.OwnerId, rights.Project!.Project.Slug, rights.Project.Project.Name)];
    }

    private sealed class LatelyUsed
    {
        public required Guid CreatedBy { get; init; }

        public required string CreatedByName { get; init; }

        public required IReadOnlyList<string> Labels { get; init; }
    }
}
