namespace ProjectConsole.E2E.Benchmarks;

/// <summary>Measured times, and how they are told.</summary>
internal sealed class Figures
{
    private readonly List<double> _milliseconds = [];

    public int Count => _milliseconds.Count;

    public double Worst => _milliseconds.Max();

    public void Add(TimeSpan time) => _milliseconds.Add(time.TotalMilliseconds);

    public void Add(IEnumerable<Figures> others) => _milliseconds.AddRange(others.SelectMany(figures => figures._milliseconds));

    public double Percentile(double share)
    {
        var sorted = _milliseconds.Order().ToList();
        return sorted[Math.Clamp((int)Math.Ceiling(sorted.Count * share) - 1, 0, sorted.Count - 1)];
    }

    public string InMilliseconds() =>
        $"p50 {Percentile(0.5),8:N2} ms   p95 {Percentile(0.95),8:N2} ms   p99 {Percentile(0.99),8:N2} ms   worst {Worst,8:N1} ms";

    public string InMicroseconds() =>
        $"best {Percentile(0) * 1000,5:N0} us   p50 {Percentile(0.5) * 1000,7:N0} us   p95 {Percentile(0.95) * 1000,7:N0} us   p99 {Percentile(0.99) * 1000,7:N0} us   worst {Worst * 1000,8:N0} us";
}
