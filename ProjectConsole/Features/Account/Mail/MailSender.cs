using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Security.Authentication;
using Microsoft.Extensions.Options;
using ProjectConsole.Data;

namespace ProjectConsole.Features.Account.Mail;

/// <summary>Hands one mail to the SMTP server; without a server it becomes a text file in the data directory, and the log says where.</summary>
public sealed partial class MailSender(IOptions<MailSettings> settings, DataDirectory directory, TimeProvider clock, ILogger<MailSender> logger)
{
    /// <summary>
    /// How long one conversation with the server may take. The client's own limit holds for its blocking calls only: a server
    /// that takes the connection and says nothing would keep every later mail back.
    /// </summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>Tries once.</summary>
    internal async Task<MailAttempt> TryAsync(ConsoleMail mail, CancellationToken ct = default)
    {
        using var time = new CancellationTokenSource(Longest, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, ct);
        try
        {
            await (settings.Value.Host == "" ? WriteAsync(mail, either.Token) : SendAsync(mail, either.Token));
            return MailAttempt.Sent;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new(MailOutcome.Later, new TimeoutException($"The mail server did not answer within {Longest.TotalSeconds:0} seconds."));
        }
        catch (Exception failure) when (IsForGood(failure))
        {
            return new(MailOutcome.Never, failure);
        }
        catch (Exception failure) when (failure is SmtpException or IOException or UnauthorizedAccessException or AuthenticationException)
        {
            return new(MailOutcome.Later, failure);
        }
    }

    // 5xx is the server's last word on this mail (RFC 5321 section 4.2.1). A mail that cannot even be put into its form gets
    // no better by waiting. Signing in and TLS fail with 5xx too, and those an operator mends.
    private static bool IsForGood(Exception failure) => failure switch
    {
        FormatException or ArgumentException => true,
        SmtpException { StatusCode: SmtpStatusCode.MustIssueStartTlsFirst or SmtpStatusCode.ClientNotPermitted } => false,
        SmtpException refused => (int)refused.StatusCode >= 500,
        _ => false,
    };

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
        var name = string.Create(CultureInfo.InvariantCulture, $"{clock.GetUtcNow():yyyyMMdd-HHmmss}-{Guid.CreateVersion7():N}.txt");
        var file = Path.Combine(directory.Folder("mail"), name);
        await File.WriteAllTextAsync(file, $"From: {settings.Value.From}\nTo: {mail.To}\nSubject: {mail.Subject}\n\n{mail.Text}\n", ct);
        LogWritten(file);
    }

    [LoggerMessage(LogLevel.Information, "No mail server is set (Email:Host), so the mail was written to {File}")]
    private partial void LogWritten(string file);
}

/// <summary>What became of one try to send a mail.</summary>
internal enum MailOutcome
{
    /// <summary>The server took it.</summary>
    Sent,

    /// <summary>It failed now; later it may not.</summary>
    Later,

    /// <summary>It is refused for good.</summary>
    Never,
}

/// <summary>What became of one try, and why.</summary>
internal sealed record MailAttempt(MailOutcome Outcome, Exception? Failure)
{
    public static MailAttempt Sent { get; } = new(MailOutcome.Sent, null);
}
