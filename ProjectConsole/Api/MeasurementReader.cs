using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using ProjectConsole.Shared;

namespace ProjectConsole.Api;

/// <summary>
/// Adds up what this host measures, from its start on. Written here, because the exporters that do it need packages that are not on
/// every feed that this builds from.
/// </summary>
public sealed class MeasurementReader : IDisposable
{
    private static readonly string[] Meters =
    [
        ConsoleMeter.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Components.Server.Circuits",
        "Microsoft.EntityFrameworkCore", "System.Runtime",
    ];

    private readonly ConcurrentDictionary<Instrument, MeasuredInstrument> _instruments = new();
    private readonly MeterListener _listener = new();

    /// <summary>Starts to listen.</summary>
    /// <param name="meters">The host's own; another host in this process has others.</param>
    public MeasurementReader(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (Meters.Contains(instrument.Meter.Name) && (instrument.Meter.Scope is null || instrument.Meter.Scope == meters))
            {
                listener.EnableMeasurementEvents(instrument, _instruments.GetOrAdd(instrument, published => new MeasuredInstrument(published)));
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, measured) => ((MeasuredInstrument)measured!).Record(value, tags));
        _listener.SetMeasurementEventCallback<int>((_, value, tags, measured) => ((MeasuredInstrument)measured!).Record(value, tags));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, measured) => ((MeasuredInstrument)measured!).Record(value, tags));
        _listener.Start();
    }

    /// <summary>What was measured until now, in the order of names.</summary>
    public IEnumerable<MeasuredInstrument> Read()
    {
        _listener.RecordObservableInstruments();
        return _instruments.Values.Where(measured => measured.HasSeries).DistinctBy(measured => measured.Name).OrderBy(measured => measured.Name, StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();
}
