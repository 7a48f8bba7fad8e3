namespace ProjectConsole.Domain.Resources;

/// <summary>
/// One label of a resource, beside what lists ask and order by, so that what has a label is found in the order of a list without
/// the others. It is written with its resource.
/// </summary>
public sealed class ResourceLabel
{
    private ResourceLabel()
    {
    }

    /// <summary>Notes that a resource has a label.</summary>
    public ResourceLabel(Resource resource, string label)
    {
        (ResourceId, Label, OrganizationId) = (resource.Id, label, resource.OrganizationId);
        (OwnerId, Kind, Name) = (resource.OwnerId, resource.Kind, resource.Name);
        (CreatedUtc, LastUsedUtc) = (resource.CreatedUtc, resource.LastUsedUtc);
    }

    /// <summary>The resource.</summary>
    public Guid ResourceId { get; private set; }

    /// <summary>The resource, where a query asks for more of it.</summary>
    public Resource Resource { get; private set; } = null!;

    /// <summary>The label.</summary>
    public string Label { get; private set; } = "";

    /// <summary>The tenant.</summary>
    public Guid OrganizationId { get; private set; }

    /// <summary>Who owns the resource.</summary>
    public Guid OwnerId { get; private set; }

    /// <summary>The resource's kind.</summary>
    public string Kind { get; private set; } = "";

    /// <summary>The resource's name.</summary>
    public string Name { get; private set; } = "";

    /// <summary>When the resource was made, UTC.</summary>
    public DateTime CreatedUtc { get; private set; }

    /// <summary>When the resource was used last, UTC.</summary>
    public DateTime LastUsedUtc { get; private set; }

    /// <summary>The resource has another owner.</summary>
    public void MoveTo(Guid ownerId) => OwnerId = ownerId;

    /// <summary>The resource was used.</summary>
    public void Use(DateTime usedUtc) => LastUsedUtc = usedUtc;
}
