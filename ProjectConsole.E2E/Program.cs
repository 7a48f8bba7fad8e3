using ProjectConsole.Data.Providers;
using ProjectConsole.E2E.Benchmarks;

namespace ProjectConsole.E2E;

/// <summary>The program beside the journeys: <c>bench &lt;name&gt;</c> runs a benchmark.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        SqliteNativeLibrary.Prepare();

        if (arguments is ["bench", var name, .. var rest] && BenchmarkCatalog.Find(name) is { } benchmark)
        {
            Console.WriteLine(Machine.Describe());
            Console.WriteLine();
            await benchmark.RunAsync(rest);
            return 0;
        }

        Console.Error.WriteLine("usage: bench <name> [argument...]");
        Console.Error.WriteLine("benchmarks:");
        foreach (var known in BenchmarkCatalog.All)
        {
            Console.Error.WriteLine($"  {known.Name,-12} {known.Summary}");
        }

        return 2;
    }
}
