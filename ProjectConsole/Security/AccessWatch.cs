using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;

namespace ProjectConsole.Security;

/// <summary>
/// Keeps the AccessVersions of what the open pages of this node show and tells a page when its decision may no longer hold:
/// at once for a change made here, within <see cref="Pace"/> for one made on another node. Versions are compared with those the
/// page's decision was made from, so nothing is missed between deciding and watching.
/// </summary>
public sealed partial class AccessWatch : BackgroundService
{
    /// <summary>How often the database is asked while a page is open.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(300);

    private readonly IDbContextFactory<ConsoleDbContext> _databases;
    private readonly AccessSignals _signals;
    private readonly TimeProvider _clock;
    private readonly ILogger<AccessWatch> _logger;
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, HashSet<AccessSubscription>> _watched = [];
    private bool _failing;

    /// <summary>Starts listening to the commands of this node.</summary>
    public AccessWatch(IDbContextFactory<ConsoleDbContext> databases, AccessSignals signals, TimeProvider clock, ILogger<AccessWatch> logger)
    {
        (_databases, _signals, _clock, _logger) = (databases, signals, clock, logger);
        _signals.Raised += Tell;
    }

    /// <summary>How many organizations and projects are watched.</summary>
    internal int Count
    {
        get
        {
            lock (_gate)
            {
                return _watched.Count;
            }
        }
    }

    /// <summary>Watches what a page of a project shows.</summary>
    /// <param name="access">The decision that the page was drawn from.</param>
    /// <param name="changed">Asks the decision again and calls <see cref="AccessSubscription.Update(ProjectAccess)"/>, or disposes.</param>
    /// <param name="lost">Takes the page away, when asking fails again and again for a reason that nobody thought of.</param>
    public AccessSubscription Watch(ProjectAccess access, Func<Task> changed, Func<Task>? lost = null)
    {
        var subscription = new AccessSubscription(this, _clock, access.Organization.Id, access.Project.Id, changed, lost);
        Add(subscription);
        subscription.Update(access);
        return subscription;
    }

    /// <summary>Watches what a page of an organization shows.</summary>
    /// <param name="access">The decision that the page was drawn from.</param>
    /// <param name="changed">Asks the decision again and calls <see cref="AccessSubscription.Update(OrganizationAccess)"/>, or disposes.</param>
    /// <param name="lost">Takes the page away, when asking fails again and again for a reason that nobody thought of.</param>
    public AccessSubscription Watch(OrganizationAccess access, Func<Task> changed, Func<Task>? lost = null)
    {
        var subscription = new AccessSubscription(this, _clock, access.Id, null, changed, lost);
        Add(subscription);
        subscription.Update(access);
        return subscription;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _signals.Raised -= Tell;
        base.Dispose();
    }

    /// <summary>Compares every watched version with the database, in one query.</summary>
    internal async Task CompareAsync(CancellationToken ct)
    {
        Guid[] ids;
        lock (_gate)
        {
            ids = [.. _watched.Keys];
        }

        if (ids.Length == 0)
        {
            return;
        }

        await using var db = await _databases.CreateDbContextAsync(ct);
        var versions = await db.Organizations.Where(row => ids.Contains(row.Id)).Select(row => new { row.Id, row.AccessVersion })
            .Concat(db.Projects.Where(row => ids.Contains(row.Id)).Select(row => new { row.Id, row.AccessVersion }))
            .ToDictionaryAsync(row => row.Id, row => row.AccessVersion, ct);
        foreach (var id in ids)
        {
            // A row that is gone has no version, and none is equal to that.
            Tell(id, versions.TryGetValue(id, out var version) ? version : null);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace, _clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryCompareAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The process stops, and its pages with it.
        }
    }

    internal void Remove(AccessSubscription subscription)
    {
        lock (_gate)
        {
            foreach (var id in subscription.Ids)
            {
                if (_watched.TryGetValue(id, out var pages) && pages.Remove(subscription) && pages.Count == 0)
                {
                    _watched.Remove(id);
                }
            }
        }
    }

    internal void NoteFailure(Exception failure) => LogPageFailed(failure);

    internal void NoteUnknownFailure(Exception failure) => LogPageFailedUnknown(failure);

    /// <summary>Whether the database failed, also while saving and where Entity Framework wraps a failure that may pass.</summary>
    internal static bool IsOfDatabase(Exception failure) =>
        failure is DbException or TimeoutException or DbUpdateException || failure.InnerException is DbException;

    private async Task TryCompareAsync(CancellationToken ct)
    {
        try
        {
            await CompareAsync(ct);
            _failing = false;
        }
        catch (Exception failure) when (IsOfDatabase(failure))
        {
            // Open pages keep what they show; whatever they do next is decided on its own. Said once, not three times a second.
            if (!_failing)
            {
                LogFailed(failure);
            }

            _failing = true;
        }
    }

    private void Add(AccessSubscription subscription)
    {
        lock (_gate)
        {
            foreach (var id in subscription.Ids)
            {
                if (!_watched.TryGetValue(id, out var pages))
                {
                    _watched[id] = pages = [];
                }

                pages.Add(subscription);
            }
        }
    }

    private void Tell(IReadOnlyCollection<Guid> raised)
    {
        foreach (var page in raised.SelectMany(PagesOf))
        {
            page.AskAgain();
        }
    }

    private void Tell(Guid id, long? version)
    {
        foreach (var page in PagesOf(id).Where(page => page.VersionOf(id) != version))
        {
            page.AskAgain();
        }
    }

    private AccessSubscription[] PagesOf(Guid id)
    {
        lock (_gate)
        {
            return _watched.TryGetValue(id, out var pages) ? [.. pages] : [];
        }
    }

    [LoggerMessage(LogLevel.Error, "The database does not answer which access changed; asking on.")]
    private partial void LogFailed(Exception failure);

    [LoggerMessage(LogLevel.Warning, "A page could not ask its access again; it will be told again.")]
    private partial void LogPageFailed(Exception failure);

    [LoggerMessage(LogLevel.Error, "A page could not ask its access again, for no known reason; after a few times it is taken away.")]
    private partial void LogPageFailedUnknown(Exception failure);
}
