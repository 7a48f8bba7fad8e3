using System.Globalization;
using System.IO.Pipes;
using System.Text;

// The runtime looks for exactly this name, outside any namespace, in an assembly that DOTNET_STARTUP_HOOKS names.
#pragma warning disable CA1050
/// <summary>
/// Runs inside the measured server, which has no endpoint for such questions: tells its managed heap after a full collection to
/// <see cref="ProjectConsole.E2E.Benchmarks.Circuits.ServerHeap"/>.
/// </summary>
internal static class StartupHook
{
    public const string PipeVariable = "PROJECTCONSOLE_BENCHMARK_HEAP_PIPE";

    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(PipeVariable) is { Length: > 0 } pipe)
        {
            new Thread(() => Answer(pipe)) { IsBackground = true, Name = "benchmark heap" }.Start();
        }
    }

    private static void Answer(string name)
    {
        // One pipe for all questions: who asks while the last one is being closed would be cut off with it.
        using var pipe = new NamedPipeServerStream(name, PipeDirection.Out, maxNumberOfServerInstances: 1);
        while (true)
        {
            pipe.WaitForConnection();
            pipe.Write(Encoding.ASCII.GetBytes(CollectedHeap().ToString(CultureInfo.InvariantCulture)));
            pipe.Disconnect();
        }
    }

    // Finalizers free what only the next collection takes.
    private static long CollectedHeap()
    {
        for (var pass = 0; pass < 3; pass++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
#pragma warning restore CA1050
