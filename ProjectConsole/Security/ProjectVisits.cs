using System.Collections.Concurrent;
using System.Data.Common;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Data.Providers;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Shared;

namespace ProjectConsole.Security;

/// <summary>
/// Notes who opened which project when, from a bounded background batch: opening a page never waits for a write, and a person
/// who clicks about in a project writes once a minute.
/// </summary>
public sealed partial class ProjectVisits(
    IDbContextFactory<ConsoleDbContext> databases, DatabaseProvider provider, TimeProvider clock, ILogger<ProjectVisits> logger) : BatchWriter(clock)
{
    private const int Most = 10_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Channel<Visit> _visits = Channel.CreateBounded<Visit>(new BoundedChannelOptions(Most) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly ConcurrentDictionary<(Guid User, Guid Project), DateTime> _noted = new();
    private readonly SemaphoreSlim _flushing = new(1, 1);

    /// <summary>Notes that a person opened a project.</summary>
    public void Note(Actor actor, ProjectScope project)
    {
        var now = Clock.GetUtcNow().UtcDateTime;
        var key = (actor.UserId, project.ProjectId);
        if (actor.Kind != AuditActorKind.Person || (_noted.TryGetValue(key, out var last) && now - last < Window))
        {
            return;
        }

        if (_visits.Writer.TryWrite(new Visit(actor.UserId, project, now)))
        {
            _noted[key] = now;
        }
    }

    /// <inheritdoc/>
    public override async Task FlushAsync(CancellationToken ct = default)
    {
        await _flushing.WaitAsync(ct);
        try
        {
            Forget(Clock.GetUtcNow().UtcDateTime - Window);
            var waiting = new List<Visit>();
            while (_visits.Reader.TryRead(out var visit))
            {
                waiting.Add(visit);
            }

            if (waiting.Count > 0)
            {
                await WriteAsync(waiting, ct);
            }
        }
        finally
        {
            _flushing.Release();
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _flushing.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override void NoteFailure(Exception failure) => LogLost(failure);

    private void Forget(DateTime beforeUtc)
    {
        foreach (var (key, last) in _noted)
        {
            if (last <= beforeUtc)
            {
                _noted.TryRemove(key, out _);
            }
        }
    }

    private async Task WriteAsync(List<Visit> waiting, CancellationToken ct)
    {
        using var turn = await provider.EnterWriteAsync(ct);
        await using var db = await databases.CreateDbContextAsync(ct);
        foreach (var visit in waiting.GroupBy(visit => (visit.UserId, visit.Project)).Select(group => group.Last()))
        {
            if (await MoveAsync(db, visit, ct) > 0)
            {
                continue;
            }

            try
            {
                db.ProjectVisits.Add(new ProjectVisit(visit.Project.OrganizationId, visit.Project.ProjectId, visit.UserId, visit.WhenUtc));
                await db.SaveChangesAsync(ct);
            }
            catch (DbUpdateException failure) when (failure.InnerException is DbException inner && provider.IsUniqueViolation(inner))
            {
                // Another node noted the same person's first visit in this moment.
                await MoveAsync(db, visit, ct);
            }

            db.ChangeTracker.Clear();
        }
    }

    private static Task<int> MoveAsync(ConsoleDbContext db, Visit visit, CancellationToken ct) =>
        db.ProjectVisits.Where(row => row.UserId == visit.UserId && row.ProjectId == visit.Project.ProjectId)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.LastUtc, visit.WhenUtc), ct);

    [LoggerMessage(LogLevel.Warning, "Visits of projects could not be noted.")]
    private partial void LogLost(Exception failure);

    private sealed record Visit(Guid UserId, ProjectScope Project, DateTime WhenUtc);
}
