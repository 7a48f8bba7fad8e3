using System.Collections.Concurrent;
using System.Diagnostics;

namespace ProjectConsole.E2E.Infrastructure;

/// <summary>A program of the system that runs in the foreground while a journey lasts.</summary>
public sealed class ToolProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);

    private readonly ConcurrentQueue<string> _output = new();
    private readonly Process _process;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _readyText;

    private ToolProcess(ProcessStartInfo start, string readyText)
    {
        _readyText = readyText;
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.Exited += (_, _) => _ready.TrySetException(new InvalidOperationException($"{start.FileName} ended."));
    }

    /// <summary>Everything it has written.</summary>
    public string Output => string.Join(Environment.NewLine, _output);

    /// <summary>Ends with the program.</summary>
    public Task Ended => _process.WaitForExitAsync();

    /// <summary>Its exit code, once it has ended.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>Where a program is; null where it is not installed. Servers are not in everybody's path.</summary>
    public static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Concat(["/usr/local/sbin", "/usr/sbin", "/sbin"])
        .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    /// <summary>Starts a program and returns when it has written the given text; at once where it is empty.</summary>
    public static async Task<ToolProcess> StartAsync(string name, IEnumerable<string> arguments, string readyText)
    {
        var start = new ProcessStartInfo(Find(name) ?? throw new InvalidOperationException($"{name} is not installed."), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var tool = new ToolProcess(start, readyText);
        tool._process.Start();
        if (readyText == "")
        {
            tool._ready.SetResult();
        }

        tool._process.BeginOutputReadLine();
        tool._process.BeginErrorReadLine();
        try
        {
            await tool._ready.Task.WaitAsync(StartTimeout);
            return tool;
        }
        catch (Exception reason)
        {
            await tool.DisposeAsync();
            throw new InvalidOperationException($"{name} did not start. It wrote:{Environment.NewLine}{tool.Output}", reason);
        }
    }

    /// <summary>Runs a program to its end, and answers its exit code and what it wrote.</summary>
    public static async Task<(int Code, string Output)> RunAsync(string name, params string[] arguments)
    {
        var start = new ProcessStartInfo(Find(name) ?? name, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        _output.Enqueue(line);
        if (line.Contains(_readyText, StringComparison.Ordinal))
        {
            _ready.TrySetResult();
        }
    }
}
