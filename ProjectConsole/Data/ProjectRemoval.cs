using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Limits;

namespace ProjectConsole.Data;

/// <summary>Removes a project with everything inside. Its Project ID stays taken, and what the audit log says of it stays.</summary>
internal static class ProjectRemoval
{
    /// <summary>The most resources that go in one step, so that its statements and what they lock stay small.</summary>
    public const int MostAtOnce = 500;

    /// <summary>Deletes its rows, those that point at others first.</summary>
    public static async Task DeleteAsync(ConsoleDbContext db, Guid projectId, CancellationToken ct)
    {
        await DeleteResourcesAsync(db, projectId, ct);
        await db.Limits.Where(row => row.ScopeId == projectId && row.Scope == LimitScope.Project).ExecuteDeleteAsync(ct);
        await DeleteAccessAsync(db, projectId, ct);
        await db.ProjectKeys.Where(row => row.ProjectId == projectId).ExecuteDeleteAsync(ct);
        await db.ProjectVisits.Where(row => row.ProjectId == projectId).ExecuteDeleteAsync(ct);
        await db.CommandReceipts.Where(row => row.MadeId == projectId).ExecuteDeleteAsync(ct);
        await db.Projects.Where(row => row.Id == projectId).ExecuteDeleteAsync(ct);
    }

    /// <summary>Deletes everything that an owner has, and what is noted as used by it.</summary>
    public static async Task DeleteResourcesAsync(ConsoleDbContext db, Guid ownerId, CancellationToken ct)
    {
        int removed;
        do
        {
            removed = await DeleteSomeResourcesAsync(db, ownerId, ct);
        }
        while (removed == MostAtOnce);

        await db.ResourceShares.Where(row => row.ToProjectId == ownerId).ExecuteDeleteAsync(ct);
        await db.Usages.Where(row => row.OwnerId == ownerId).ExecuteDeleteAsync(ct);
    }

    /// <summary>Deletes the first resources of an owner with all that hangs on them; answers how many, and below <see cref="MostAtOnce"/> those were the last.</summary>
    public static async Task<int> DeleteSomeResourcesAsync(ConsoleDbContext db, Guid ownerId, CancellationToken ct)
    {
        // Links by one end and then by the other: both at once would read the links of everybody.
        var some = db.Resources.Where(resource => resource.OwnerId == ownerId).OrderBy(resource => resource.Kind).ThenBy(resource => resource.Name)
            .Take(MostAtOnce).Select(resource => resource.Id);
        await db.ResourceLinks.Where(row => some.Contains(row.FromId)).ExecuteDeleteAsync(ct);
        await db.ResourceLinks.Where(row => some.Contains(row.ToId)).ExecuteDeleteAsync(ct);
        await db.ResourceLabels.Where(row => some.Contains(row.ResourceId)).ExecuteDeleteAsync(ct);
        await db.ResourceStateChanges.Where(row => some.Contains(row.ResourceId)).ExecuteDeleteAsync(ct);
        await db.ResourceSecrets.Where(row => some.Contains(row.ResourceId)).ExecuteDeleteAsync(ct);
        await db.ResourceShares.Where(row => some.Contains(row.ResourceId)).ExecuteDeleteAsync(ct);
        return await db.Resources.Where(row => some.Contains(row.Id)).ExecuteDeleteAsync(ct);
    }

    private static async Task DeleteAccessAsync(ConsoleDbContext db, Guid projectId, CancellationToken ct)
    {
        var reviews = db.AccessReviews.Where(review => review.ProjectId == projectId).Select(review => review.Id);
        await db.AccessReviewRows.Where(row => reviews.Contains(row.ReviewId)).ExecuteDeleteAsync(ct);
        await db.AccessReviews.Where(row => row.ProjectId == projectId).ExecuteDeleteAsync(ct);
        await db.AccessRequests.Where(row => row.ProjectId == projectId).ExecuteDeleteAsync(ct);
        await db.Invitations.Where(row => row.ProjectId == projectId).ExecuteDeleteAsync(ct);
        await db.Assertions.Where(row => row.ProjectId == projectId).ExecuteDeleteAsync(ct);
        await db.Grants.Where(row => row.ProjectId == projectId).ExecuteDeleteAsync(ct);
        await db.Restrictions.Where(row => row.ProjectId == projectId).ExecuteDeleteAsync(ct);
        await db.ProjectRoles.Where(row => row.ProjectId == projectId).ExecuteDeleteAsync(ct);
    }
}
