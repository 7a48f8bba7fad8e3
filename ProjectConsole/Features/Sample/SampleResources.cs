using ProjectConsole.Data;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Sample;

/// <summary>What the sample projects own: believable for a platform that trains and serves models.</summary>
internal static class SampleResources
{
    private static readonly Dictionary<string, Group[]> ByProject = new()
    {
        ["default"] =
        [
            new("pipeline", "ready", "hello-world", "sandbox-training"),
            new("run", "succeeded", Numbered("hello-world", 1, 7)),
            new("file", "ready", "getting-started.ipynb", "notes.md"),
        ],
        ["vision"] =
        [
            new("pipeline", "ready", "train-detector", "train-segmenter", "label-street-scenes", "evaluate-detector", "export-onnx", "nightly-metrics"),
            new("run", "succeeded", Numbered("train-detector", 380, 418)),
            new("run", "failed", "train-detector-419", "label-street-scenes-77"),
            new("run", "running", "train-segmenter-58", "evaluate-detector-204"),
            new("template", "ready", "detector-baseline", "gpu-workstation"),
            new("evaluation", "passed", "street-scenes-v12", "night-rain-v4"),
            new("evaluation", "failed", "tunnel-glare-v2"),
            new("artifact", "ready", "street-scenes", "street-scenes-labels", "detector-checkpoints", "segmenter-checkpoints", "calibration-sets", "error-gallery"),
            new("model", "production", "traffic-sign-detector", "lane-segmenter"),
            new("model", "staging", "vehicle-tracker", "traffic-sign-detector-int8"),
            new("file", "ready", "labeling-guide.pdf", "camera-layout.json", "class-names.txt"),
            new("image", "ready", "train-cuda-12", "serve-triton"),
            new("secret", "ready", "survey-sftp", "registry-pull"),
            new("cluster", "running", "gpu-a100-1", "gpu-a100-2"),
            new("cluster", "stopped", "cpu-preprocess"),
            new("job", "succeeded", Numbered("resize-images", 31, 38)),
            new("endpoint", "healthy", "traffic-signs-eu", "lanes-eu"),
            new("endpoint", "degraded", "traffic-signs-us"),
            new("volume", "ready", "street-scenes-cache", "scratch"),
            new("bucket", "ready", "street-scenes", "exports"),
            new("network", "ready", "training"),
        ],
        ["speech"] =
        [
            new("pipeline", "ready", "train-recognizer", "train-voices", "word-error-rate"),
            new("run", "succeeded", Numbered("train-recognizer", 90, 117)),
            new("run", "running", "train-voices-24"),
            new("artifact", "ready", "call-recordings", "transcripts", "voice-checkpoints"),
            new("model", "production", "recognizer-de", "recognizer-en"),
            new("model", "staging", "voice-anna", "recognizer-pl"),
            new("cluster", "running", "gpu-l40-1"),
            new("endpoint", "healthy", "recognize", "speak"),
            new("bucket", "ready", "call-recordings"),
            new("secret", "ready", "telephony-token"),
        ],
        ["staging"] =
        [
            new("endpoint", "healthy", "traffic-signs-candidate", "recognize-candidate"),
            new("instance", "running", "load-generator"),
            new("job", "succeeded", Numbered("replay-last-week", 4, 9)),
            new("image", "ready", "console-candidate"),
            new("app", "healthy", "grafana"),
            new("ip-address", "allocated", "staging-front"),
        ],
    };

    private static readonly string[] Makers = [SamplePeople.Developer, SamplePeople.ProjectAdmin, SamplePeople.Contributor, SamplePeople.Manager];

    /// <summary>Adds the resources of a project, spread over its life.</summary>
    public static void AddTo(
        ConsoleDbContext db, Project project, string slug, IReadOnlyDictionary<string, User> people, DateTime fromUtc, DateTime untilUtc)
    {
        var all = ByProject[slug].SelectMany(group => group.Names.Select(name => (group.Kind, group.State, Name: name))).ToList();
        var step = (untilUtc - fromUtc) / (all.Count + 1);
        for (var index = 0; index < all.Count; index++)
        {
            var (kind, state, name) = all[index];
            var maker = people[Makers[index % Makers.Length]];
            var owner = ResourceOwner.Of(new ProjectScope(project.OrganizationId, project.Id));
            var resource = new Resource(owner, ResourceKinds.Get(kind), name, ResourceSpec.Empty, maker.Id, maker.Email!, fromUtc + (step * (index + 1)));
            resource.Enter(state, resource.CreatedUtc);
            db.Add(resource);
        }
    }

    private static string[] Numbered(string name, int first, int last) => [.. Enumerable.Range(first, last - first + 1).Select(number => $"{name}-{number}")];

    private sealed record Group(string Kind, string State, params string[] Names);
}
