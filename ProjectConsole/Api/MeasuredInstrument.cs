using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace ProjectConsole.Api;

/// <summary>One instrument with what it measured, by the labels of each series.</summary>
public sealed class MeasuredInstrument
{
    // Labels are of few values each; should one not be, it costs neither the memory nor whoever reads.
    private const int MostSeries = 2_000;

    private static readonly double[] UsualBounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

    private readonly ConcurrentDictionary<string, MeasurementSeries> _series = new(StringComparer.Ordinal);
    private readonly bool _isTotal;
    private readonly double[]? _bounds;

    /// <summary>Begins with nothing measured.</summary>
    public MeasuredInstrument(Instrument instrument)
    {
        var type = instrument.GetType().GetGenericTypeDefinition();
        var isCounter = type == typeof(Counter<>) || type == typeof(ObservableCounter<>);
        // What is observed, and a gauge, say how much there is; the others what was added.
        _isTotal = instrument.IsObservable || type == typeof(Gauge<>);
        _bounds = type != typeof(Histogram<>) ? null : (instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries?.ToArray() ?? UsualBounds;
        (Name, Type, Description) = (PrometheusText.Name(instrument.Name, instrument.Unit, isCounter), _bounds is not null ? "histogram" : isCounter ? "counter" : "gauge", instrument.Description ?? "");
    }

    /// <summary>Its name as Prometheus writes it.</summary>
    public string Name { get; }

    /// <summary>Its type as Prometheus names it.</summary>
    public string Type { get; }

    /// <summary>What it measures.</summary>
    public string Description { get; }

    /// <summary>Whether anything was measured.</summary>
    public bool HasSeries => !_series.IsEmpty;

    /// <summary>Every series with its labels.</summary>
    public IEnumerable<(string Labels, MeasurementSeries Series)> Series => _series.OrderBy(series => series.Key, StringComparer.Ordinal).Select(series => (series.Key, series.Value));

    /// <summary>Notes a measurement.</summary>
    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = PrometheusText.Labels(tags);
        if (_series.TryGetValue(labels, out var series) || (_series.Count < MostSeries && (series = _series.GetOrAdd(labels, _ => new MeasurementSeries(_bounds))) is not null))
        {
            series.Record(value, _isTotal);
        }
    }
}

/// <summary>What was measured under the same labels.</summary>
public sealed class MeasurementSeries(double[]? bounds)
{
    private readonly Lock _lock = new();
    private readonly long[] _counts = new long[(bounds?.Length ?? 0) + 1];
    private double _sum;

    /// <summary>The sum, and for a histogram how many were at most each bound, the last one being all.</summary>
    public (double Sum, IReadOnlyList<(double Bound, long Count)> Buckets) Read()
    {
        lock (_lock)
        {
            var (below, buckets) = (0L, new List<(double, long)>());
            for (var index = 0; bounds is not null && index < _counts.Length; index++)
            {
                below += _counts[index];
                buckets.Add((index < bounds.Length ? bounds[index] : double.PositiveInfinity, below));
            }

            return (_sum, buckets);
        }
    }

    /// <summary>Notes a measurement.</summary>
    public void Record(double value, bool isTotal)
    {
        lock (_lock)
        {
            _sum = isTotal ? value : _sum + value;
            if (bounds is not null)
            {
                var index = Array.BinarySearch(bounds, value);
                _counts[index < 0 ? ~index : index]++;
            }
        }
    }
}
