using ProjectConsole.Domain.Limits;
using ProjectConsole.Shared;
using static ProjectConsole.Domain.Resources.ResourceField;

namespace ProjectConsole.Domain.Resources.Kinds;

/// <summary>What runs: clusters, instances, jobs, endpoints, apps.</summary>
internal static class ComputeKinds
{
    private static readonly string[] SizesOfOffering = ["cpu-cores", "memory", "gpus"];

    public static IReadOnlyList<ResourceKind> All { get; } =
    [
        new("cluster", "clusters", "Cluster", "Clusters", "Compute", "dns")
        {
            Purpose = "GPU machines that people sign in to and runs use.",
            DefaultLimit = 20,
            Life = ResourceLives.Machine,
            Fields =
            [
                Choice("gpu-type", "GPU type", "h100=H100 80 GB", "a100=A100 80 GB", "l40=L40 48 GB", "none=No GPU").Required().Fixed().AsColumn() with { Default = "a100" },
                Number("nodes", "Nodes", 1, 512).Required().AsColumn() with { Default = "1" }, Number("gpus", "GPUs per node", 0, 16).Required() with { Default = "8" },
                Number("cpu-cores", "CPU cores per node", 1, 512, "cores").Required() with { Default = "64" }, Number("memory", "Memory per node", 1, 8192, "GiB").Required() with { Default = "512" },
                Reference("volume", "Shared volume", "volume").Only("a shared volume", (_, spec) => spec.Text("type") != "local"), Reference("network", "Network", "network"), Text("ssh-host", "SSH host", "Where people sign in: cluster-1.example.test"),
            ],
            Uses = [MetricUse.Of(Metric.CpuCores, "nodes", "cpu-cores"), MetricUse.Of(Metric.Gpus, "nodes", "gpus"), MetricUse.Of(Metric.Memory, "nodes", "memory")],
        },
        new("instance", "instances", "Instance", "Instances", "Compute", "computer")
        {
            Purpose = "A virtual machine.",
            DefaultLimit = 20,
            Life = ResourceLives.Machine,
            Fields =
            [
                Reference("offering", "Service offering", "service-offering").Fixed() with { Copies = SizesOfOffering, Help = "Says the sizes below." },
                Number("cpu-cores", "CPU cores", 1, 512, "cores").Required().AsColumn() with { Default = "2" }, Number("memory", "Memory", 1, 8192, "GiB").Required().AsColumn() with { Default = "4" },
                Number("gpus", "GPUs", 0, 16),
                Reference("template", "Template", "template", "organization-template").Origin().Only("a template of an instance", (kind, spec) => kind != "template" || spec.Text("of") != "pipeline") with { Copies = ["image"], Help = "Says the image below where it has one." },
                Reference("image", "Image", "image").Fixed(), Reference("network", "Network", "network"),
            ],
            Uses = [MetricUse.Of(Metric.CpuCores, "cpu-cores"), MetricUse.Of(Metric.Gpus, "gpus"), MetricUse.Of(Metric.Memory, "memory")],
        },
        new("job", "jobs", "Job", "Jobs", "Compute", "terminal")
        {
            Purpose = "A command that runs in a container until it is done. Creating it starts it.",
            Life = ResourceLives.Work,
            Fields =
            [
                Reference("image", "Image", "image").Fixed(), LongText("command", "Command").Required().Fixed() with { Example = "python train.py --epochs 10" },
                Number("cpu-cores", "CPU cores", 1, 512, "cores").Required().Fixed() with { Default = "1" }, Number("memory", "Memory", 1, 8192, "GiB").Required().Fixed() with { Default = "2" },
                Number("gpus", "GPUs", 0, 16, "GPUs").Fixed().AsColumn(), Reference("volume", "Volume", "volume").Fixed(), Reference("secret", "Secret", "secret").Fixed(),
                Pairs("environment", "Environment").Fixed(), Number("life-span", "Life span", 1, 720, "hours") with { Default = "24", Help = "It ends by then, whatever it does." },
                Number("http-port", "HTTP port", 1, 65_535).Fixed(), Number("exit-code", "Exit code", 0, 255).Reported().AsColumn() with { Help = "Set when it has ended." },
            ],
            Uses = [MetricUse.Of(Metric.CpuCores, "cpu-cores"), MetricUse.Of(Metric.Gpus, "gpus"), MetricUse.Of(Metric.Memory, "memory")],
        },
        new("endpoint", "endpoints", "Endpoint", "Endpoints", "Compute", "rocket_launch")
        {
            Purpose = "A model that answers requests on machines of its own.",
            DefaultLimit = 50,
            Life = ResourceLives.Served,
            Fields =
            [
                Reference("model", "Model", "model").Required().AsColumn(), Choice("gpu-type", "GPU type", "h100=H100 80 GB", "a100=A100 80 GB", "l40=L40 48 GB", "none=No GPU").Required() with { Default = "l40" },
                Number("gpus", "GPUs per replica", 0, 16).Required() with { Default = "1" }, Number("least-replicas", "Least replicas", 0, 100).Required() with { Default = "1" },
                Number("most-replicas", "Most replicas", 1, 100).Required().AsColumn() with { Default = "2", Help = "Counts against the limits." }, Switch("speculative-decoding", "Speculative decoding"),
                Number("idle-minutes", "Stops when idle", 0, 10_080, "minutes") with { Help = "0 for never." },
            ],
            Uses = [MetricUse.Of(Metric.Gpus, "most-replicas", "gpus")],
            Rule = CheckReplicas,
        },
        new("app", "apps", "App", "Apps", "Compute", "apps")
        {
            Purpose = "A ready application, such as a notebook server or a dashboard.",
            DefaultLimit = 50,
            Life = ResourceLives.Served,
            Fields =
            [
                AppType("type", "Type").Required().Fixed().AsColumn(),
                Reference("image", "Image", "image"), Number("cpu-cores", "CPU cores", 1, 128, "cores").Required() with { Default = "2" }, Number("memory", "Memory", 1, 2048, "GiB").Required() with { Default = "8" },
                Number("gpus", "GPUs", 0, 16), Reference("volume", "Volume", "volume"), Switch("is-public", "Open to everybody on the network", "Without it people sign in to the console first."),
            ],
            Uses = [MetricUse.Of(Metric.CpuCores, "cpu-cores"), MetricUse.Of(Metric.Gpus, "gpus"), MetricUse.Of(Metric.Memory, "memory")],
        },
    ];

    private static IEnumerable<FieldError> CheckReplicas(ResourceSpec endpoint)
    {
        if (endpoint.Number("least-replicas") is { } least && endpoint.Number("most-replicas") is { } most && least > most)
        {
            yield return new FieldError("spec.least-replicas", $"Least replicas, {least:0}, cannot be more than Most replicas, {most:0}.");
        }
    }
}
