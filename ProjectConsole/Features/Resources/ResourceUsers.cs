using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Resources;

namespace ProjectConsole.Features.Resources;

/// <summary>A resource that names another.</summary>
/// <param name="TargetId">The resource that is named.</param>
/// <param name="Id">The one that names it.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Name">Its name.</param>
/// <param name="State">Its state.</param>
/// <param name="OwnerId">Its owner.</param>
internal sealed record ResourceUser(Guid TargetId, Guid Id, string Kind, string Name, string State, Guid OwnerId);

/// <summary>Who needs resources, so that they can neither be deleted nor leave their owner.</summary>
internal static class ResourceUsers
{
    /// <summary>
    /// Those that name some of these, without themselves. What is over names for the record only, and so does what is of another
    /// owner who may not use the resource any more: nobody keeps by it what was shared with them once.
    /// </summary>
    public static async Task<List<ResourceUser>> LivingAsync(ConsoleDbContext db, List<Guid> ids, CancellationToken ct)
    {
        var users = await Needing(db, ids).Select(row => new { row.TargetId, row.User.Id, row.User.Kind, row.User.Name, row.User.State, row.User.OwnerId }).Distinct().ToListAsync(ct);
        return users.FindAll(user => !ResourceKinds.Get(user.Kind).Life.Of(user.State).IsEnded)
            .ConvertAll(user => new ResourceUser(user.TargetId, user.Id, user.Kind, user.Name, user.State, user.OwnerId));
    }

    /// <summary>The same for one resource, with those that are over.</summary>
    public static IQueryable<Resource> Of(ConsoleDbContext db, Guid id) =>
        from userId in Needing(db, [id]).Select(row => row.User.Id).Distinct()
        join user in db.Resources on userId equals user.Id
        select user;

    private static IQueryable<Need> Needing(ConsoleDbContext db, List<Guid> ids) =>
        from link in db.ResourceLinks.Where(link => ids.Contains(link.ToId) && !ids.Contains(link.FromId))
        join user in db.Resources on link.FromId equals user.Id
        join target in db.Resources on link.ToId equals target.Id
        join project in db.Projects on user.ProjectId equals (Guid?)project.Id into projects
        from project in projects.DefaultIfEmpty()
        where user.OwnerId == target.OwnerId || target.OwnerId == target.OrganizationId
            || ((project == null || project.State != ProjectState.Deleted)
                && (target.IsOrganizationVisible
                    || (project != null && db.ResourceShares.Any(share =>
                        share.ResourceId == target.Id && share.State == ShareState.Accepted && share.Level == ShareLevel.Use
                        && (share.ToProjectId == project.Id || share.ToWorkspaceId == project.WorkspaceId)))))
        select new Need { TargetId = link.ToId, User = user };

    private sealed class Need
    {
        public Guid TargetId { get; init; }

        public required Resource User { get; init; }
    }
}
