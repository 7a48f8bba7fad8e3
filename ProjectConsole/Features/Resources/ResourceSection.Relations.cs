using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Audit;
using ProjectConsole.Security;

namespace ProjectConsole.Features.Resources;

/// <summary>What is around a resource, as links and words.</summary>
public sealed partial class ResourceSection
{
    // One that is shared stands in the address with its project.
    private string Shown => Detail?.Row.Name ?? Name;

    // What one that is shared names is another project's.
    private string? HrefOf(RelatedResource related) => Detail?.Source is null ? Place.HrefOf(related) : null;

    private static string Relation(ResourceKind kind, string relation) =>
        kind.Fields.SelectMany(field => field.Columns.Prepend(field)).FirstOrDefault(field => field.Name == relation)?.Title ?? relation;
}

/// <summary>A resource, the name in the address, the access versions it was read under, and what happened to it; null for those who may not read that.</summary>
public sealed record LoadedResource(string Name, AccessVersions Versions, ResourceDetail Detail, IReadOnlyList<AuditLine>? Activity);
