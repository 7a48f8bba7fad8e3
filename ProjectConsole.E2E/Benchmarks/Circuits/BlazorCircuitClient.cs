using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace ProjectConsole.E2E.Benchmarks.Circuits;

/// <summary>
/// An open page without a browser: does over the wire what the framework's script does, draws nothing, and answers every call
/// of JavaScript with "done". Hundreds of browser pages would take more than the server that is measured.
/// </summary>
internal sealed class BlazorCircuitClient : IAsyncDisposable
{
    private const byte EndOfHandshake = 0x1e;

    private static readonly TimeSpan OpenTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(12);

    private readonly HttpClient _http;
    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly TaskCompletionSource<string> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _drawn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<string, TaskCompletionSource<object?>> _answers = new();
    private readonly ConcurrentQueue<string> _calls = new();
    private Stream _stream = Stream.Null;
    private Task _life = Task.CompletedTask;

    private BlazorCircuitClient(HttpClient http) => _http = http;

    /// <summary>How many bytes of rendering have come.</summary>
    public long RenderedBytes { get; private set; }

    /// <summary>Sees each batch of rendering.</summary>
    public Action<ReadOnlyMemory<byte>>? OnDrawn { get; set; }

    /// <summary>What the server asked of the browser so far, each as the name and the arguments.</summary>
    public IReadOnlyList<string> Calls => [.. _calls];

    /// <summary>The secret by which the circuit is taken up again.</summary>
    public Task<string> Circuit => _started.Task;

    /// <summary>Ends, with an error, when the server has closed the connection or said that the circuit failed.</summary>
    public Task Life => _life;

    /// <summary>Connects without opening a page, as somebody does who knows the protocol.</summary>
    public static async Task<BlazorCircuitClient> ConnectAsync(HttpClient http, CookieContainer cookies)
    {
        var client = new BlazorCircuitClient(http);
        await client.ConnectAsync(cookies);
        return client;
    }

    /// <summary>Calls a method of the hub.</summary>
    public Task TellAsync(string method, params object?[] arguments) => CallAsync(null, method, arguments);

    /// <summary>Calls a method of the hub and answers what it answered.</summary>
    public async Task<object?> AskAsync(string method, params object?[] arguments)
    {
        var id = Guid.NewGuid().ToString("N");
        var answer = _answers.GetOrAdd(id, _ => new TaskCompletionSource<object?>(TaskCreationOptions.RunContinuationsAsynchronously));
        await CallAsync(id, method, arguments);
        return await answer.Task.WaitAsync(OpenTimeout);
    }

    /// <summary>Breaks the connection and leaves the circuit waiting, as a lost network does.</summary>
    public async Task BreakAsync()
    {
        _socket.Abort();
        await _life.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    /// <summary>Opens a page in a circuit of its own and returns when its root components are drawn.</summary>
    public static async Task<BlazorCircuitClient> OpenAsync(HttpClient http, CookieContainer cookies, Uri address)
    {
        using var response = await http.GetAsync(address);
        response.EnsureSuccessStatusCode();
        var page = InteractivePage.Read(response.RequestMessage!.RequestUri!, await response.Content.ReadAsStringAsync());
        var client = new BlazorCircuitClient(http);
        try
        {
            await client.ConnectAsync(cookies);
            await client.StartAsync(page).WaitAsync(OpenTimeout);
            return client;
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }

    /// <summary>Throws when the circuit has broken since it was opened.</summary>
    public void EnsureAlive()
    {
        if (_life.IsCompleted)
        {
            throw new InvalidOperationException("A circuit has ended by itself.", _life.Exception?.InnerException);
        }
    }

    /// <summary>Closes the page as a person does; a connection that only breaks leaves its circuit waiting for the page to come back.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_started.Task.IsCompletedSuccessfully)
        {
            using var form = new FormUrlEncodedContent([new("circuitId", await _started.Task)]);
            using var response = await _http.PostAsync("/_blazor/disconnect", form);
        }

        await _closing.CancelAsync();
        await _life.ContinueWith(_ => { }, TaskScheduler.Default);
        _socket.Dispose();
        _sending.Dispose();
        _closing.Dispose();
    }

    private async Task ConnectAsync(CookieContainer cookies)
    {
        using var negotiation = await _http.PostAsync("/_blazor/negotiate?negotiateVersion=1", content: null);
        negotiation.EnsureSuccessStatusCode();
        var token = (string)JsonNode.Parse(await negotiation.Content.ReadAsStringAsync())!["connectionToken"]!;
        var address = new UriBuilder(new Uri(_http.BaseAddress!, "/_blazor")) { Scheme = "ws", Query = $"id={Uri.EscapeDataString(token)}" };
        _socket.Options.Cookies = cookies;
        _socket.Options.SetRequestHeader("Origin", _http.BaseAddress!.GetLeftPart(UriPartial.Authority));
        await _socket.ConnectAsync(address.Uri, _closing.Token);
        _stream = WebSocketStream.Create(_socket, WebSocketMessageType.Binary);
        await SendAsync([.. """{"protocol":"blazorpack","version":1}"""u8, EndOfHandshake]);
        await ReadHandshakeAsync();
        _life = Task.WhenAny(ReceiveAsync(), PingAsync()).Unwrap();
    }

    private async Task ReadHandshakeAsync()
    {
        var one = new byte[1];
        var answer = new StringBuilder();
        while (true)
        {
            await _stream.ReadExactlyAsync(one, _closing.Token);
            if (one[0] == EndOfHandshake)
            {
                break;
            }

            answer.Append((char)one[0]);
        }

        if (answer.ToString() != "{}")
        {
            throw new InvalidOperationException($"The server refused the handshake: {answer}");
        }
    }

    private async Task StartAsync(InteractivePage page)
    {
        var root = page.Address.GetLeftPart(UriPartial.Authority) + "/";
        await CallAsync("1", "StartCircuit", root, page.Address.AbsoluteUri, "[]", page.State);
        await _started.Task;
        await CallAsync(null, "UpdateRootComponents", page.Operations, page.State);
        await _drawn.Task;
    }

    private async Task ReceiveAsync()
    {
        try
        {
            while (true)
            {
                await AnswerAsync(await BlazorPackReader.ReadAsync(_stream, _closing.Token));
            }
        }
        catch (Exception reason)
        {
            // Whoever waits for the circuit has to hear of it too.
            _started.TrySetException(reason);
            _drawn.TrySetException(reason);
            throw;
        }
    }

    private Task AnswerAsync(IReadOnlyList<object?> message) => (HubMessage)(long)message[0]! switch
    {
        HubMessage.Invocation => AnswerCallAsync((string)message[3]!, (IReadOnlyList<object?>)message[4]!),
        HubMessage.Completion => Started(message),
        HubMessage.Close => throw new InvalidOperationException($"The server closed the connection: {message[1]}"),
        _ => Task.CompletedTask,
    };

    private Task Started(IReadOnlyList<object?> completion)
    {
        if (_answers.TryRemove((string)completion[2]!, out var asked))
        {
            asked.TrySetResult(completion.Count > 4 ? completion[4] : null);
            return Task.CompletedTask;
        }

        if (completion is [_, _, _, 3L, string circuit])
        {
            _started.TrySetResult(circuit);
            return Task.CompletedTask;
        }

        throw new InvalidOperationException("The server refused to start the circuit.");
    }

    private async Task AnswerCallAsync(string method, IReadOnlyList<object?> arguments)
    {
        if (method is "JS.BeginInvokeJS" or "JS.EndInvokeDotNet")
        {
            _calls.Enqueue(string.Join(' ', arguments.Prepend(method)));
        }

        switch (method)
        {
            case "JS.RenderBatch":
                var batch = (ReadOnlyMemory<byte>)arguments[1]!;
                RenderedBytes += batch.Length;
                OnDrawn?.Invoke(batch);
                await CallAsync(null, "OnRenderCompleted", arguments[0], null);
                break;
            case "JS.BeginInvokeJS" when (long)arguments[0]! is var handle and not 0:
                await CallAsync(null, "EndInvokeJSFromDotNet", handle, true, $"[{Number(handle)},true,{Result(arguments)}]");
                break;
            case "JS.EndUpdateRootComponents":
                _drawn.TrySetResult();
                break;
            case "JS.Error":
                throw new InvalidOperationException($"The circuit failed: {arguments[0]}");
        }
    }

    // What is asked for with an object of the browser gets a reference to one.
    private static string Result(IReadOnlyList<object?> call) =>
        call[3] is 1L ? $$"""{"__jsObjectId":{{Number((long)call[0]!)}}}""" : "null";

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private async Task PingAsync()
    {
        using var timer = new PeriodicTimer(PingEvery);
        while (await timer.WaitForNextTickAsync(_closing.Token))
        {
            await SendAsync(BlazorPackWriter.Ping);
        }
    }

    private Task CallAsync(string? id, string method, params object?[] arguments) => SendAsync(BlazorPackWriter.Invocation(id, method, arguments));

    private async Task SendAsync(byte[] message)
    {
        await _sending.WaitAsync(_closing.Token);
        try
        {
            await _socket.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, _closing.Token);
        }
        finally
        {
            _sending.Release();
        }
    }
}
