using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Data.Providers;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Shared;

namespace ProjectConsole.Security;

/// <summary>
/// Writes denied attempts to the audit log from a bounded background batch: equal ones within a minute are one entry with
/// a count, so that hammering a closed door fills neither the log nor the memory. A batch that the database does not take is
/// written to the log of the process.
/// </summary>
public sealed partial class DeniedAttempts(
    IDbContextFactory<ConsoleDbContext> databases, SlugDirectory slugs, DatabaseProvider provider, TimeProvider clock, ILogger<DeniedAttempts> logger) : BatchWriter(clock)
{
    /// <summary>For how long equal attempts are one entry.</summary>
    internal static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Channel<Attempt> _attempts = Channel.CreateBounded<Attempt>(
        new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropWrite });

    private readonly Dictionary<AttemptKey, (long EntryId, DateTime FirstUtc)> _written = [];
    private readonly SemaphoreSlim _flushing = new(1, 1);

    /// <summary>Notes a denied command.</summary>
    internal void Report(Actor actor, CommandTarget target, Error error, DateTime nowUtc) =>
        Report(actor, target.OrganizationId, target.ProjectId, target.Action, error, nowUtc);

    /// <summary>Notes a denied attempt at something that is no command, such as reading what one may not see.</summary>
    public void Report(Actor actor, Guid? organizationId, Guid? projectId, string action, Error error, DateTime nowUtc) =>
        Note(new Attempt(actor, organizationId, projectId, action, error.Message, nowUtc));

    /// <summary>
    /// Notes that somebody opened a page by its address and did not get it. Whether there is such a thing is looked up by the
    /// batch, and what does not exist is no attempt: the page answers as fast either way.
    /// </summary>
    public void ReportVisit(Actor actor, string organization, string? project, Error error) => Note(new Attempt(
        actor, null, null, project is null ? AuditActions.OrganizationOpened : AuditActions.ProjectOpened, error.Message, Clock.GetUtcNow().UtcDateTime)
    {
        Visited = (organization, project),
    });

    /// <inheritdoc/>
    public override async Task FlushAsync(CancellationToken ct = default)
    {
        await _flushing.WaitAsync(ct);
        var waiting = new List<Attempt>();
        try
        {
            while (_attempts.Reader.TryRead(out var attempt))
            {
                waiting.Add(attempt);
            }

            if (waiting.Count > 0)
            {
                await WriteAsync(waiting, ct);
            }
        }
        catch (Exception failure) when (AccessWatch.IsOfDatabase(failure))
        {
            Lose(waiting);
            throw;
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
    protected override void NoteFailure(Exception failure) => LogFailure(failure);

    private void Note(Attempt attempt)
    {
        ConsoleMeter.WasDenied(attempt.Action);
        _attempts.Writer.TryWrite(attempt);
    }

    // Ids and no names: what was typed stays out of the log of the process.
    private void Lose(List<Attempt> waiting)
    {
        // Entries of the failed transaction are not there to be counted up.
        _written.Clear();
        foreach (var equal in waiting.GroupBy(attempt => attempt.Key))
        {
            var (first, key) = (equal.First(), equal.Key);
            LogLost(key.Action, key.UserId, key.OrganizationId, key.ProjectId, equal.Count(), first.WhenUtc, first.Actor.RequestId, key.Reason);
        }
    }

    private async Task WriteAsync(List<Attempt> waiting, CancellationToken ct)
    {
        var now = Clock.GetUtcNow().UtcDateTime;
        foreach (var old in _written.Where(entry => now - entry.Value.FirstUtc >= Window).Select(entry => entry.Key).ToList())
        {
            _written.Remove(old);
        }

        using var turn = await provider.EnterWriteAsync(ct);
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await provider.BeginWriteAsync(db, ct);
        var placed = new List<Attempt>();
        foreach (var attempt in waiting)
        {
            placed.AddRange(await PlaceAsync(db, attempt, ct));
        }

        foreach (var equal in placed.GroupBy(attempt => attempt.Key))
        {
            await WriteAsync(db, equal.Key, equal.First(), equal.Count(), ct);
        }

        await transaction.CommitAsync(ct);
    }

    private async Task<Attempt[]> PlaceAsync(ConsoleDbContext db, Attempt attempt, CancellationToken ct)
    {
        switch (attempt.Visited)
        {
            case null:
                return [attempt];
            case { Organization: var organization, Project: { } project }:
                var scope = await slugs.FindProjectAsync(db, organization, project, ct);
                return scope == default ? [] : [attempt with { OrganizationId = scope.OrganizationId, ProjectId = scope.ProjectId }];
            case { Organization: var organization }:
                var id = await slugs.FindOrganizationAsync(db, organization, ct);
                return id == Guid.Empty ? [] : [attempt with { OrganizationId = id }];
        }
    }

    private async Task WriteAsync(ConsoleDbContext db, AttemptKey key, Attempt first, int count, CancellationToken ct)
    {
        // One that is sealed does not grow any more: by a clock that is ahead it may be. What comes then is an entry of its own.
        if (_written.TryGetValue(key, out var known)
            && await db.AuditEntries.Where(entry => entry.Id == known.EntryId && entry.SealNumber == null)
                .ExecuteUpdateAsync(set => set.SetProperty(entry => entry.Count, entry => entry.Count + count), ct) > 0)
        {
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
    private partial void LogFailure(Exception failure);

    [LoggerMessage(
        LogLevel.Error,
        "Not in the audit log: denied {Action} by {ActorId} in organization {OrganizationId}, project {ProjectId}, {Count} times from {WhenUtc:O} on, request {RequestId}: {Reason}")]
    private partial void LogLost(
        string action, Guid actorId, Guid? organizationId, Guid? projectId, int count, DateTime whenUtc, string requestId, string reason);

    private sealed record Attempt(Actor Actor, Guid? OrganizationId, Guid? ProjectId, string Action, string Reason, DateTime WhenUtc)
    {
        public (string Organization, string? Project)? Visited { get; init; }

        public AttemptKey Key => new(Actor.UserId, Actor.Name, Actor.Address, OrganizationId, ProjectId, Action, Reason);
    }

    // Name and address, because whoever is not signed in has no id.
    private sealed record AttemptKey(Guid UserId, string Name, string Address, Guid? OrganizationId, Guid? ProjectId, string Action, string Reason);
}
