namespace ProjectConsole.Domain.Resources;

/// <summary>Anything that a project owns. It stays with the project when its creator leaves.</summary>
public sealed class Resource
{
    private Resource()
    {
    }

    /// <summary>Makes a resource of a project.</summary>
    /// <param name="organizationId">The tenant.</param>
    /// <param name="projectId">The owning project.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="name">1 to 63 of <c>a-z 0-9 - _ .</c>, unique per owner and kind.</param>
    /// <param name="state">A state of its kind.</param>
    /// <param name="createdBy">Who made it.</param>
    /// <param name="nowUtc">Now, UTC.</param>
    public Resource(Guid organizationId, Guid projectId, ResourceKind kind, string name, string state, Guid createdBy, DateTime nowUtc)
    {
        Id = Guid.CreateVersion7();
        OrganizationId = organizationId;
        ProjectId = projectId;
        Kind = kind.Name;
        Name = name;
        State = state;
        CreatedBy = createdBy;
        CreatedUtc = nowUtc;
        Version = Guid.NewGuid();
    }

    /// <summary>UUID version 7.</summary>
    public Guid Id { get; private set; }

    /// <summary>The tenant.</summary>
    public Guid OrganizationId { get; private set; }

    /// <summary>The owning project; null for a resource of a personal space or of the organization's catalogue.</summary>
    public Guid? ProjectId { get; private set; }

    /// <summary>Name of a <see cref="ResourceKind"/>.</summary>
    public string Kind { get; private set; } = "";

    /// <summary>Its name.</summary>
    public string Name { get; private set; } = "";

    /// <summary>A state of its kind.</summary>
    public string State { get; private set; } = "";

    /// <summary>Who made it.</summary>
    public Guid CreatedBy { get; private set; }

    /// <summary>When it was made, UTC.</summary>
    public DateTime CreatedUtc { get; private set; }

    /// <summary>The edit token.</summary>
    public Guid Version { get; private set; }
}
