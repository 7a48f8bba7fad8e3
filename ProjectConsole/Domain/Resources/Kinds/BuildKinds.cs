using ProjectConsole.Domain.Limits;
using static ProjectConsole.Domain.Resources.ResourceField;

namespace ProjectConsole.Domain.Resources.Kinds;

/// <summary>What is built: pipelines, their runs, templates, evaluations.</summary>
internal static class BuildKinds
{
    public static IReadOnlyList<ResourceKind> All { get; } =
    [
        new("pipeline", "pipelines", "Pipeline", "Pipelines", "Build", "account_tree")
        {
            Purpose = "The steps that turn data into a model or a report, with named configurations.",
            Life = ResourceLives.Kept,
            Fields =
            [
                Text("source", "Source", "Repository and path of the code: git@example.test:vision/train.git#pipelines/train.py"),
                Table("steps", "Steps", Text("name", "Step").Required(), Text("command", "Command").Required(), Reference("image", "Image", "image")),
                Table("configurations", "Configurations", Text("name", "Name").Required(), Text("values", "Values", "name=value, separated by commas")),
                Text("schedule", "Schedule", "When it runs by itself: minute, hour, day, month, weekday, such as 0 3 * * 1-5. In UTC.") with { Check = Schedules.Problem, IsColumn = true, Example = "0 3 * * 1-5" },
                Reference("secret", "Secret", "secret") with { Help = "Handed to its runs." },
            ],
            Rule = BuildRules.CheckPipeline,
        },
        new("run", "runs", "Run", "Runs", "Build", "play_circle")
        {
            Purpose = "One execution of a pipeline. Creating it starts it.",
            Life = ResourceLives.Work,
            Fields =
            [
                Reference("template", "Template", "template").Origin().Only("a template of a pipeline", (_, spec) => spec.Text("of") == "pipeline") with { Copies = ["pipeline", "values"], Help = "Says the pipeline below, and the values where it has some." },
                Reference("pipeline", "Pipeline", "pipeline").Required().Fixed().AsColumn() with { Offers = new RowOffer("configuration", "configurations", "name") },
                Text("configuration", "Configuration", "Name of one of the pipeline's configurations.").Fixed(),
                Pairs("values", "Values", "Handed to the pipeline, over those of its configuration.").Fixed(),
                Number("cpu-cores", "CPU cores", 0, 1024, "cores").Fixed(), Number("gpus", "GPUs", 0, 256, "GPUs").Fixed().AsColumn(), Number("memory", "Memory", 0, 65_536, "GiB").Fixed(),
                Reference("cluster", "Cluster", "cluster").Fixed(),
            ],
            Uses = [MetricUse.Of(Metric.CpuCores, "cpu-cores"), MetricUse.Of(Metric.Gpus, "gpus"), MetricUse.Of(Metric.Memory, "memory")],
            NamedRule = BuildRules.CheckConfiguration,
        },
        new("template", "templates", "Template", "Templates", "Build", "content_copy")
        {
            Purpose = "A pipeline or an instance to start others from.",
            DefaultLimit = 50,
            IsGrantable = true,
            Life = ResourceLives.Kept,
            Fields =
            [
                Choice("of", "Template of", "pipeline=Pipeline", "instance=Instance").Required().Fixed().AsColumn(),
                Reference("pipeline", "Pipeline", "pipeline") with { Help = "For one of a pipeline.", Example = "my-pipeline" },
                Reference("snapshot", "Snapshot", "snapshot") with { Help = "For one of an instance." }, Reference("image", "Image", "image") with { Help = "For one of an instance." },
                Pairs("values", "Values", "Handed to the runs that are made from it."),
            ],
            Rule = BuildRules.CheckTemplate,
        },
        new("evaluation", "evaluations", "Evaluation", "Evaluations", "Build", "fact_check")
        {
            Purpose = "A model measured against a data set, with the least score that passes.",
            Life = ResourceLives.Measured,
            Fields =
            [
                Reference("model", "Model", "model").Required().Fixed().AsColumn(), Reference("data", "Data set", "artifact", "file", "bucket").Fixed(),
                Text("measure", "Measure", "What is measured, such as mAP or word error rate.").Required().AsColumn() with { Example = "mAP" }, Text("threshold", "Passes at", "The least or most that passes: >= 0.82") with { Check = BuildRules.ThresholdProblem, Example = ">= 0.82" },
                Number("gpus", "GPUs", 0, 256, "GPUs").Fixed(),
            ],
            Uses = [MetricUse.Of(Metric.Gpus, "gpus")],
        },
    ];
}
