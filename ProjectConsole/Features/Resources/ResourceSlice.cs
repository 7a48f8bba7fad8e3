using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Resources;

/// <summary>One page of a list of resources, and how many there are.</summary>
/// <param name="Rows">The page.</param>
/// <param name="Total">How many match, or how many were counted.</param>
/// <param name="IsCapped">Whether there are more than were counted.</param>
internal sealed record ResourceSlice(IReadOnlyList<Resource> Rows, int Total, bool IsCapped)
{
    /// <summary>Reads a page.</summary>
    /// <param name="db">An open context.</param>
    /// <param name="filter">What is left out.</param>
    /// <param name="matching">All that match.</param>
    /// <param name="inOrder">The same in the order of the list, of which so many are enough.</param>
    /// <param name="page">Which page.</param>
    /// <param name="ct">Ends it.</param>
    public static Task<ResourceSlice> ReadAsync(
        ConsoleDbContext db, ResourceFilter filter, IQueryable<ListedResource> matching, Func<int, IQueryable<ListedResource>> inOrder, PageRequest page, CancellationToken ct) =>
        // Far behind, more ids would be held than rows are shown.
        filter.HasLabel && page.Skip <= ResourceListService.MostCounted ? ByIdsAsync(db, inOrder, page, ct) : FoundAsync(matching, inOrder, page, ct);

    private static async Task<ResourceSlice> FoundAsync(
        IQueryable<ListedResource> matching, Func<int, IQueryable<ListedResource>> inOrder, PageRequest page, CancellationToken ct)
    {
        var rows = await inOrder(page.Skip + page.Size + 1).Skip(page.Skip).Take(page.Size + 1).Select(row => row.Resource).AsNoTracking().ToListAsync(ct);
        var (total, isCapped) = await CountAsync(matching, page, rows.Count, ct);
        return new ResourceSlice([.. rows.Take(page.Size)], total, isCapped);
    }

    // The rows of labels say what is on the page and how many there are at once: whole resources are read for the page.
    private static async Task<ResourceSlice> ByIdsAsync(ConsoleDbContext db, Func<int, IQueryable<ListedResource>> inOrder, PageRequest page, CancellationToken ct)
    {
        var most = Math.Max(ResourceListService.MostCounted, page.Skip + page.Size) + 1;
        var found = await inOrder(most).Take(most).Select(row => new { row.Id, row.OwnerId }).ToListAsync(ct);
        var ofPage = found.Skip(page.Skip).Take(page.Size).ToList();
        var ids = ofPage.ConvertAll(row => row.Id);
        var rows = ids.Count == 0 ? new() : await db.Resources.AsNoTracking().Where(resource => ids.Contains(resource.Id)).ToDictionaryAsync(resource => resource.Id, ct);
        // What was moved away since is another owner's.
        var still = ofPage.Where(row => rows.GetValueOrDefault(row.Id)?.OwnerId == row.OwnerId).Select(row => rows[row.Id]);
        return found.Count < most ? new ResourceSlice([.. still], found.Count, IsCapped: false) : new ResourceSlice([.. still], ResourceListService.MostCounted, IsCapped: true);
    }

    // How many were found from the page's first on, of one more than it holds, often says the total already.
    private static async Task<(int Total, bool IsCapped)> CountAsync(IQueryable<ListedResource> matching, PageRequest page, int found, CancellationToken ct)
    {
        if (found <= page.Size && (found > 0 || page.Skip == 0))
        {
            return (page.Skip + found, false);
        }

        // Beyond the end the exact total leads back; before it, that there are many is enough.
        var total = found == 0 ? await matching.CountAsync(ct) : await matching.Take(ResourceListService.MostCounted + 1).CountAsync(ct);
        return found > 0 && total > ResourceListService.MostCounted ? (ResourceListService.MostCounted, true) : (total, false);
    }
}
