using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ProjectConsole.CommandLine;

/// <summary>
/// Listens on this machine alone for the answer that a browser brings (RFC 8252, 7.3). Anybody here can connect: what does not
/// carry the state of this login is told that there is nothing, and the waiting goes on.
/// </summary>
internal sealed class LoopbackListener : IDisposable
{
    private const int LongestHead = 16 * 1024;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly TaskCompletionSource<string?> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _ends = new();
    private readonly string _state;

    /// <summary>Begins to listen.</summary>
    /// <param name="state">What the answer must carry.</param>
    public LoopbackListener(string state)
    {
        _state = state;
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The code; null where the person refused.</summary>
    public Task<string?> AnswerAsync() => _answer.Task;

    /// <inheritdoc/>
    public void Dispose()
    {
        _ends.Cancel();
        _listener.Dispose();
        _ends.Dispose();
    }

    // Each by itself: browsers open connections ahead and send nothing through them.
    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_ends.Token));
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or ObjectDisposedException)
        {
            // The login is over.
        }
        catch (SocketException failure)
        {
            _answer.TrySetException(new IOException(failure.Message, failure));
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                var query = QueryOf(await ReadHeadAsync(stream));
                var isAnswer = query.GetValueOrDefault("state") == _state && (query.ContainsKey("code") || query.ContainsKey("error"));
                var code = isAnswer ? query.GetValueOrDefault("code") : null;
                var said = !isAnswer ? "Nothing is here." : code is null ? "Refused. The terminal knows it." : "Confirmed. Go back to the terminal.";
                try
                {
                    await stream.WriteAsync(Page(isAnswer ? "200 OK" : "404 Not Found", said), _ends.Token);
                }
                finally
                {
                    // After the page, because the waiting ends this; and also where the browser did not wait for the page.
                    if (isAnswer)
                    {
                        _answer.TrySetResult(code);
                    }
                }
            }
            catch (Exception gone) when (gone is IOException or OperationCanceledException or ObjectDisposedException)
            {
                // A connection that ended early is no answer.
            }
        }
    }

    private async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        var (buffer, length) = (new byte[LongestHead], 0);
        while (length < buffer.Length && await stream.ReadAsync(buffer.AsMemory(length), _ends.Token) is > 0 and var read)
        {
            length += read;
            if (buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8) >= 0)
            {
                break;
            }
        }

        return Encoding.ASCII.GetString(buffer, 0, length);
    }

    // Of "GET /?code=...&state=... HTTP/1.1". Nothing but the first line counts.
    private static Dictionary<string, string> QueryOf(string head)
    {
        var words = head.Split("\r\n", 2)[0].Split(' ');
        if (words is not ["GET", ['/', '?', .. var query], ..])
        {
            return [];
        }

        return query.Split('&').Select(pair => pair.Split('=', 2)).Where(pair => pair.Length == 2)
            .GroupBy(pair => pair[0]).ToDictionary(group => group.Key, group => Uri.UnescapeDataString(group.First()[1]));
    }

    private static byte[] Page(string status, string said)
    {
        var body = $"<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"color-scheme\" content=\"light dark\"><title>ProjectConsole</title><main><h1>{said}</h1></main></html>";
        return Encoding.UTF8.GetBytes(
            $"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n{body}");
    }
}
