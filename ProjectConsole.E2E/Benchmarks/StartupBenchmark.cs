using System.Diagnostics;
using ProjectConsole.E2E.Infrastructure;

namespace ProjectConsole.E2E.Benchmarks;

internal static class StartupBenchmark
{
    private const int Runs = 5;

    public static async Task RunAsync()
    {
        for (var run = 1; run <= Runs; run++)
        {
            var watch = Stopwatch.StartNew();
            await using var server = await ServerProcess.StartAsync();
            var listening = watch.Elapsed;
            using var client = server.CreateClient();
            using var page = await client.GetAsync("/");
            page.EnsureSuccessStatusCode();
            Console.WriteLine($"run {run}: listening after {listening.TotalMilliseconds,6:N0} ms, first page after {watch.Elapsed.TotalMilliseconds,6:N0} ms");
        }
    }
}
