using ProjectConsole.Domain.Resources;
using ProjectConsole.Shared;

namespace ProjectConsole.Domain.Limits;

/// <summary>Something of which a project or personal space uses an amount, up to a limit.</summary>
/// <param name="Name">Stored: the name of a kind, or what is measured.</param>
/// <param name="Title">For people.</param>
/// <param name="Unit">Written after amounts; empty where things are counted.</param>
public sealed record Metric(string Name, string Title, string Unit)
{
    /// <summary>What a project may use where nobody set a limit; null for no limit.</summary>
    public long? Default { get; init; }

    /// <summary>CPU cores of what is not over.</summary>
    public static Metric CpuCores { get; } = new("cpu-cores", "CPU cores", "cores") { Default = 400 };

    /// <summary>GPUs of what is not over.</summary>
    public static Metric Gpus { get; } = new("gpus", "GPUs", "") { Default = 64 };

    /// <summary>Memory of what is not over.</summary>
    public static Metric Memory { get; } = new("memory", "Memory", "GiB") { Default = 4096 };

    /// <summary>Storage of volumes, disks, snapshots, buckets and images.</summary>
    public static Metric Storage { get; } = new("storage", "Storage", "GiB") { Default = 20_480 };

    /// <summary>API keys that are in force.</summary>
    public static Metric Keys { get; } = new("keys", "API keys", "") { Default = 100 };

    /// <summary>People and teams with a grant on the project.</summary>
    public static Metric Collaborators { get; } = new("collaborators", "Collaborators", "") { Default = 1000 };

    /// <summary>How many there are of a kind.</summary>
    public static Metric OfKind(ResourceKind kind) => new(kind.Name, kind.PluralTitle, "") { Default = kind.DefaultLimit };

    /// <summary>An amount with its unit: <c>14 GiB</c>, <c>3</c>.</summary>
    public string Text(long amount) => Units.Of(amount, Unit);
}

/// <summary>The one list of metrics, in the order in which usage is reserved: whoever reserves several cannot wait in a circle.</summary>
public static class Metrics
{
    /// <summary>Every metric.</summary>
    public static IReadOnlyList<Metric> All { get; } =
    [
        Metric.CpuCores, Metric.Gpus, Metric.Memory, Metric.Storage, Metric.Keys, Metric.Collaborators,
        .. ResourceKinds.All.Select(kind => kind.Count),
    ];

    private static readonly Dictionary<string, (Metric Metric, int Order)> ByName =
        All.Select((metric, order) => (metric, order)).ToDictionary(entry => entry.metric.Name);

    /// <summary>The metric of that name, or null.</summary>
    public static Metric? Find(string name) => ByName.TryGetValue(name, out var entry) ? entry.Metric : null;

    /// <summary>The amounts in reservation order, without those of nothing.</summary>
    public static IEnumerable<KeyValuePair<Metric, long>> Ordered(IEnumerable<KeyValuePair<Metric, long>> amounts) =>
        amounts.Where(amount => amount.Value != 0).OrderBy(amount => ByName[amount.Key.Name].Order);
}

/// <summary>What one resource of a kind uses of a metric.</summary>
/// <param name="Metric">Of what.</param>
/// <param name="Amount">How much, from its spec.</param>
/// <param name="StaysWhenEnded">Whether it counts still when the resource is over.</param>
public sealed record MetricUse(Metric Metric, Func<ResourceSpec, long> Amount, bool StaysWhenEnded = false)
{
    /// <summary>A use that is read from number fields, multiplied.</summary>
    public static MetricUse Of(Metric metric, params string[] fields) =>
        new(metric, spec => (long)fields.Aggregate(1m, (product, field) => product * (spec.Number(field) ?? 0)));

    /// <summary>Storage that is read from a number field; it counts until the resource is deleted.</summary>
    public static MetricUse Storage(string field = "size") => Of(Metric.Storage, field) with { StaysWhenEnded = true };
}

/// <summary>What resources use.</summary>
public static class ResourceUse
{
    /// <summary>What one resource uses: one of its kind, and what its spec asks for while it is not over.</summary>
    public static IReadOnlyDictionary<Metric, long> Of(ResourceKind kind, ResourceSpec spec, string state)
    {
        var isEnded = kind.Life.Of(state).IsEnded;
        var uses = new Dictionary<Metric, long> { [kind.Count] = 1 };
        foreach (var use in kind.Uses.Where(use => use.StaysWhenEnded || !isEnded))
        {
            uses[use.Metric] = uses.GetValueOrDefault(use.Metric) + use.Amount(spec);
        }

        return uses;
    }

    /// <summary>What must be added to the first to make the second.</summary>
    public static IReadOnlyDictionary<Metric, long> Difference(IReadOnlyDictionary<Metric, long> before, IReadOnlyDictionary<Metric, long> after) =>
        before.Keys.Union(after.Keys).ToDictionary(metric => metric, metric => after.GetValueOrDefault(metric) - before.GetValueOrDefault(metric));
}
