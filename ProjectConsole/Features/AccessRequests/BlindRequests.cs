using System.Threading.Channels;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Features.Account;
using ProjectConsole.Security;

namespace ProjectConsole.Features.AccessRequests;

/// <summary>What somebody asked for who does not see the project.</summary>
public sealed record BlindRequest(Actor Actor, Guid OrganizationId, string Slug, AccessAsk Ask, PublicAddress? Site);

/// <summary>
/// Requests by Project ID, on their way to being looked at. They wait in memory until the answer has gone, so that neither its words
/// nor its time tell whether there is such a project.
/// </summary>
public sealed class BlindRequests(TimeProvider clock)
{
    /// <summary>The most requests of one person within <see cref="Window"/>.</summary>
    public const int Most = 10;

    /// <summary>How long a request counts.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(1);

    private const int MostWaiting = 1000;

    private readonly Channel<BlindRequest> _waiting = Channel.CreateBounded<BlindRequest>(MostWaiting);
    private readonly Lock _counting = new();
    private readonly Dictionary<Guid, Queue<DateTime>> _asked = [];

    /// <summary>Takes a request unless the person asked too often or too many wait.</summary>
    public bool Take(Actor actor, BlindRequest request) => Count(actor) && _waiting.Writer.TryWrite(request);

    /// <summary>The next one, if one waits.</summary>
    internal bool TryRead(out BlindRequest? request) => _waiting.Reader.TryRead(out request);

    /// <summary>Waits for one.</summary>
    internal ValueTask<bool> WaitAsync(CancellationToken ct) => _waiting.Reader.WaitToReadAsync(ct);

    /// <summary>Counts a request by whatever way, unless the person asked too often.</summary>
    internal bool Count(Actor actor)
    {
        var (userId, now) = (actor.UserId, clock.GetUtcNow().UtcDateTime);
        lock (_counting)
        {
            foreach (var idle in _asked.Where(person => person.Value.All(moment => now - moment >= Window)).Select(person => person.Key).ToList())
            {
                _asked.Remove(idle);
            }

            if (!_asked.TryGetValue(userId, out var mine))
            {
                _asked[userId] = mine = new Queue<DateTime>();
            }

            if (mine.Count(moment => now - moment < Window) >= Most)
            {
                return false;
            }

            mine.Enqueue(now);
            return true;
        }
    }
}

/// <summary>Keeps the requests that wait, one after the other.</summary>
public sealed partial class BlindRequestKeeper(BlindRequests waiting, AccessRequestsService requests, ILogger<BlindRequestKeeper> logger) : BackgroundService
{
    private readonly SemaphoreSlim _keeping = new(1, 1);

    /// <summary>Keeps what waits, and returns when it is kept.</summary>
    public async Task FlushAsync(CancellationToken ct = default)
    {
        await _keeping.WaitAsync(ct);
        try
        {
            while (waiting.TryRead(out var request))
            {
                await TryKeepAsync(request!);
            }
        }
        finally
        {
            _keeping.Release();
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _keeping.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await waiting.WaitAsync(stoppingToken))
            {
                await FlushAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping: what still waits is kept below.
        }

        await FlushAsync(CancellationToken.None);
    }

    private async Task TryKeepAsync(BlindRequest request)
    {
        try
        {
            await requests.KeepAsync(request, CancellationToken.None);
        }
        catch (Exception failure) when (AccessWatch.IsOfDatabase(failure))
        {
            LogLost(failure, request.Actor.UserId, request.OrganizationId);
        }
    }

    [LoggerMessage(LogLevel.Error, "A request for access of {UserId} in organization {OrganizationId} could not be kept.")]
    private partial void LogLost(Exception failure, Guid userId, Guid organizationId);
}
