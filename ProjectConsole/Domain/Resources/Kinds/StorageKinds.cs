using ProjectConsole.Domain.Limits;
using ProjectConsole.Shared;
using static ProjectConsole.Domain.Resources.ResourceField;

namespace ProjectConsole.Domain.Resources.Kinds;

/// <summary>What stores: volumes, disks, snapshots, buckets.</summary>
internal static class StorageKinds
{
    public static IReadOnlyList<ResourceKind> All { get; } =
    [
        new("volume", "volumes", "Volume", "Volumes", "Storage", "hard_drive")
        {
            Purpose = "A file system that clusters and jobs mount, shared or local to one cluster.",
            DefaultLimit = 50,
            Fields =
            [
                Choice("type", "Type", "shared=Shared", "local=Local").Required().Fixed().AsColumn() with { Default = "shared" }, Size(), Reference("cluster", "Cluster", "cluster") with { Help = "For a local one." },
            ],
            Rule = CheckCluster,
            Uses = [MetricUse.Storage()],
        },
        new("disk", "disks", "Disk", "Disks", "Storage", "album")
        {
            Purpose = "A data disk of an instance.",
            DefaultLimit = 50,
            Fields = [Reference("offering", "Disk offering", "disk-offering").Fixed() with { Copies = ["size"], Help = "Says the size below." }, Size(), Reference("instance", "Attached to", "instance").AsColumn()],
            Uses = [MetricUse.Storage()],
        },
        new("snapshot", "snapshots", "Snapshot", "Snapshots", "Storage", "photo_camera")
        {
            Purpose = "The content of a disk or volume at one moment.",
            DefaultLimit = 50,
            Fields = [Reference("of", "Snapshot of", "disk", "volume", "instance").Required().Fixed().AsColumn(), Size().Fixed()],
            Uses = [MetricUse.Storage()],
        },
        new("bucket", "buckets", "Bucket", "Buckets", "Storage", "inventory_2")
        {
            Purpose = "Objects under names, read and written over HTTP.",
            Fields = [Size() with { Title = "Most that it holds" }, Switch("keeps-versions", "Keeps versions of objects"), Text("address", "Address", "Where it lies: s3://bucket")],
            Uses = [MetricUse.Storage()],
        },
    ];

    private static IEnumerable<FieldError> CheckCluster(ResourceSpec volume)
    {
        if (volume.Text("type") == "local" && !volume.Has("cluster"))
        {
            yield return new FieldError("spec.cluster", "A local volume names its cluster.");
        }
        else if (volume.Text("type") == "shared" && volume.Has("cluster"))
        {
            // Clusters name the shared ones: both ways would let neither be deleted.
            yield return new FieldError("spec.cluster", "A shared volume belongs to no cluster: leave it empty.");
        }
    }

    private static ResourceField Size() => Number("size", "Size", 1, 1_000_000, "GiB").Required().AsColumn() with { Default = "100" };
}
