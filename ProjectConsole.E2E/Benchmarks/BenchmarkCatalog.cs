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
        new("access", "a decision in memory, and a check with its query", AccessBenchmark.RunAsync),
        new("explain", "why, who can and previews over 100,000 projects and 1,000,000 grants", ExplainBenchmark.RunAsync),
        new("writes", "parallel writers: their rate and their waits", WritesBenchmark.RunAsync),
        new("revocation", "from a removal to its pages leaving, on two nodes", RevocationBenchmark.RunAsync),
        new("pages", "server time of pages over 100,000 projects, 1,000,000 grants and 5,000,000 audit entries", PagesBenchmark.RunAsync),
        new("resources", "lists, details and creations over 1,000,000 resources in 1,000 projects", ResourcesBenchmark.RunAsync),
        new("api", "calls of the API by one caller and by sixteen, with their statements", ApiBenchmark.RunAsync),
        new("circuits", "memory of an idle circuit, and how fast clicks are answered with many of them", CircuitsBenchmark.RunAsync),
    ];

    public static Benchmark? Find(string name) => All.SingleOrDefault(benchmark => benchmark.Name == name);
}
