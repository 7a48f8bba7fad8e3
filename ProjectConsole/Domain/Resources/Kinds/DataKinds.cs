using ProjectConsole.Domain.Limits;
using static ProjectConsole.Domain.Resources.ResourceField;

namespace ProjectConsole.Domain.Resources.Kinds;

/// <summary>What is kept: artifacts, models, files, images, secrets.</summary>
internal static class DataKinds
{
    public static IReadOnlyList<ResourceKind> All { get; } =
    [
        new("artifact", "artifacts", "Artifact", "Artifacts", "Data", "database")
        {
            Purpose = "A data set or another output of runs, in versions.",
            Life = ResourceLives.Kept,
            HasVersions = true,
            HasContent = true,
            Fields =
            [
                Choice("type", "Type", "dataset=Data set", "checkpoint=Checkpoint", "report=Report", "other=Other").Required().AsColumn() with { Default = "dataset" },
                Text("address", "Address", "Where it lies, when the console does not keep it: s3://bucket/path"), Reference("produced-by", "Produced by", "run", "job"),
            ],
        },
        new("model", "models", "Model", "Models", "Data", "deployed_code")
        {
            Purpose = "A base or fine-tuned model, with its stage and where it comes from.",
            Life = ResourceLives.Staged,
            HasVersions = true,
            HasContent = true,
            Fields =
            [
                Choice("type", "Type", "base=Base model", "fine-tuned=Fine-tuned model").Required().AsColumn() with { Default = "fine-tuned" },
                Reference("base", "Derived from", "model"), Reference("produced-by", "Produced by", "run", "job"), Text("framework", "Framework").AsColumn(),
                Text("license", "License"), Number("parameters", "Parameters", 1, 10_000_000, "million"),
            ],
        },
        new("file", "files", "File", "Files", "Data", "description")
        {
            Purpose = "A single file that people and jobs read.",
            Life = ResourceLives.Kept,
            HasContent = true,
            Fields = [Text("media-type", "Media type", "Such as text/csv or application/pdf.").AsColumn() with { Example = "text/csv" }, Choice("purpose", "Used for", "fine-tune=Fine-tuning", "evaluation=Evaluation", "other=Other") with { Default = "other" }],
        },
        new("image", "images", "Image", "Images", "Data", "layers")
        {
            Purpose = "A container or machine image that jobs, apps and instances start from.",
            Life = ResourceLives.Kept,
            Fields =
            [
                Choice("type", "Type", "container=Container", "machine=Machine").Required().Fixed().AsColumn() with { Default = "container" },
                Text("address", "Address", "Such as registry.example.test/vision/train:12.4").Required().AsColumn() with { Example = "registry.example.test/vision/train:12.4" }, Number("size", "Size", 0, 100_000, "GiB"),
                Reference("registry-secret", "Registry secret", "secret"),
            ],
            Uses = [MetricUse.Storage()],
        },
        new("secret", "secrets", "Secret", "Secrets", "Data", "lock")
        {
            Purpose = "A password, key or token that is handed to runs and jobs and never shown again.",
            Life = ResourceLives.Kept,
            Fields = [Secret("value", "Value", "Written now, never shown. Leave it empty to keep what it is.").Required() with { Example = "correct horse battery staple" }, Text("environment-name", "Environment name", "Under which name runs and jobs receive it: SFTP_PASSWORD") with { Check = EnvironmentNames.Problem, Example = "SFTP_PASSWORD" }],
        },
    ];
}

/// <summary>Names of environment variables.</summary>
internal static class EnvironmentNames
{
    public static string? Problem(string text) =>
        text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_') && !char.IsAsciiDigit(text[0]) ? null : "Use letters, numbers and underscores, and start with a letter or underscore.";
}
