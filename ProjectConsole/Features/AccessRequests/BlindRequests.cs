using System.Threading.Channels;
using ProjectConsole.Features.Account;
using ProjectConsole.Security;

namespace ProjectConsole.Features.AccessRequests;

/// <summary>
/// Counts requests, and wakes what looks for the projects of those that were asked by a Project ID. That comes after the answer has
/// gone, so that neither its words nor its time tell whether there is such a project.
/// </summary>
public sealed class BlindRequests(TimeProvider clock)
{
    /// <summary>The most requests of one person within <see cref="Window"/>.</summary>
    public const int Most = 10;

    /// <summary>How long a request counts.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(1);

    private readonly Channel<bool> _woken = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Lock _counting = new();
    private readonly Dictionary<Guid, Queue<DateTime>> _asked = [];

    /// <summary>The console's own address as the last request knew it, for links in mails; null before the first.</summary>
    internal PublicAddress? Site { get; private set; }

    /// <summary>Says that something may wait.</summary>
    internal void Wake(PublicAddress? site)
    {
        Site = site ?? Site;
        _woken.Writer.TryWrite(true);
    }

    /// <summary>Waits for that.</summary>
    internal ValueTask<bool> WaitAsync(CancellationToken ct) => _woken.Reader.ReadAsync(ct);

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

/// <summary>Looks for the projects of requests that were asked blindly, one after the other; after a start, of those left before it too.</summary>
public sealed partial class BlindRequestKeeper(
    BlindRequests waiting, AccessRequestsService requests, ILogger<BlindRequestKeeper> logger, IConfiguration? configuration = null) : BackgroundService
{
    // Without a setting only requests of this run know it: after a restart mails name the page until somebody asks again.
    private PublicAddress? Site => configuration?.GetValue<Uri>(PublicAddress.Setting) is { } set ? new PublicAddress(set) : waiting.Site;

    private readonly SemaphoreSlim _looking = new(1, 1);

    /// <summary>Looks for what waits now, each once.</summary>
    public async Task FlushAsync(CancellationToken ct = default)
    {
        await _looking.WaitAsync(ct);
        try
        {
            foreach (var request in await requests.AwaitingLookupAsync(ct))
            {
                await requests.LookUpAsync(request, Site, ct);
            }
        }
        finally
        {
            _looking.Release();
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _looking.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            do
            {
                await TryFlushAsync(stoppingToken);
            }
            while (await waiting.WaitAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // Stopping: what still waits is kept in the database, and looked for after the next start.
        }
    }

    private async Task TryFlushAsync(CancellationToken ct)
    {
        try
        {
            await FlushAsync(ct);
        }
        catch (Exception failure) when (AccessWatch.IsOfDatabase(failure))
        {
            LogLater(failure);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Requests for access wait: the database failed. They are looked at with the next one.")]
    private partial void LogLater(Exception failure);
}
