using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Data.Providers;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Resources;

namespace ProjectConsole.Security;

/// <summary>Removes projects that were deleted so long ago that nobody can restore them, with everything inside.</summary>
public sealed partial class ProjectPurge(
    IDbContextFactory<ConsoleDbContext> databases, DatabaseProvider provider, TimeProvider clock, ILogger<ProjectPurge> logger) : HourlyPass(clock)
{
    private static readonly string[] Counts = [.. ResourceKinds.All.Select(kind => kind.Count.Name)];

    /// <inheritdoc/>
    public override async Task<int> RunAsync(CancellationToken ct = default)
    {
        var removed = 0;
        foreach (var due in await DueAsync(ct))
        {
            removed += await TryRemoveAsync(due, ct) ? 1 : 0;
        }

        return removed;
    }

    /// <inheritdoc/>
    protected override void NoteFailure(Exception failure) => LogFailed(failure);

    // One that cannot be removed holds back none of the others.
    private async Task<bool> TryRemoveAsync(Due due, CancellationToken ct)
    {
        try
        {
            return await RemoveAsync(due, ct);
        }
        catch (Exception failure) when (AccessWatch.IsOfDatabase(failure))
        {
            LogFailed(failure);
            return false;
        }
    }

    private async Task<List<Due>> DueAsync(CancellationToken ct)
    {
        var deletedBefore = Clock.GetUtcNow().UtcDateTime - Project.RestorableFor;
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Projects.Where(project => project.State == ProjectState.Deleted && project.DeletedUtc <= deletedBefore)
            .OrderBy(project => project.DeletedUtc).Select(project => new Due(project.OrganizationId, project.Id)).ToListAsync(ct);
    }

    // Others write in between, and what a step has removed stays so: where one fails, the next pass goes on.
    private async Task<bool> RemoveAsync(Due due, CancellationToken ct)
    {
        bool? isGone;
        do
        {
            isGone = await StepAsync(due, ct);
        }
        while (isGone is null);

        return isGone.Value;
    }

    // Answers null while something is left. The locks are those of a command: what is looked at under them stays so until the end
    // of the step, and another node takes the next one or comes too late.
    private async Task<bool?> StepAsync(Due due, CancellationToken ct)
    {
        using var turn = await provider.EnterWriteAsync(ct);
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await provider.BeginWriteAsync(db, ct);
        await provider.LockSharedAsync(db, LockedTable.Organizations, due.OrganizationId, ct);
        await provider.LockExclusiveAsync(db, LockedTable.Projects, due.ProjectId, ct);
        var now = Clock.GetUtcNow().UtcDateTime;
        var project = await db.Projects.AsNoTracking().SingleOrDefaultAsync(project => project.Id == due.ProjectId, ct);
        if (project is not { State: ProjectState.Deleted } || project.RestorableUntilUtc > now)
        {
            return false;
        }

        if (await RunningResources.LoadAsync(db, due.ProjectId, ct) is { Count: > 0 } running)
        {
            LogWaits(project.Slug, RunningKind.Sentence(RunningKind.Of(running)));
            return false;
        }

        if (await ProjectRemoval.DeleteSomeResourcesAsync(db, due.ProjectId, ct) == ProjectRemoval.MostAtOnce)
        {
            await transaction.CommitAsync(ct);
            return null;
        }

        // What was noted as used tells of all steps, whoever took them.
        var resources = await db.Usages.Where(usage => usage.OwnerId == due.ProjectId && Counts.Contains(usage.Metric)).SumAsync(usage => usage.Used, ct);
        db.AuditEntries.Add(new AuditEntry(
            Actor.System.InAudit(due.OrganizationId, due.ProjectId, now), AuditActions.ProjectPurged, new AuditObject("project", project.Id, project.Name), AuditResult.Done)
            .With(JsonSerializer.Serialize(new { ProjectId = project.Slug, Resources = resources }, JsonSerializerOptions.Web), null));
        await db.SaveChangesAsync(ct);
        await ProjectRemoval.DeleteAsync(db, due.ProjectId, ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    [LoggerMessage(LogLevel.Warning, "Deleted projects could not be removed; the next pass tries again.")]
    private partial void LogFailed(Exception failure);

    [LoggerMessage(LogLevel.Warning, "The deleted project {ProjectId} is not removed yet, because something in it runs: {Running}")]
    private partial void LogWaits(string projectId, string running);

    private sealed record Due(Guid OrganizationId, Guid ProjectId);
}
