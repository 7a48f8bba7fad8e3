using System.Globalization;
using System.IO.Pipes;
using System.Text;

namespace ProjectConsole.E2E.Benchmarks.Circuits;

/// <summary>Inside the measured server, which has no endpoint for such questions: tells its managed heap to <see cref="ServerHeap" />.</summary>
internal static class HeapAnswers
{
    /// <summary>Names the pipe that is asked through.</summary>
    public const string Variable = "PROJECTCONSOLE_BENCHMARK_HEAP_PIPE";

    /// <summary>Answers through the pipe as long as the server runs.</summary>
    public static void Start(string pipe) => new Thread(() => Answer(pipe)) { IsBackground = true, Name = "benchmark heap" }.Start();

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
