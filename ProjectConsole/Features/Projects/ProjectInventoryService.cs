using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Projects;

/// <summary>What is inside a project and what of it runs, for the questions before it is deleted or suspended.</summary>
public sealed class ProjectInventoryService(IDbContextFactory<ConsoleDbContext> databases, AccessControl access, TimeProvider clock)
{
    /// <summary>What is inside a project that is to be deleted.</summary>
    public async Task<Result<ProjectInventory>> InventoryAsync(Actor actor, ProjectScope scope, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var project = await access.InProjectAsync(db, actor, scope, ct);
        if (AccessRefusal.InProject(project, Permissions.ProjectDelete) is { } refusal)
        {
            return refusal;
        }

        var counts = await db.Resources.Where(resource => resource.ProjectId == scope.ProjectId).GroupBy(resource => resource.Kind)
            .Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, ct);
        var collaborators = await db.Grants.CountAsync(grant => grant.ProjectId == scope.ProjectId, ct);
        var shares = await db.ResourceShares.CountAsync(share => share.FromOwnerId == scope.ProjectId && (share.State == ShareState.Pending || share.State == ShareState.Accepted), ct)
            + await db.Resources.CountAsync(resource => resource.OwnerId == scope.ProjectId && resource.IsOrganizationVisible, ct);
        return new ProjectInventory(
            [.. ResourceKinds.All.Where(kind => counts.ContainsKey(kind.Name) && project!.Access.May(kind, "view", null)).Select(kind => ResourceCount.Of(kind, counts[kind.Name]))],
            collaborators,
            clock.GetUtcNow().UtcDateTime + Project.RestorableFor)
        {
            SharesGiven = shares,
            Running = RunningKind.Of(await RunningResources.LoadAsync(db, scope.ProjectId, ct), kind => project!.Access.May(kind, "view", null)),
        };
    }

    /// <summary>What runs in a project that is to be suspended.</summary>
    public async Task<Result<IReadOnlyList<RunningKind>>> ListRunningAsync(Actor actor, ProjectScope scope, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var project = await access.InProjectAsync(db, actor, scope, ct);
        if (AccessRefusal.InProject(project, Permissions.ProjectSuspend) is { } refusal)
        {
            return refusal;
        }

        return RunningKind.Of(await RunningResources.LoadAsync(db, scope.ProjectId, ct), kind => project!.Access.May(kind, "view", null)).ToList();
    }
}
