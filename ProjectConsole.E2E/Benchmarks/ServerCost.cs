using System.Globalization;
using ProjectConsole.Api;

namespace ProjectConsole.E2E.Benchmarks;

/// <summary>What a server has spent since it started, as it says in <c>/metrics</c>: the same on a busy machine, unlike times.</summary>
/// <param name="Bytes">Allocated on its heap.</param>
/// <param name="Cpu">Of its process, all cores, user and system.</param>
internal readonly record struct ServerCost(double Bytes, TimeSpan Cpu)
{
    /// <summary>Asks the server, which must answer this machine without a token.</summary>
    public static async Task<ServerCost> ReadAsync(HttpClient client)
    {
        var lines = (await client.GetStringAsync(MetricsEndpoint.Path)).Split('\n');
        return new(Sum(lines, "dotnet_gc_heap_total_allocated_bytes_total"), TimeSpan.FromSeconds(Sum(lines, "dotnet_process_cpu_time_seconds_total")));
    }

    /// <summary>What each of some calls cost since an earlier reading.</summary>
    public string OfEach(int calls, ServerCost before) =>
        string.Create(CultureInfo.InvariantCulture, $"{(Bytes - before.Bytes) / calls / 1024:N1} KiB, {(Cpu - before.Cpu).TotalMicroseconds / calls:N0} us of server CPU");

    private static double Sum(string[] lines, string name)
    {
        var series = lines.Where(line => line.StartsWith(name + ' ', StringComparison.Ordinal) || line.StartsWith(name + '{', StringComparison.Ordinal)).ToList();
        return series.Count > 0 ? series.Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture)) : throw new InvalidOperationException($"/metrics has no {name}.");
    }
}
