using System.Diagnostics;
using System.Globalization;
using ProjectConsole.E2E.Infrastructure;
using ProjectConsole.Shared;

namespace ProjectConsole.E2E.Benchmarks.Circuits;

/// <summary>What an open page costs while nobody touches it, and how long a click takes while many are open.</summary>
internal static class CircuitsBenchmark
{
    private const int DefaultCount = 500;

    private static readonly IReadOnlyList<(string Name, string Path)> Pages =
    [
        ("Projects", ConsoleUrls.Projects(BenchmarkWorld.Organization)),
        ("Overview", ConsoleUrls.Project(BenchmarkWorld.Organization, BenchmarkWorld.Project)),
        ("Collaborators", ConsoleUrls.Collaborators(BenchmarkWorld.Organization, BenchmarkWorld.Project)),
    ];

    /// <summary>Arguments: how many circuits, then the pages (their names, or paths) when not all of them.</summary>
    public static async Task RunAsync(string[] arguments)
    {
        var count = arguments is [var first, ..] ? int.Parse(first, CultureInfo.InvariantCulture) : DefaultCount;
        var pages = arguments is [_, .. { Length: > 0 } chosen] ? [.. chosen.Select(Page)] : Pages;
        var directory = Directory.CreateTempSubdirectory("projectconsole-circuits-").FullName;
        try
        {
            await BenchmarkWorld.WriteAsync(directory);
            foreach (var (name, path) in pages)
            {
                await MeasureAsync(directory, name, path, count);
            }
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static (string Name, string Path) Page(string chosen) =>
        chosen.StartsWith('/') ? (chosen, chosen) : Pages.Single(page => page.Name.Equals(chosen, StringComparison.OrdinalIgnoreCase));

    // A server of its own for each page, so that none pays for what another has left.
    private static async Task MeasureAsync(string directory, string name, string path, int count)
    {
        var heap = new ServerHeap();
        await using var server = await ServerProcess.StartAsync(heap.Prepare(new() { DataDirectory = directory, HostingEnvironment = "Production" }));
        using var person = await SignedInClient.SignInAsync(server.BaseAddress, BenchmarkWorld.OwnerEmail, BenchmarkWorld.Password);
        var circuits = new List<BlazorCircuitClient>();
        try
        {
            // The one that stays while the heap is read for the first time has warmed up what all share.
            await (await person.OpenAsync(path)).DisposeAsync();
            circuits.Add(await person.OpenAsync(path));
            var before = await heap.ReadAsync();
            var watch = Stopwatch.StartNew();
            while (circuits.Count <= count)
            {
                circuits.Add(await person.OpenAsync(path));
            }

            var opening = watch.Elapsed;
            var after = await heap.ReadAsync();
            circuits.ForEach(circuit => circuit.EnsureAlive());
            Console.WriteLine($"{name}: {(after - before) / count / 1024.0,6:N1} KiB per idle circuit (heap {Mebibytes(before)} MiB with 1, {Mebibytes(after)} with {count + 1}), {circuits[0].RenderedBytes:N0} bytes rendered, opened in {opening.TotalMilliseconds / count:N0} ms each");
            await ClickLatency.MeasureAsync(server.BaseAddress, path);
        }
        finally
        {
            await Task.WhenAll(circuits.Select(circuit => circuit.DisposeAsync().AsTask()));
        }

        Console.WriteLine($"{name}: heap {Mebibytes(await heap.ReadAsync())} MiB after all were closed");
    }

    private static string Mebibytes(long bytes) => (bytes / 1024.0 / 1024.0).ToString("N1", CultureInfo.InvariantCulture);
}
