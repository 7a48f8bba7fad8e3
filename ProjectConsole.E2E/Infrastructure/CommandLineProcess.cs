using System.Diagnostics;

namespace ProjectConsole.E2E.Infrastructure;

/// <summary>The program as a command line, with settings of its own. What stands for its browser opens nothing: the journey is the browser.</summary>
internal sealed class CommandLineProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private CommandLineProcess(Process process) => _process = process;

    /// <summary>Types a command.</summary>
    /// <param name="settings">The folder of its settings.</param>
    /// <param name="arguments">What is typed.</param>
    public static CommandLineProcess Start(string settings, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [BuildOutput.ConsoleAssembly, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = settings,
        };
        (start.Environment["XDG_CONFIG_HOME"], start.Environment["BROWSER"]) = (settings, "true");
        return new(Process.Start(start)!);
    }

    /// <summary>The address that it shows to the person.</summary>
    public async Task<string> AddressAsync()
    {
        while (await _process.StandardError.ReadLineAsync().WaitAsync(Patience) is { } line)
        {
            if (line.IndexOf("http", StringComparison.Ordinal) is >= 0 and var at && line.Contains("/account/", StringComparison.Ordinal))
            {
                return line[at..];
            }
        }

        throw new InvalidOperationException("The command ended without showing an address.");
    }

    /// <summary>Types a line into it.</summary>
    public Task TypeAsync(string line) => _process.StandardInput.WriteLineAsync(line);

    /// <summary>Its end: exit code and output.</summary>
    public async Task<(int Code, string Output)> EndAsync()
    {
        var output = await _process.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return (_process.ExitCode, output);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }
}
