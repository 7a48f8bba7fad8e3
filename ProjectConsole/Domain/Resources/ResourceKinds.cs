namespace ProjectConsole.Domain.Resources;

/// <summary>The one list of kinds; permissions and counts are made from it.</summary>
public static class ResourceKinds
{
    /// <summary>Every kind, in the order in which it is shown.</summary>
    public static IReadOnlyList<ResourceKind> All { get; } =
    [
        new("pipeline", "pipelines", "Pipeline", "Pipelines", "Build", "account_tree"),
        new("run", "runs", "Run", "Runs", "Build", "play_circle"),
        new("template", "templates", "Template", "Templates", "Build", "content_copy"),
        new("evaluation", "evaluations", "Evaluation", "Evaluations", "Build", "fact_check"),
        new("artifact", "artifacts", "Artifact", "Artifacts", "Data", "database"),
        new("model", "models", "Model", "Models", "Data", "deployed_code"),
        new("file", "files", "File", "Files", "Data", "description"),
        new("image", "images", "Image", "Images", "Data", "layers"),
        new("secret", "secrets", "Secret", "Secrets", "Data", "lock"),
        new("cluster", "clusters", "Cluster", "Clusters", "Compute", "dns"),
        new("instance", "instances", "Instance", "Instances", "Compute", "computer"),
        new("job", "jobs", "Job", "Jobs", "Compute", "terminal"),
        new("endpoint", "endpoints", "Endpoint", "Endpoints", "Compute", "rocket_launch"),
        new("app", "apps", "App", "Apps", "Compute", "apps"),
        new("volume", "volumes", "Volume", "Volumes", "Storage", "hard_drive"),
        new("disk", "disks", "Disk", "Disks", "Storage", "album"),
        new("snapshot", "snapshots", "Snapshot", "Snapshots", "Storage", "photo_camera"),
        new("bucket", "buckets", "Bucket", "Buckets", "Storage", "inventory_2"),
        new("network", "networks", "Network", "Networks", "Network", "lan"),
        new("ip-address", "ip-addresses", "IP address", "IP addresses", "Network", "location_on"),
    ];

    private static readonly Dictionary<string, ResourceKind> ByName = All.ToDictionary(kind => kind.Name);

    /// <summary>The kind of that name, or null.</summary>
    public static ResourceKind? Find(string name) => ByName.GetValueOrDefault(name);
}
