using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ProjectConsole.Data;
using ProjectConsole.Domain.Accounts;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Features.Account;
using ProjectConsole.Features.Account.Mail;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Account;

/// <summary>Real conversations with a mail server.</summary>
public sealed partial class MailTests : IAsyncLifetime, IAsyncDisposable
{
    private TestDatabase _database = null!;
    private readonly KeptLog _log = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("projectconsole-mails-");
    private SmtpSink _sink = new();

    private TestClock Clock => _database.Clock;

    public async Task InitializeAsync() => _database = await TestDatabase.CreateAsync();

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        await _sink.DisposeAsync();
        await _database.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Forgot_WithAMailServer_SendsALinkThatWorks()
    {
        await using var server = new ConsoleServer();
        server.Settings["Email:Host"] = "127.0.0.1";
        server.Settings["Email:Port"] = $"{_sink.Port}";
        server.Settings["Email:UseTls"] = "false";
        server.Settings["Email:From"] = "console@acme.test";
        var user = await server.AddAccountAsync("ann@acme.test");
        using var browser = server.OpenBrowser();

        using var asked = await browser.SubmitAsync("/account/forgot-password", ("Input.Email", user.Email!));
        await server.Services.GetRequiredService<MailOutbox>().FlushAsync();

        var mail = Assert.Single(_sink.Mails);
        Assert.Equal(("console@acme.test", "ann@acme.test"), (mail.Sender, Assert.Single(mail.Recipients)));
        Assert.Equal("Choose a new password", mail.Headers["Subject"]);
        using var reset = await browser.SubmitAsync(Link().Match(mail.Text).Groups["path"].Value, ("Input.Password", "several plain words"));
        Assert.Contains("Your password is changed", await reset.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Send_LinesThatBeginWithADotAndOtherLetters_ArriveAsTheyWere()
    {
        using var outbox = Outbox();
        var text = "first\n.\n..two\n.three\nпривет";

        await SendAsync(outbox, new("ann@acme.test", "Zusätzlich", text));

        Assert.Equal(text, Assert.Single(_sink.Mails).Text.TrimEnd('\n'));
    }

    [Fact]
    public async Task Send_WithAnAccount_SignsIn()
    {
        await _sink.DisposeAsync();
        _sink = new SmtpSink { Account = ("mailer", "secret words") };
        using var outbox = Outbox(settings => (settings.UserName, settings.Password) = ("mailer", "secret words"));

        await SendAsync(outbox);

        Assert.Single(_sink.Mails);
        Assert.Contains(_sink.Commands, command => command.StartsWith("AUTH", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("CONNECT", "421 Too busy")]
    [InlineData("MAIL", "451 Try later")]
    [InlineData("RCPT", "450 Mailbox busy")]
    [InlineData("TAKEN", "452 Disk full")]
    public async Task Send_ServerFailsForNow_TriesAgainWhenItsTimeHasCome(string command, string answer)
    {
        _sink.Answers[command] = answer;
        using var outbox = Outbox();
        await SendAsync(outbox);
        Assert.Empty(_sink.Mails);
        Assert.Contains(_log.Entries, entry => entry.Level == LogLevel.Warning && entry.Text.Contains("ann@acme.test", StringComparison.Ordinal));
        _sink.Answers.Clear();

        Clock.Advance(MailOutbox.Waits[0] - TimeSpan.FromSeconds(1));
        await outbox.FlushAsync();
        Assert.Empty(_sink.Mails);

        Clock.Advance(TimeSpan.FromSeconds(1));
        await outbox.FlushAsync();
        await outbox.FlushAsync();
        Assert.Single(_sink.Mails);
    }

    [Fact]
    public async Task Send_ServerFailsEachTime_WaitsEverLongerAndIsGivenUpAloud()
    {
        _sink.Answers["MAIL"] = "451 Try later";
        using var outbox = Outbox();
        await SendAsync(outbox);

        Assert.Equal(MailOutbox.Waits.Order(), MailOutbox.Waits);
        Assert.True(MailOutbox.Waits.Aggregate((sum, wait) => sum + wait) < AccountFeature.LinkLifetime);
        foreach (var wait in MailOutbox.Waits)
        {
            Assert.DoesNotContain(_log.Entries, entry => entry.Level == LogLevel.Error);
            Clock.Advance(wait);
            await outbox.FlushAsync();
        }

        Assert.Contains("ann@acme.test", Assert.Single(_log.Entries, entry => entry.Level == LogLevel.Error).Text);
        Assert.Equal(MailOutbox.Waits.Count + 1, _sink.Commands.Count(command => command.StartsWith("MAIL", StringComparison.Ordinal)));
        Clock.Advance(TimeSpan.FromDays(1));
        await outbox.FlushAsync();
        Assert.Empty(_sink.Mails);
    }

    [Theory]
    [InlineData("RCPT", "550 No such mailbox")]
    [InlineData("MAIL", "553 Not from you")]
    [InlineData("TAKEN", "554 Looks like spam")]
    public async Task Send_ServerRefusesForGood_IsGivenUpAtOnceAndTheNextMailGoesOut(string command, string answer)
    {
        _sink.Answers[command] = answer;
        using var outbox = Outbox();

        await SendAsync(outbox);

        Assert.Contains("ann@acme.test", Assert.Single(_log.Entries, entry => entry.Level == LogLevel.Error).Text);
        _sink.Answers.Clear();
        await SendAsync(outbox, new("ben@acme.test", "Hello", "text"));
        Assert.Equal(["ben@acme.test"], Assert.Single(_sink.Mails).Recipients);
    }

    [Fact]
    public async Task Send_NobodyListens_IsTriedAgain()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        using var outbox = Outbox(settings => settings.Port = port);

        await SendAsync(outbox);

        Assert.Equal(LogLevel.Warning, Assert.Single(_log.Entries).Level);
    }

    [Fact]
    public async Task Send_PasswordRefused_IsTriedAgain()
    {
        await _sink.DisposeAsync();
        _sink = new SmtpSink { Account = ("mailer", "secret words") };
        _sink.Answers["MAIL"] = "530 Authentication required";
        using var outbox = Outbox(settings => (settings.UserName, settings.Password) = ("mailer", "wrong"));

        await SendAsync(outbox);

        Assert.Equal(LogLevel.Warning, Assert.Single(_log.Entries).Level);
    }

    [Fact]
    public async Task Send_TlsAskedForAndNotOffered_SendsNothingInTheClear()
    {
        using var outbox = Outbox(settings => settings.UseTls = true);

        await SendAsync(outbox);

        Assert.Equal(LogLevel.Warning, Assert.Single(_log.Entries).Level);
        Assert.DoesNotContain(_sink.Commands, command => command.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Send_ServerSaysNothing_IsTriedAgainAfterAMinute()
    {
        _sink.Answers["MAIL"] = "";
        using var outbox = Outbox();
        var sending = SendAsync(outbox);
        await _sink.IsSilent;

        Clock.Advance(MailSender.Longest);
        await sending;

        Assert.Equal(LogLevel.Warning, Assert.Single(_log.Entries).Level);
    }

    [Fact]
    public async Task Send_AddressThatNoMailCanHave_StopsNothing()
    {
        using var outbox = Outbox();

        await SendAsync(outbox, new("a..b.@acme.test", "Hello", "text"));
        await SendAsync(outbox);

        Assert.Equal(["ann@acme.test"], Assert.Single(_sink.Mails).Recipients);
        Assert.Single(_log.Entries, entry => entry.Level == LogLevel.Error);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no address")]
    public async Task Send_SenderThatNoMailCanHave_StopsNothing(string sender)
    {
        using var outbox = Outbox(settings => settings.From = sender);

        await SendAsync(outbox);

        Assert.Single(_log.Entries, entry => entry.Level == LogLevel.Error);
    }

    [Fact]
    public async Task Send_NodeThatDiedInTheMiddle_IsFollowedByAnotherOnceItsTurnIsOver()
    {
        await _database.AddAsync(new OutgoingMail("ann@acme.test", "Hello", "text", Clock.UtcNow));
        Assert.NotNull(await _database.Get<MailQueue>().ClaimAsync());
        using var outbox = Outbox();

        await outbox.FlushAsync();
        Assert.Empty(_sink.Mails);
        Clock.Advance(MailQueue.Lease);
        await outbox.FlushAsync();

        Assert.Single(_sink.Mails);
    }

    [Fact]
    public async Task Send_Done_EmptiesTheTextAndForgetsTheRestAfterAWeek()
    {
        using var outbox = Outbox();
        await SendAsync(outbox);
        var mail = await _database.ReadAsync(db => db.OutgoingMails.SingleAsync());
        Assert.Equal(("", (DateTime?)null, (DateTime?)Clock.UtcNow), (mail.Body, mail.NextUtc, mail.SentUtc));

        Clock.Advance(MailQueue.KeptFor + TimeSpan.FromHours(1));
        await outbox.FlushAsync();

        Assert.False(await _database.ReadAsync(db => db.OutgoingMails.AnyAsync()));
    }

    [Fact]
    public async Task Send_GivenUp_IsInTheAuditLogWithoutItsText()
    {
        _sink.Answers["RCPT"] = "550 No such mailbox";
        using var outbox = Outbox();
        await SendAsync(outbox);

        Assert.Equal("ann@acme.test", (await _database.ReadAsync(db => db.AuditEntries.SingleAsync(entry => entry.Action == AuditActions.MailGivenUp))).ObjectName);
        Assert.Equal("", (await _database.ReadAsync(db => db.OutgoingMails.SingleAsync())).Body);
    }

    [DatabaseTheory]
    public async Task Claim_ByTwoNodesAtOnce_GivesEachMailToOne(DatabaseKind kind)
    {
        const int Mails = 200;
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var other = database.OpenNode();
        await database.AddAsync([.. Enumerable.Range(0, Mails).Select(number => new OutgoingMail($"p{number}@acme.test", "Hello", "text", Clock.UtcNow))]);
        database.Clock.Advance(TimeSpan.FromSeconds(1));

        var claimed = await Task.WhenAll(new[] { database, other }.Select(node => Task.Run(async () =>
        {
            var mine = new List<string>();
            while (await node.Get<MailQueue>().ClaimAsync() is { } mail)
            {
                mine.Add(mail.To);
            }

            return mine;
        })));

        Assert.Equal(Mails, claimed.Sum(mine => mine.Count));
        Assert.Equal(Mails, claimed.SelectMany(mine => mine).Distinct().Count());
    }

    [GeneratedRegex(@"http://localhost(?<path>/account/\S+code=\S+)")]
    private static partial Regex Link();

    private async Task SendAsync(MailOutbox outbox, ConsoleMail? mail = null)
    {
        await using (var db = _database.Open())
        {
            MailOutbox.Write(db, mail ?? new("ann@acme.test", "Hello", "text"), Clock.UtcNow);
            await db.SaveChangesAsync();
        }

        await outbox.FlushAsync();
    }

    private MailOutbox Outbox(Action<MailSettings>? change = null)
    {
        var settings = new MailSettings { Host = "127.0.0.1", Port = _sink.Port, UseTls = false };
        change?.Invoke(settings);
        var files = DataDirectory.Of(new ConfigurationBuilder().Build(), new HostingEnvironment { ContentRootPath = _folder.FullName });
        var sender = new MailSender(Options.Create(settings), files, Clock, NullLogger<MailSender>.Instance);
        return new MailOutbox(_database.Get<MailQueue>(), sender, Clock, _log);
    }

    private sealed class KeptLog : ILogger<MailOutbox>
    {
        public List<(LogLevel Level, string Text)> Entries { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Entries.Add((logLevel, formatter(state, exception)));
    }
}
