using System.Globalization;
using System.IO.Pipes;
using ProjectConsole.E2E.Infrastructure;

namespace ProjectConsole.E2E.Benchmarks.Circuits;

/// <summary>Asks a server process for its managed heap, through the <see cref="HeapAnswers"/> that it was started with.</summary>
internal sealed class ServerHeap
{
    private readonly string _pipe = $"projectconsole-{Guid.NewGuid():N}";

    /// <summary>What the server has to be started with.</summary>
    public ServerOptions Prepare(ServerOptions options) => options.Hooked(HeapAnswers.Variable, _pipe);

    /// <summary>Bytes in use after full collections, read until two readings agree: what just closed takes a moment to let go.</summary>
    public async Task<long> ReadAsync()
    {
        const double agreement = 0.005;
        var (before, now) = (0L, await ReadOnceAsync());
        while (Math.Abs(now - before) > now * agreement)
        {
            (before, now) = (now, await ReadOnceAsync());
        }

        return now;
    }

    private async Task<long> ReadOnceAsync()
    {
        await using var pipe = new NamedPipeClientStream(".", _pipe, PipeDirection.In);
        await pipe.ConnectAsync();
        using var reader = new StreamReader(pipe);
        return long.Parse(await reader.ReadToEndAsync(), CultureInfo.InvariantCulture);
    }
}
