using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Limits;

namespace ProjectConsole.Data;

/// <summary>Removes a project with everything inside. Its Project ID stays taken, and what the audit log says of it stays.</summary>
internal static class ProjectRemoval
{
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
        var resources = db.Resources.Where(resource => resource.OwnerId == ownerId).Select(resource => resource.Id);
        await db.ResourceLinks.Where(row => resources.Contains(row.FromId) || resources.Contains(row.ToId)).ExecuteDeleteAsync(ct);
        await db.ResourceStateChanges.Where(row => resources.Contains(row.ResourceId)).ExecuteDeleteAsync(ct);
        await db.ResourceSecrets.Where(row => resources.Contains(row.ResourceId)).ExecuteDeleteAsync(ct);
        await db.ResourceShares.Where(row => row.ToProjectId == ownerId || resources.Contains(row.ResourceId)).ExecuteDeleteAsync(ct);
        await db.Resources.Where(resource => resource.OwnerId == ownerId).ExecuteDeleteAsync(ct);
        await db.Usages.Where(row => row.OwnerId == ownerId).ExecuteDeleteAsync(ct);
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
