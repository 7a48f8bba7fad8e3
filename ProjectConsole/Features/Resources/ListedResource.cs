using ProjectConsole.Data;
using ProjectConsole.Domain.Resources;

namespace ProjectConsole.Features.Resources;

/// <summary>
/// What lists ask of a resource and order it by, read from the resource itself or, where only those with a label are asked for,
/// from the row of that label, which indexes lead to. What a list asks or orders by beside these is the resource's own.
/// </summary>
internal sealed class ListedResource
{
    /// <summary>Id of the resource.</summary>
    public required Guid Id { get; init; }

    /// <summary>The resource.</summary>
    public required Resource Resource { get; init; }

    /// <summary>The tenant.</summary>
    public required Guid OrganizationId { get; init; }

    /// <summary>Who owns it.</summary>
    public required Guid OwnerId { get; init; }

    /// <summary>Its kind.</summary>
    public required string Kind { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTime CreatedUtc { get; init; }

    /// <summary>When it was used last, UTC.</summary>
    public required DateTime LastUsedUtc { get; init; }

    /// <summary>Those that have a label, or all.</summary>
    public static IQueryable<ListedResource> Of(ConsoleDbContext db, string? label) => label is null
        ? Of(db.Resources)
        : db.ResourceLabels.Where(row => row.Label == label).Select(row => new ListedResource
        {
            Id = row.ResourceId,
            Resource = row.Resource,
            OrganizationId = row.OrganizationId,
            OwnerId = row.OwnerId,
            Kind = row.Kind,
            Name = row.Name,
            CreatedUtc = row.CreatedUtc,
            LastUsedUtc = row.LastUsedUtc,
        });

    /// <summary>These resources.</summary>
    public static IQueryable<ListedResource> Of(IQueryable<Resource> resources) => resources.Select(resource => new ListedResource
    {
        Id = resource.Id,
        Resource = resource,
        OrganizationId = resource.OrganizationId,
        OwnerId = resource.OwnerId,
        Kind = resource.Kind,
        Name = resource.Name,
        CreatedUtc = resource.CreatedUtc,
        LastUsedUtc = resource.LastUsedUtc,
    });
}
