using System.Threading.Channels;

namespace ProjectConsole.Features.Account.Mail;

/// <summary>
/// Sends mails in the background, so that how long an answer takes does not tell whether a mail went out. What a server does not
/// take is tried again, ever later; a mail that is given up, because it was refused for good, tried for too long or in the way of
/// a stop, is in the log with its address.
/// </summary>
public sealed partial class MailOutbox : BackgroundService
{
    /// <summary>How long a mail waits after each try that failed; then it is given up. The links in mails outlive the sum.</summary>
    public static readonly IReadOnlyList<TimeSpan> Waits =
        [TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30), TimeSpan.FromHours(1)];

    private const int MostWaiting = 1000;

    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(10);

    private readonly MailSender _sender;
    private readonly TimeProvider _clock;
    private readonly ILogger<MailOutbox> _logger;
    private readonly MailPace _pace;
    private readonly Channel<ConsoleMail> _mails;
    private readonly PriorityQueue<(ConsoleMail Mail, int Tries), DateTime> _again = new();
    private readonly SemaphoreSlim _sending = new(1, 1);

    /// <summary>Makes an empty one.</summary>
    public MailOutbox(MailSender sender, TimeProvider clock, ILogger<MailOutbox> logger)
    {
        (_sender, _clock, _logger, _pace) = (sender, clock, logger, new MailPace(clock));
        _mails = Channel.CreateBounded<ConsoleMail>(
            new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropWrite }, mail => LogTooMany(mail.Subject, mail.To, MostWaiting));
    }

    /// <summary>
    /// Adds a mail with links to the console; dropped when a thousand are waiting, when the address got one of its kind just now,
    /// and when nobody says under which address people reach the console.
    /// </summary>
    public void AddLinked(PublicAddress? site, Func<PublicAddress, ConsoleMail> compose)
    {
        if (site is null)
        {
            LogNoAddress(PublicAddress.Setting);
        }
        else if (compose(site) is var mail && _pace.Take(mail))
        {
            _mails.Writer.TryWrite(mail);
        }
    }

    /// <summary>Sends what is waiting and what is due again, and returns when each was tried.</summary>
    public async Task FlushAsync(CancellationToken ct = default)
    {
        await _sending.WaitAsync(ct);
        try
        {
            while (_again.TryPeek(out _, out var due) && due <= _clock.GetUtcNow().UtcDateTime)
            {
                var (mail, tries) = _again.Dequeue();
                await TrySendAsync(mail, tries, ct);
            }

            while (_mails.Reader.TryRead(out var mail))
            {
                await TrySendAsync(mail, 0, ct);
            }
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _sending.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.WhenAll(SendNewAsync(stoppingToken), SendAgainAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // Stopping: what is still waiting is sent below.
        }

        await FlushAsync(CancellationToken.None);
        while (_again.TryDequeue(out var waiting, out _))
        {
            LogStopped(waiting.Mail.Subject, waiting.Mail.To, waiting.Tries);
        }
    }

    // None of the two ends in the middle of a mail: it would be sent twice, or not at all.
    private async Task SendNewAsync(CancellationToken stoppingToken)
    {
        while (await _mails.Reader.WaitToReadAsync(stoppingToken))
        {
            await FlushAsync(CancellationToken.None);
        }
    }

    private async Task SendAgainAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace, _clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await FlushAsync(CancellationToken.None);
        }
    }

    private async Task TrySendAsync(ConsoleMail mail, int tries, CancellationToken ct)
    {
        var attempt = await _sender.TryAsync(mail, ct);
        if (attempt.Outcome == MailOutcome.Later && tries < Waits.Count)
        {
            _again.Enqueue((mail, tries + 1), _clock.GetUtcNow().UtcDateTime + Waits[tries]);
            LogAgain(attempt.Failure, mail.Subject, mail.To, Waits[tries]);
        }
        else if (attempt.Outcome != MailOutcome.Sent)
        {
            LogGivenUp(attempt.Failure, mail.Subject, mail.To, tries + 1);
        }
    }

    [LoggerMessage(LogLevel.Error, "A mail was not sent: set {Setting} to the address under which people reach the console. Without it the links would lead where the Host header of a request says.")]
    private partial void LogNoAddress(string setting);

    [LoggerMessage(LogLevel.Warning, "The mail \"{Subject}\" to {To} could not be sent. It is tried again in {Wait}.")]
    private partial void LogAgain(Exception? failure, string subject, string to, TimeSpan wait);

    [LoggerMessage(LogLevel.Error, "The mail \"{Subject}\" to {To} was given up after {Tries} tries.")]
    private partial void LogGivenUp(Exception? failure, string subject, string to, int tries);

    [LoggerMessage(LogLevel.Error, "The mail \"{Subject}\" to {To} was dropped: {Most} mails are waiting already.")]
    private partial void LogTooMany(string subject, string to, int most);

    [LoggerMessage(LogLevel.Error, "The mail \"{Subject}\" to {To} was not sent before the server stopped, after {Tries} tries.")]
    private partial void LogStopped(string subject, string to, int tries);
}
