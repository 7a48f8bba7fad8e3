using System.Runtime.InteropServices;

namespace ProjectConsole.E2E.Benchmarks;

/// <summary>What the figures were measured on: without it they say nothing.</summary>
internal static class Machine
{
    public static string Describe() =>
        $"""
        system   {RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}
        cores    {Environment.ProcessorCount} ({ProcessorName()})
        memory   {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1 << 20):N0} MiB
        runtime  {RuntimeInformation.FrameworkDescription}, {Configuration}
        """;

    private static string Configuration =>
#if DEBUG
        "Debug build: figures are too slow, use -c Release";
#else
        "Release build";
#endif

    private static string ProcessorName()
    {
        const string file = "/proc/cpuinfo";
        var line = File.Exists(file) ? File.ReadLines(file).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() ?? "unknown processor";
    }
}
