using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Data.Limits;
using ProjectConsole.Data.Providers;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Resources;

namespace ProjectConsole.Security;

/// <summary>Removes the personal spaces of people who left so long ago that nobody can move anything out of them, with what is left inside.</summary>
public sealed partial class PersonalSpacePurge(
    IDbContextFactory<ConsoleDbContext> databases, DatabaseProvider provider, UsageLedger ledger, TimeProvider clock, ILogger<PersonalSpacePurge> logger) : HourlyPass(clock)
{
    /// <inheritdoc/>
    public override async Task<int> RunAsync(CancellationToken ct = default)
    {
        var removed = 0;
        foreach (var (organizationId, id) in await DueAsync(ct))
        {
            removed += await RemoveAsync(organizationId, id, ct) ? 1 : 0;
        }

        return removed;
    }

    /// <inheritdoc/>
    protected override void NoteFailure(Exception failure) => LogFailed(failure);

    private async Task<List<(Guid OrganizationId, Guid Id)>> DueAsync(CancellationToken ct)
    {
        var leftBefore = Clock.GetUtcNow().UtcDateTime - PersonalSpace.KeptFor;
        await using var db = await databases.CreateDbContextAsync(ct);
        return (await db.PersonalSpaces.Where(space => space.LeftUtc <= leftBefore).OrderBy(space => space.LeftUtc).Select(space => new { space.OrganizationId, space.Id }).ToListAsync(ct))
            .ConvertAll(space => (space.OrganizationId, space.Id));
    }

    // Nobody comes back into the organization and no other node removes it while it is looked at.
    private async Task<bool> RemoveAsync(Guid organizationId, Guid id, CancellationToken ct)
    {
        using var turn = await provider.EnterWriteAsync(ct);
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await provider.BeginWriteAsync(db, ct);
        await provider.LockExclusiveAsync(db, LockedTable.Organizations, organizationId, ct);
        var now = Clock.GetUtcNow().UtcDateTime;
        var space = await db.PersonalSpaces.SingleOrDefaultAsync(space => space.Id == id, ct);
        if (space?.KeptUntilUtc is not { } until || until > now)
        {
            return false;
        }

        if (await RunningResources.LoadAsync(db, id, ct) is { Count: > 0 } running)
        {
            LogWaits(space.UserName, RunningKind.Sentence(RunningKind.Of(running)));
            // Whatever carries it out sees that before the next pass removes it.
            var stopped = await ResourceStops.StopAsync(db, ledger, ResourceOwner.Of(space), Actor.System.Name, "because its owner left", now, ct);
            db.AuditEntries.AddRange(stopped.Select(resource => new AuditEntry(
                Actor.System.InAudit(organizationId, null, now), AuditActions.ResourceOperated, new AuditObject(resource.Kind, resource.Id, resource.Name), AuditResult.Done)
                .With(null, JsonSerializer.Serialize(new { resource.State, Owner = space.UserName }, JsonSerializerOptions.Web))));
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return false;
        }

        var resources = await db.Resources.CountAsync(resource => resource.OwnerId == id, ct);
        db.AuditEntries.Add(new AuditEntry(
            Actor.System.InAudit(organizationId, null, now), AuditActions.PersonalSpacePurged, new AuditObject("personal space", id, space.UserName), AuditResult.Done)
            .With(JsonSerializer.Serialize(new { Resources = resources }, JsonSerializerOptions.Web), null));
        db.PersonalSpaces.Remove(space);
        await db.SaveChangesAsync(ct);
        await ProjectRemoval.DeleteResourcesAsync(db, id, ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    [LoggerMessage(LogLevel.Warning, "Personal spaces of people who left could not be removed; the next pass tries again.")]
    private partial void LogFailed(Exception failure);

    [LoggerMessage(LogLevel.Warning, "The personal space of {Person} is not removed yet, because something in it runs, which is told to stop: {Running}")]
    private partial void LogWaits(string person, string running);
}
