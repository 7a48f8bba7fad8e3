using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Audit;
using ProjectConsole.Security;

namespace ProjectConsole.Features.Resources;

/// <summary>What is around a resource, as links and words.</summary>
public sealed partial class ResourceSection
{
    private static string Relation(ResourceKind kind, string relation) =>
        kind.Fields.SelectMany(field => field.Columns.Prepend(field)).FirstOrDefault(field => field.Name == relation)?.Title ?? relation;
}

/// <summary>A resource, the access versions it was read under, and what happened to it; null for those who may not read that.</summary>
public sealed record LoadedResource(AccessVersions Versions, ResourceDetail Detail, IReadOnlyList<AuditLine>? Activity);
