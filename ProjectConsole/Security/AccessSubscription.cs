using ProjectConsole.Domain.Access;

namespace ProjectConsole.Security;

/// <summary>One open page in the <see cref="AccessWatch"/>.</summary>
public sealed class AccessSubscription : IDisposable
{
    /// <summary>How often in a row a page may fail to ask, for no known reason, before it counts as lost.</summary>
    internal const int MostUnknownFailures = 3;

    private static readonly TimeSpan Soonest = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Latest = TimeSpan.FromDays(1);
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    private readonly AccessWatch _watch;
    private readonly TimeProvider _clock;
    private readonly Func<Task> _changed;
    private readonly Func<Task>? _lost;
    private readonly Lock _gate = new();
    private AccessVersions _versions;
    private DateTime? _endsUtc;
    private ITimer? _expiry;
    private int _unknownFailures;
    private bool _asking;
    private bool _again;
    private bool _disposed;

    internal AccessSubscription(AccessWatch watch, TimeProvider clock, Guid organizationId, Guid? projectId, Func<Task> changed, Func<Task>? lost)
    {
        (_watch, _clock, _changed, _lost) = (watch, clock, changed, lost);
        Ids = projectId is { } project ? [organizationId, project] : [organizationId];
    }

    internal IReadOnlyList<Guid> Ids { get; }

    /// <summary>Whether the page is asking at this moment.</summary>
    internal bool IsAsking
    {
        get
        {
            lock (_gate)
            {
                return _asking;
            }
        }
    }

    private bool IsDisposed
    {
        get
        {
            lock (_gate)
            {
                return _disposed;
            }
        }
    }

    /// <summary>The page was drawn again from this decision.</summary>
    public void Update(ProjectAccess access) => Update(access.Versions, access.Access);

    /// <summary>The page was drawn again from this decision.</summary>
    public void Update(OrganizationAccess access) => Update(access.Versions, access.Access);

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _expiry?.Dispose();
        }

        _watch.Remove(this);
    }

    internal long VersionOf(Guid id)
    {
        lock (_gate)
        {
            return id == Ids[0] ? _versions.Organization : _versions.Project;
        }
    }

    /// <summary>Lets the page ask the decision again, on a thread of its own: whoever changed the access does not wait for it.</summary>
    internal void AskAgain()
    {
        lock (_gate)
        {
            _again = _asking;
            if (_asking || _disposed)
            {
                return;
            }

            _asking = true;
        }

        _ = Task.Run(AskAsync);
    }

    private async Task AskAsync()
    {
        do
        {
            await TryAskAsync();
        }
        while (GoesOn());
    }

    // The one place where every failure is caught: nobody waits for this task, and one that ended in an exception would leave
    // the page asking for ever, with what it shows, and deaf to every later revocation. Its versions stay the old ones, so the
    // next comparison tells it again.
    private async Task TryAskAsync()
    {
        try
        {
            await (_unknownFailures < MostUnknownFailures || _lost is null ? _changed() : _lost());
            _unknownFailures = 0;
        }
        catch (Exception failure) when (AccessWatch.IsOfDatabase(failure))
        {
            _watch.NoteFailure(failure);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            if (!IsDisposed)
            {
                _unknownFailures++;
                _watch.NoteUnknownFailure(failure);
            }
        }
    }

    private bool GoesOn()
    {
        lock (_gate)
        {
            _asking = _again && !_disposed;
            _again = false;
            return _asking;
        }
    }

    private void Update(AccessVersions versions, EffectiveAccess access)
    {
        lock (_gate)
        {
            _versions = versions;
            _endsUtc = access.EarliestExpiryUtc;
            _expiry?.Dispose();
            _expiry = _disposed || _endsUtc is null ? null : _clock.CreateTimer(_ => Ring(), null, UntilEnd(), Timeout.InfiniteTimeSpan);
        }
    }

    private void Ring()
    {
        bool ended;
        lock (_gate)
        {
            // A timer has an upper bound, and one that rings a little early only waits on. After the end it rings on
            // until the page was drawn again: the database may just not have answered.
            ended = _endsUtc <= _clock.GetUtcNow().UtcDateTime;
            _expiry?.Change(ended ? Retry : UntilEnd(), Timeout.InfiniteTimeSpan);
        }

        if (ended)
        {
            AskAgain();
        }
    }

    private TimeSpan UntilEnd()
    {
        var wait = _endsUtc!.Value - _clock.GetUtcNow().UtcDateTime;
        return wait < Soonest ? Soonest : wait > Latest ? Latest : wait;
    }
}
