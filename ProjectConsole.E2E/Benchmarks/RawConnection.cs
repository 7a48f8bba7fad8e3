using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ProjectConsole.E2E.Benchmarks;

/// <summary>
/// One kept HTTP/1.1 connection that sends bytes made beforehand and reads just enough of an answer to know its end. The load
/// generator shares the cores with the server, and an HttpClient would take about as much of them as the calls that it measures.
/// </summary>
internal sealed class RawConnection : IDisposable
{
    private static readonly byte[] HeadEnd = "\r\n\r\n"u8.ToArray();
    private static readonly byte[] LastChunk = "\r\n0\r\n\r\n"u8.ToArray();

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _read = new byte[64 * 1024];

    private RawConnection()
    {
    }

    /// <summary>Connects over loopback.</summary>
    public static async Task<RawConnection> OpenAsync(Uri server)
    {
        var connection = new RawConnection();
        await connection._socket.ConnectAsync(IPAddress.Loopback, server.Port);
        return connection;
    }

    /// <summary>The bytes of a call.</summary>
    public static byte[] Call(string method, string path, string key, string contentType = "application/json", string body = "") => Encoding.ASCII.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{method} {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {key}\r\n{Content(contentType, body)}\r\n{body}"));

    /// <summary>Sends a call and answers its status, once the answer is there as a whole.</summary>
    public async Task<int> SendAsync(byte[] call)
    {
        await _socket.SendAsync(call);
        var (length, end) = (0, -1);
        while (end < 0 || length < end)
        {
            if (length == _read.Length)
            {
                Array.Resize(ref _read, 2 * _read.Length);
            }

            var more = await _socket.ReceiveAsync(_read.AsMemory(length));
            if (more == 0)
            {
                throw new InvalidOperationException("The server closed a kept connection.");
            }

            length += more;
            end = End(_read.AsSpan(0, length));
        }

        return int.Parse(_read.AsSpan("HTTP/1.1 ".Length, 3), CultureInfo.InvariantCulture);
    }

    public void Dispose() => _socket.Dispose();

    private static string Content(string type, string body) =>
        body.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"Content-Type: {type}\r\nContent-Length: {body.Length}\r\n");

    // Where the answer ends; -1 while that cannot be told.
    private static int End(ReadOnlySpan<byte> answer)
    {
        if (answer.IndexOf(HeadEnd) is not (var head and >= 0))
        {
            return -1;
        }

        var start = head + HeadEnd.Length;
        var words = Encoding.ASCII.GetString(answer[..head]);
        if (words.Contains("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase))
        {
            return answer[head..].EndsWith(LastChunk) ? answer.Length : -1;
        }

        var field = words.IndexOf("Content-Length: ", StringComparison.OrdinalIgnoreCase);
        return field < 0 ? start : start + int.Parse(words.AsSpan(field + "Content-Length: ".Length).TrimEnd().ToString().Split('\r')[0], CultureInfo.InvariantCulture);
    }
}
