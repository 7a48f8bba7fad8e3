using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ProjectConsole.E2E.Infrastructure;

/// <summary>
/// The built application as a process of its own on a free port. Unlike a host inside the test it can be killed and started
/// again on the same port, and two of them can share one database.
/// </summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(40);

    private readonly ServerOptions _options;
    private readonly bool _ownsDataDirectory;
    private readonly ConcurrentQueue<string> _output = new();
    private Process? _process;

    private ServerProcess(ServerOptions options)
    {
        _options = options;
        _ownsDataDirectory = options.DataDirectory is null;
        DataDirectory = options.DataDirectory ?? Directory.CreateTempSubdirectory("projectconsole-e2e-").FullName;
        // "localhost", because passkeys refuse an address of numbers.
        BaseAddress = new Uri($"http://localhost:{FreePort()}");
    }

    /// <summary>Where the server listens; the same after a restart.</summary>
    public Uri BaseAddress { get; }

    /// <summary>The server's data directory.</summary>
    public string DataDirectory { get; }

    /// <summary>Everything the server has written to its console, restarts included.</summary>
    public string Output => string.Join(Environment.NewLine, _output);

    /// <summary>The id of the running process.</summary>
    public int ProcessId => _process?.Id ?? throw new InvalidOperationException("The server is not running.");

    /// <summary>Starts a server and returns when it answers.</summary>
    public static async Task<ServerProcess> StartAsync(ServerOptions? options = null, CancellationToken ct = default)
    {
        var server = new ServerProcess(options ?? new ServerOptions());
        try
        {
            await server.StartAgainAsync(ct);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the stopped server on the port and the data directory it had.</summary>
    public async Task StartAgainAsync(CancellationToken ct = default)
    {
        if (_process is not null)
        {
            throw new InvalidOperationException("The server is running already.");
        }

        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _process = new Process { StartInfo = StartInfo(), EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Read(line.Data, listening);
        _process.ErrorDataReceived += (_, line) => Read(line.Data, listening);
        _process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException("The server ended while starting."));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        try
        {
            // Its own word first: on a taken port a stranger would answer the request below.
            await listening.Task.WaitAsync(StartTimeout, ct);
            using var client = CreateClient();
            using var health = await client.GetAsync("/healthz", ct);
            health.EnsureSuccessStatusCode();
        }
        catch (Exception reason) when (reason is not OperationCanceledException)
        {
            await KillAsync();
            throw new InvalidOperationException($"The server did not start. It wrote:{Environment.NewLine}{Output}", reason);
        }
    }

    /// <summary>Ends the server at once, as a crash or a power cut does.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            Forget();
        }
    }

    /// <summary>Asks the server to stop, waits until it has, and returns its exit code.</summary>
    public async Task<int> StopAsync(CancellationToken ct = default)
    {
        var process = _process ?? throw new InvalidOperationException("The server is not running.");
        // .NET has no call that sends SIGTERM.
        using var signal = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync(ct).WaitAsync(StopTimeout, ct);
        var code = process.ExitCode;
        Forget();
        return code;
    }

    /// <summary>A client for this server that keeps no cookies and follows no redirects.</summary>
    public HttpClient CreateClient() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = BaseAddress };

    /// <summary>A port on which nobody listens.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        if (_ownsDataDirectory && Directory.Exists(DataDirectory))
        {
            Directory.Delete(DataDirectory, recursive: true);
        }
    }

    private ProcessStartInfo StartInfo()
    {
        var start = new ProcessStartInfo("dotnet", [BuildOutput.ConsoleAssembly, "--urls", BaseAddress.GetLeftPart(UriPartial.Authority)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(BuildOutput.ConsoleAssembly),
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = _options.HostingEnvironment;
        start.Environment["Console__DataDirectory"] = DataDirectory;
        foreach (var (name, value) in _options.Settings)
        {
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        return start;
    }

    private void Read(string? line, TaskCompletionSource listening)
    {
        if (line is null)
        {
            return;
        }

        _output.Enqueue(line);
        if (line.Contains("Now listening on:", StringComparison.Ordinal))
        {
            listening.TrySetResult();
        }
    }

    private void Forget()
    {
        _process?.Dispose();
        _process = null;
    }
}
