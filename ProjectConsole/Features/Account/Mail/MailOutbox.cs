using ProjectConsole.Data;
using ProjectConsole.Domain.Accounts;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Account.Mail;

/// <summary>
/// Writes mails with the command that causes them, and sends them in the background: how long an answer takes does not tell
/// whether a mail went out, and a crash loses none. What a server does not take is tried again, ever later; a mail that is given
/// up is in the log and in the audit log with its address.
/// </summary>
public sealed partial class MailOutbox(MailQueue queue, MailSender sender, TimeProvider clock, ILogger<MailOutbox> logger) : BackgroundService
{
    /// <summary>How long a mail waits after each try that failed; then it is given up. The links in mails outlive the sum.</summary>
    public static readonly IReadOnlyList<TimeSpan> Waits =
    [
        TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10),
        TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(30), TimeSpan.FromHours(1), TimeSpan.FromHours(1),
    ];

    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Forgets = TimeSpan.FromHours(1);

    private readonly MailPace _pace = new(clock);
    private readonly SemaphoreSlim _sending = new(1, 1);
    private DateTime _forgottenUtc = clock.GetUtcNow().UtcDateTime;

    /// <summary>
    /// Whether a mail with links may be written: false when the address got one of its kind just now, and when nobody says
    /// under which address people reach the console. Asked once, before the command.
    /// </summary>
    public bool Takes(PublicAddress? site, string to, string kind)
    {
        if (site is null)
        {
            LogNoAddress(PublicAddress.Setting);
            return false;
        }

        return _pace.Take(to, kind);
    }

    /// <summary>Adds a mail to an open transaction; <see cref="MailQueue.Wake"/> follows the commit.</summary>
    public static void Write(ConsoleDbContext db, ConsoleMail mail, DateTime nowUtc) => db.OutgoingMails.Add(new OutgoingMail(mail.To, mail.Subject, mail.Text, nowUtc));

    /// <summary>Sends what is due at once instead of at the next tick.</summary>
    public void Wake() => queue.Wake();

    /// <summary>Sends what is due, and returns when each was tried.</summary>
    public async Task FlushAsync(CancellationToken ct = default)
    {
        await _sending.WaitAsync(ct);
        try
        {
            while (await queue.ClaimAsync(ct) is { } mail)
            {
                await SendAsync(mail);
            }

            if (clock.GetUtcNow().UtcDateTime - _forgottenUtc >= Forgets)
            {
                _forgottenUtc = clock.GetUtcNow().UtcDateTime;
                await queue.ForgetAsync(ct);
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
            await Task.WhenAll(SendWokenAsync(stoppingToken), SendDueAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // Stopping: what still waits is in the database.
        }
    }

    private async Task SendWokenAsync(CancellationToken stoppingToken)
    {
        await foreach (var _ in queue.WakesAsync(stoppingToken))
        {
            await TryFlushAsync(stoppingToken);
        }
    }

    private async Task SendDueAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace, clock);
        do
        {
            await TryFlushAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task TryFlushAsync(CancellationToken stoppingToken)
    {
        try
        {
            await FlushAsync(stoppingToken);
        }
        catch (Exception failure) when (AccessWatch.IsOfDatabase(failure))
        {
            // The next tick tries again.
            LogNoDatabase(failure);
        }
    }

    // Not ended by a stop: a mail that was sent and not noted would be sent twice.
    private async Task SendAsync(OutgoingMail mail)
    {
        var attempt = await sender.TryAsync(new ConsoleMail(mail.To, mail.Subject, mail.Body), CancellationToken.None);
        ConsoleMeter.TriedMail(attempt.Outcome.ToString());
        if (attempt.Outcome == MailOutcome.Sent)
        {
            await queue.SentAsync(mail, CancellationToken.None);
        }
        else if (attempt.Outcome == MailOutcome.Later && mail.Attempts < Waits.Count)
        {
            await queue.AgainAsync(mail, Waits[mail.Attempts], CancellationToken.None);
            LogAgain(attempt.Failure, mail.Subject, mail.To, Waits[mail.Attempts]);
        }
        else
        {
            await queue.GiveUpAsync(mail, CancellationToken.None);
            LogGivenUp(attempt.Failure, mail.Subject, mail.To, mail.Attempts + 1);
        }
    }

    [LoggerMessage(LogLevel.Error, "A mail was not sent: set {Setting} to the address under which people reach the console. Without it the links would lead where the Host header of a request says.")]
    private partial void LogNoAddress(string setting);

    [LoggerMessage(LogLevel.Warning, "The mail \"{Subject}\" to {To} could not be sent. It is tried again in {Wait}.")]
    private partial void LogAgain(Exception? failure, string subject, string to, TimeSpan wait);

    [LoggerMessage(LogLevel.Error, "The mail \"{Subject}\" to {To} was given up after {Tries} tries.")]
    private partial void LogGivenUp(Exception? failure, string subject, string to, int tries);

    [LoggerMessage(LogLevel.Error, "The mails that wait could not be read or noted.")]
    private partial void LogNoDatabase(Exception failure);
}
