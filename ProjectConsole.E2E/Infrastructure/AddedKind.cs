using System.Reflection;
using ProjectConsole.Domain.Limits;
using ProjectConsole.Domain.Resources;
using static ProjectConsole.Domain.Resources.ResourceField;

namespace ProjectConsole.E2E.Infrastructure;

/// <summary>
/// One more entry in a server's catalogue of kinds. The server runs the product as it is built, which knows nothing of it: whatever
/// shows of the kind was made from the entry.
/// </summary>
internal static class AddedKind
{
    /// <summary>Set for the servers that are to have it.</summary>
    public const string Variable = "PROJECTCONSOLE_TEST_ADDED_KIND";

    /// <summary>The entry, in a group of its own, with words that no other kind has.</summary>
    public static ResourceKind Sensor { get; } = new("sensor", "sensors", "Sensor", "Sensors", "Devices", "sensors")
    {
        Purpose = "A device that measures, and writes what it measured to a volume.",
        Life = new(
            [
                new("measuring", "Measuring", StateTone.Good) { IsRunning = true }, new("resting", "Resting", StateTone.Neutral),
                new("broken", "Broken", StateTone.Bad),
            ],
            [
                new("start", "Start", "sensors", ["resting"], "measuring", "It measures again."),
                new("stop", "Stop", "sensors_off", ["measuring"], "resting", "What happens until it is started is not measured.") { IsDestructive = true, Stops = true },
                new("report-broken", "Report broken", "report", ["resting"], "broken", "It measures nothing any more."),
            ]),
        Fields =
        [
            Text("place", "Place", "Where it hangs: hall 3, by the door.").Required().AsColumn(),
            Choice("measures", "Measures", "temperature=Temperature", "noise=Noise").Required().Fixed().AsColumn(),
            Number("interval", "Interval", 1, 3600, "seconds").Required().AsColumn() with { Default = "60", Help = "From one measurement to the next." },
            Number("cpu-cores", "CPU cores", 1, 16, "cores").Required() with { Default = "2" },
            Reference("volume", "Volume", "volume") with { Help = "Takes what it measured." },
        ],
        Uses = [MetricUse.Of(Metric.CpuCores, "cpu-cores")],
        DefaultLimit = 5,
    };

    /// <summary>Adds it, inside a server that has not read its catalogue yet.</summary>
    /// <exception cref="InvalidOperationException">The catalogue does not have it then.</exception>
    public static void Add()
    {
        var last = typeof(ResourceKinds).Assembly.GetType("ProjectConsole.Domain.Resources.Kinds.NetworkKinds", throwOnError: true)!.GetProperty("All")!.GetValue(null)!;
        // The compiler makes a list that cannot grow, around an array: a longer one is put in the array's place.
        var entries = last.GetType().GetFields(BindingFlags.Instance | BindingFlags.NonPublic).Single(field => field.FieldType == typeof(ResourceKind[]));
        entries.SetValue(last, (ResourceKind[])[.. (ResourceKind[])entries.GetValue(last)!, Sensor]);
        if (!ReferenceEquals(ResourceKinds.Find(Sensor.Name), Sensor))
        {
            throw new InvalidOperationException("The catalogue was read before the kind was added to it.");
        }
    }
}
