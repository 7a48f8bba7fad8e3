using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ProjectConsole.Tests.Infrastructure;

/// <summary>A mail server on loopback that speaks SMTP with whoever connects and keeps what it takes.</summary>
public sealed class SmtpSink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly ConcurrentQueue<SinkMail> _mails = new();
    private readonly ConcurrentQueue<string> _commands = new();
    private readonly ConcurrentBag<Task> _conversations = [];
    private readonly TaskCompletionSource _silent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _accepting;

    /// <summary>Listens on a free port.</summary>
    public SmtpSink()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>The port.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Answers per command, such as <c>["RCPT"] = "550 No such mailbox"</c>; "" says nothing and keeps the line open.</summary>
    public ConcurrentDictionary<string, string> Answers { get; } = new();

    /// <summary>Ends when the sink owes somebody an answer that it does not give.</summary>
    public Task IsSilent => _silent.Task;

    /// <summary>The name and password that AUTH takes; without it the sink offers none.</summary>
    public (string Name, string Password)? Account { get; init; }

    /// <summary>What was taken, oldest first.</summary>
    public IReadOnlyList<SinkMail> Mails => [.. _mails];

    /// <summary>Every command line, without what DATA carried.</summary>
    public IReadOnlyList<string> Commands => [.. _commands];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_conversations);
        _listener.Dispose();
        _closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _conversations.Add(ConverseAsync(await _listener.AcceptTcpClientAsync(_closing.Token)));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException)
        {
            // Closed.
        }
    }

    private async Task ConverseAsync(TcpClient client)
    {
        using var connection = client;
        await using var stream = connection.GetStream();
        try
        {
            using var reader = new StreamReader(stream, Encoding.Latin1, leaveOpen: true);
            await new Conversation(this, stream, reader).RunAsync(_closing.Token);
        }
        catch (Exception end) when (end is OperationCanceledException or IOException)
        {
            // The client hung up, or the sink is closed.
        }
    }

    private sealed class Conversation(SmtpSink sink, Stream stream, StreamReader reader)
    {
        private readonly List<string> _recipients = [];
        private string _sender = "";

        public async Task RunAsync(CancellationToken ct)
        {
            await SayAsync(sink.Answers.GetValueOrDefault("CONNECT") ?? "220 sink.test ESMTP", ct);
            while (await reader.ReadLineAsync(ct) is { } line)
            {
                sink._commands.Enqueue(line);
                var verb = line.Split(' ')[0].ToUpperInvariant();
                await (sink.Answers.TryGetValue(verb, out var answer) ? SayAsync(answer, ct) : AnswerAsync(verb, line, ct));
                if (verb == "QUIT")
                {
                    return;
                }
            }
        }

        private Task AnswerAsync(string verb, string line, CancellationToken ct)
        {
            switch (verb)
            {
                case "EHLO":
                    return SayAsync(sink.Account is null ? "250 sink.test" : "250-sink.test\r\n250 AUTH LOGIN", ct);
                case "AUTH":
                    return AuthenticateAsync(line, ct);
                case "MAIL":
                    _sender = Address(line);
                    return SayAsync("250 OK", ct);
                case "RCPT":
                    _recipients.Add(Address(line));
                    return SayAsync("250 OK", ct);
                case "DATA":
                    return TakeAsync(ct);
                case "RSET":
                    _recipients.Clear();
                    return SayAsync("250 OK", ct);
                case "HELO" or "NOOP":
                    return SayAsync("250 OK", ct);
                case "QUIT":
                    return SayAsync("221 Bye", ct);
                default:
                    return SayAsync("502 Unknown command", ct);
            }
        }

        private async Task AuthenticateAsync(string line, CancellationToken ct)
        {
            var name = line.Split(' ') is [_, _, var given] ? given : await AskAsync("VXNlcm5hbWU6", ct);
            var password = await AskAsync("UGFzc3dvcmQ6", ct);
            await SayAsync((Plain(name), Plain(password)) == sink.Account ? "235 Authenticated" : "535 Authentication failed", ct);

            static string Plain(string text) => Encoding.UTF8.GetString(Convert.FromBase64String(text));
        }

        private async Task<string> AskAsync(string question, CancellationToken ct)
        {
            await SayAsync($"334 {question}", ct);
            return await reader.ReadLineAsync(ct) ?? "";
        }

        private async Task TakeAsync(CancellationToken ct)
        {
            await SayAsync("354 End with a dot", ct);
            var lines = new List<string>();
            while (await reader.ReadLineAsync(ct) is { } line && line != ".")
            {
                // A line that begins with a dot comes with one more (RFC 5321 section 4.5.2).
                lines.Add(line.StartsWith('.') ? line[1..] : line);
            }

            if (sink.Answers.TryGetValue("TAKEN", out var refusal))
            {
                await SayAsync(refusal, ct);
                return;
            }

            sink._mails.Enqueue(SinkMail.Read(_sender, [.. _recipients], lines));
            await SayAsync("250 Taken", ct);
        }

        private async Task SayAsync(string answer, CancellationToken ct)
        {
            if (answer == "")
            {
                sink._silent.TrySetResult();
            }
            else
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes(answer + "\r\n"), ct);
            }
        }

        private static string Address(string line) => line[(line.IndexOf('<') + 1)..line.IndexOf('>')];
    }
}
