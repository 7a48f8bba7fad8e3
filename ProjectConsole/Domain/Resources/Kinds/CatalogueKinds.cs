using static ProjectConsole.Domain.Resources.ResourceField;

namespace ProjectConsole.Domain.Resources.Kinds;

/// <summary>What the organization keeps for every project: offerings and templates.</summary>
internal static class CatalogueKinds
{
    public static IReadOnlyList<ResourceKind> All { get; } =
    [
        new("service-offering", "service-offerings", "Service offering", "Service offerings", "Catalogue", "memory")
        {
            Purpose = "Sizes of machines that every project may choose.",
            IsOfCatalogue = true,
            Life = ResourceLives.Kept,
            Fields =
            [
                Number("cpu-cores", "CPU cores", 1, 512, "cores").Required().Fixed().AsColumn(), Number("memory", "Memory", 1, 8192, "GiB").Required().Fixed().AsColumn(), Number("gpus", "GPUs", 0, 16).Fixed().AsColumn(),
            ],
        },
        new("disk-offering", "disk-offerings", "Disk offering", "Disk offerings", "Catalogue", "storage")
        {
            Purpose = "Sizes of disks that every project may choose.",
            IsOfCatalogue = true,
            Life = ResourceLives.Kept,
            Fields = [Number("size", "Size", 1, 1_000_000, "GiB").Required().Fixed().AsColumn(), Choice("speed", "Speed", "standard=Standard", "fast=Fast").Required().AsColumn() with { Default = "standard" }],
        },
        new("organization-template", "organization-templates", "Organization template", "Organization templates", "Catalogue", "copy_all")
        {
            Purpose = "Machine templates that every project may start instances from.",
            IsOfCatalogue = true,
            Life = ResourceLives.Kept,
            Fields = [Text("address", "Image address").Required().AsColumn() with { Example = "registry.example.test/templates/ubuntu:24.04" }, Text("operating-system", "Operating system").AsColumn(), Number("size", "Size", 0, 100_000, "GiB")],
        },
    ];
}
