using Microsoft.AspNetCore.Components;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Audit;
using ProjectConsole.Features.Sharing;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Resources;

/// <summary>What is around a resource, as links and words, and what happened to it.</summary>
public sealed partial class ResourceSection
{
    private const int MostActivity = 6;

    [Inject]
    public required AuditService Audit { get; init; }

    [Inject]
    public required SharingDirectory Sharing { get; init; }

    // One that is shared stands in the address with its project.
    private string Shown => Detail?.Row.Name ?? Name;

    // What one that is shared names is another project's.
    private string? HrefOf(RelatedResource related) => Detail?.Source is null ? Place.HrefOf(related) : null;

    private static string Relation(ResourceKind kind, string relation) =>
        kind.Fields.SelectMany(field => field.Columns.Prepend(field)).FirstOrDefault(field => field.Name == relation)?.Title ?? relation;

    private async Task<Result<LoadedResource>> AroundAsync(Actor actor, ResourcePlace place, ResourceDetail detail)
    {
        var shared = await SharedAsync(actor, place, detail);
        return shared.Succeeded ? new LoadedResource(Name, place.Versions, detail, await ActivityAsync(actor, place, detail), shared.Value) : shared.Error;
    }

    // Told to whoever sees the resource where it belongs. Where that cannot be read the page says so: an empty list would say that nobody has it.
    private async Task<Result<SharedWith?>> SharedAsync(Actor actor, ResourcePlace place, ResourceDetail detail)
    {
        var isShareable = place.Owner.ProjectId is not null || (place.Rights.IsOwnSpace && Kind.IsGrantable);
        if (!isShareable || detail.Source is not null)
        {
            return (SharedWith?)null;
        }

        var found = await Reads.TryAsync(() => Sharing.GetOfResourceAsync(actor, place.Owner, detail.Row.Id));
        return found.Map<SharedWith?>(shared => shared);
    }

    // By its id: what was deleted and had the same name is another one.
    private async Task<IReadOnlyList<AuditLine>?> ActivityAsync(Actor actor, ResourcePlace place, ResourceDetail detail)
    {
        if (place.AuditHref is null || detail.Source is not null)
        {
            return null;
        }

        var (organizationId, ofIt) = (place.Owner.OrganizationId, new AuditQuery { ObjectId = detail.Row.Id, IsOutsideProjects = place.Owner.ProjectId is null });
        var found = await Reads.TryAsync(() => place.Owner.ProjectId is { } projectId
            ? Audit.ListAsync(actor, new ProjectScope(organizationId, projectId), ofIt)
            : Audit.ListAsync(actor, organizationId, ofIt));
        return found.Succeeded ? [.. found.Value.Lines.Take(MostActivity)] : [];
    }
}

/// <summary>
/// A resource, the name in the address, the access versions it was read under, what happened to it, null for those who may not read that,
/// and with whom it is shared, null where that is not told here.
/// </summary>
public sealed record LoadedResource(string Name, AccessVersions Versions, ResourceDetail Detail, IReadOnlyList<AuditLine>? Activity, SharedWith? Shared);
