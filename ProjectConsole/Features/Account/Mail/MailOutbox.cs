using System.Net;
using System.Net.Mail;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using ProjectConsole.Data;

namespace ProjectConsole.Features.Account.Mail;

/// <summary>
/// Sends mails in the background, so that how long an answer takes does not tell whether a mail went out. Without a server
/// they land as text files in the data directory, and the log says where.
/// </summary>
public sealed partial class MailOutbox(IOptions<MailSettings> settings, DataDirectory directory, TimeProvider clock, ILogger<MailOutbox> logger) : BackgroundService
{
    private readonly Channel<ConsoleMail> _mails = Channel.CreateBounded<ConsoleMail>(new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly MailPace _pace = new(clock);
    private readonly SemaphoreSlim _sending = new(1, 1);

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

    /// <summary>Sends what is waiting, and returns when it is sent.</summary>
    public async Task FlushAsync(CancellationToken ct = default)
    {
        await _sending.WaitAsync(ct);
        try
        {
            while (_mails.Reader.TryRead(out var mail))
            {
                await TrySendAsync(mail, ct);
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
            while (await _mails.Reader.WaitToReadAsync(stoppingToken))
            {
                await FlushAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping: what is still waiting is sent below.
        }

        await FlushAsync(CancellationToken.None);
    }

    private async Task TrySendAsync(ConsoleMail mail, CancellationToken ct)
    {
        try
        {
            await (settings.Value.Host == "" ? WriteAsync(mail, ct) : SendAsync(mail, ct));
        }
        catch (Exception failure) when (failure is SmtpException or IOException or UnauthorizedAccessException)
        {
            LogFailed(failure, mail.Subject);
        }
    }

    private async Task SendAsync(ConsoleMail mail, CancellationToken ct)
    {
        var server = settings.Value;
        using var client = new SmtpClient(server.Host, server.Port) { EnableSsl = server.UseTls };
        if (server.UserName != "")
        {
            client.Credentials = new NetworkCredential(server.UserName, server.Password);
        }

        using var message = new MailMessage(server.From, mail.To, mail.Subject, mail.Text);
        await client.SendMailAsync(message, ct);
    }

    private async Task WriteAsync(ConsoleMail mail, CancellationToken ct)
    {
        var file = Path.Combine(directory.Folder("mail"), $"{clock.GetUtcNow():yyyyMMdd-HHmmss}-{Guid.CreateVersion7():N}.txt");
        await File.WriteAllTextAsync(file, $"From: {settings.Value.From}\nTo: {mail.To}\nSubject: {mail.Subject}\n\n{mail.Text}\n", ct);
        LogWritten(file);
    }

    [LoggerMessage(LogLevel.Information, "No mail server is set (Email:Host), so the mail was written to {File}")]
    private partial void LogWritten(string file);

    [LoggerMessage(LogLevel.Error, "A mail was not sent: set {Setting} to the address under which people reach the console. Without it the links would lead where the Host header of a request says.")]
    private partial void LogNoAddress(string setting);

    [LoggerMessage(LogLevel.Error, "The mail \"{Subject}\" could not be sent.")]
    private partial void LogFailed(Exception failure, string subject);
}
