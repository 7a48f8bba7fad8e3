using ProjectConsole.E2E.Benchmarks.Circuits;

namespace ProjectConsole.E2E.Benchmarks;

/// <summary>A benchmark that <c>bench &lt;name&gt;</c> runs; it prints its figures itself.</summary>
internal sealed record Benchmark(string Name, string Summary, Func<string[], Task> RunAsync);

/// <summary>All benchmarks: a new one is one line here.</summary>
internal static class BenchmarkCatalog
{
    public static IReadOnlyList<Benchmark> All { get; } =
    [
        new("startup", "from starting the process to its first page", _ => StartupBenchmark.RunAsync()),
        new("circuits", "memory of an idle circuit, and how fast clicks are answered with many of them", CircuitsBenchmark.RunAsync),
    ];

    public static Benchmark? Find(string name) => All.SingleOrDefault(benchmark => benchmark.Name == name);
}
