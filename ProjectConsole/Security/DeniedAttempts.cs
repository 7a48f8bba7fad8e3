using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Data.Providers;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Shared;

namespace ProjectConsole.Security;

/// <summary>
/// Writes denied attempts to the audit log from a bounded background batch: equal ones within a minute are one entry with
/// a count, so that hammering a closed door fills neither the log nor the memory.
/// </summary>
public sealed partial class DeniedAttempts(
    IDbContextFactory<ConsoleDbContext> databases, DatabaseProvider provider, TimeProvider clock, ILogger<DeniedAttempts> logger) : BackgroundService
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);

    private readonly Channel<Attempt> _attempts = Channel.CreateBounded<Attempt>(
        new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropWrite });

    private readonly Dictionary<AttemptKey, (long EntryId, DateTime FirstUtc)> _written = [];
    private readonly SemaphoreSlim _flushing = new(1, 1);

    /// <summary>Notes a denied command.</summary>
    internal void Report(Actor actor, CommandTarget target, Error error, DateTime nowUtc) =>
        Report(actor, target.OrganizationId, target.ProjectId, target.Action, error, nowUtc);

    /// <summary>Notes a denied attempt at something that is no command, such as reading what one may not see.</summary>
    public void Report(Actor actor, Guid? organizationId, Guid? projectId, string action, Error error, DateTime nowUtc) =>
        _attempts.Writer.TryWrite(new Attempt(actor, organizationId, projectId, action, error.Message, nowUtc));

    /// <summary>Writes what is waiting now.</summary>
    public async Task FlushAsync(CancellationToken ct = default)
    {
        await _flushing.WaitAsync(ct);
        try
        {
            var waiting = new List<Attempt>();
            while (_attempts.Reader.TryRead(out var attempt))
            {
                waiting.Add(attempt);
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
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryFlushAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping: what is still waiting is written below.
        }

        await TryFlushAsync(CancellationToken.None);
    }

    private async Task TryFlushAsync(CancellationToken ct)
    {
        try
        {
            await FlushAsync(ct);
        }
        catch (Exception failure) when (failure is System.Data.Common.DbException or DbUpdateException)
        {
            // The batch is lost; the log of the process still has it, and the next one is tried.
            LogLost(failure);
        }
    }

    private async Task WriteAsync(List<Attempt> waiting, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        foreach (var old in _written.Where(entry => now - entry.Value.FirstUtc >= Window).Select(entry => entry.Key).ToList())
        {
            _written.Remove(old);
        }

        using var turn = await provider.EnterWriteAsync(ct);
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await provider.BeginWriteAsync(db, ct);
        foreach (var equal in waiting.GroupBy(attempt => attempt.Key))
        {
            await WriteAsync(db, equal.Key, equal.First(), equal.Count(), ct);
        }

        await transaction.CommitAsync(ct);
    }

    private async Task WriteAsync(ConsoleDbContext db, AttemptKey key, Attempt first, int count, CancellationToken ct)
    {
        if (_written.TryGetValue(key, out var known))
        {
            await db.AuditEntries.Where(entry => entry.Id == known.EntryId)
                .ExecuteUpdateAsync(set => set.SetProperty(entry => entry.Count, entry => entry.Count + count), ct);
            return;
        }

        var what = await ObjectAsync(db, first, ct);
        var entry = new AuditEntry(first.Actor.InAudit(first.OrganizationId, first.ProjectId, first.WhenUtc), first.Action, what, AuditResult.Denied)
            .Because(first.Reason, count);
        db.AuditEntries.Add(entry);
        await db.SaveChangesAsync(ct);
        _written[key] = (entry.Id, first.WhenUtc);
    }

    private static async Task<AuditObject> ObjectAsync(ConsoleDbContext db, Attempt attempt, CancellationToken ct)
    {
        if (attempt.ProjectId is { } projectId)
        {
            var name = await db.Projects.Where(project => project.Id == projectId).Select(project => project.Name).FirstOrDefaultAsync(ct);
            return new AuditObject("project", projectId, name ?? "unknown project");
        }

        if (attempt.OrganizationId is { } organizationId)
        {
            var name = await db.Organizations.Where(organization => organization.Id == organizationId).Select(organization => organization.Name).FirstOrDefaultAsync(ct);
            return new AuditObject("organization", organizationId, name ?? "unknown organization");
        }

        return new AuditObject("installation", null, "installation");
    }

    [LoggerMessage(LogLevel.Error, "Denied attempts could not be written to the audit log.")]
    private partial void LogLost(Exception failure);

    private sealed record Attempt(Actor Actor, Guid? OrganizationId, Guid? ProjectId, string Action, string Reason, DateTime WhenUtc)
    {
        public AttemptKey Key => new(Actor.UserId, Actor.Name, Actor.Address, OrganizationId, ProjectId, Action, Reason);
    }

    // Name and address, because whoever is not signed in has no id.
    private sealed record AttemptKey(Guid UserId, string Name, string Address, Guid? OrganizationId, Guid? ProjectId, string Action, string Reason);
}
