namespace ProjectConsole.Domain.Resources;

/// <summary>Anything that a project, a personal space or the organization's catalogue owns. It stays when its creator leaves.</summary>
public sealed class Resource
{
    private Resource()
    {
    }

    /// <summary>Makes a resource in the first state of its kind.</summary>
    /// <param name="owner">Who owns it.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="name">A checked name, unique per owner and kind.</param>
    /// <param name="spec">Checked fields.</param>
    /// <param name="createdBy">Who made it.</param>
    /// <param name="createdByName">That person's address at that time.</param>
    /// <param name="nowUtc">Now, UTC.</param>
    public Resource(ResourceOwner owner, ResourceKind kind, string name, ResourceSpec spec, Guid createdBy, string createdByName, DateTime nowUtc)
    {
        Id = Guid.CreateVersion7();
        OrganizationId = owner.OrganizationId;
        (OwnerId, ProjectId) = (owner.Id, owner.ProjectId);
        Kind = kind.Name;
        Name = name;
        SpecText = spec.ToText();
        State = kind.Life.Initial.Name;
        (CreatedBy, CreatedByName) = (createdBy, createdByName);
        (CreatedUtc, ChangedUtc, StateUtc, LastUsedUtc) = (nowUtc, nowUtc, nowUtc, nowUtc);
        Version = Guid.NewGuid();
    }

    /// <summary>UUID version 7.</summary>
    public Guid Id { get; private set; }

    /// <summary>The tenant.</summary>
    public Guid OrganizationId { get; private set; }

    /// <summary>Id of the owning project, personal space or, for the catalogue, organization.</summary>
    public Guid OwnerId { get; private set; }

    /// <summary>The owning project; null for a resource of a personal space or of the organization's catalogue.</summary>
    public Guid? ProjectId { get; private set; }

    /// <summary>Name of a <see cref="ResourceKind"/>.</summary>
    public string Kind { get; private set; } = "";

    /// <summary>1 to 63 of <c>a-z 0-9 - _ .</c>, unique per owner and kind.</summary>
    public string Name { get; private set; } = "";

    /// <summary>What it is for, at most 1,000 characters.</summary>
    public string Description { get; private set; } = "";

    /// <summary>Free labels.</summary>
    public IReadOnlyList<string> Labels { get; private set; } = [];

    /// <summary>A state of its kind.</summary>
    public string State { get; private set; } = "";

    /// <summary>Since when it is in that state, UTC.</summary>
    public DateTime StateUtc { get; private set; }

    /// <summary>Its fields as JSON; secrets are not in it.</summary>
    public string SpecText { get; private set; } = "{}";

    /// <summary>Whether every project of the organization sees it.</summary>
    public bool IsOrganizationVisible { get; private set; }

    /// <summary>Who made it.</summary>
    public Guid CreatedBy { get; private set; }

    /// <summary>That person's address at that time.</summary>
    public string CreatedByName { get; private set; } = "";

    /// <summary>When it was made, UTC.</summary>
    public DateTime CreatedUtc { get; private set; }

    /// <summary>When fields, description or labels were changed last, UTC.</summary>
    public DateTime ChangedUtc { get; private set; }

    /// <summary>When it was used last: made, changed, operated, or named by another, UTC.</summary>
    public DateTime LastUsedUtc { get; private set; }

    /// <summary>The edit token.</summary>
    public Guid Version { get; private set; }

    /// <summary>Its fields.</summary>
    public ResourceSpec Spec => ResourceSpec.Parse(SpecText);

    /// <summary>Replaces description, labels and fields with checked ones.</summary>
    public void Change(string description, IReadOnlyList<string> labels, ResourceSpec spec, DateTime nowUtc)
    {
        (Description, Labels, SpecText) = (description, labels, spec.ToText());
        (ChangedUtc, LastUsedUtc, Version) = (nowUtc, nowUtc, Guid.NewGuid());
    }

    /// <summary>Puts it into another state of its kind.</summary>
    public void Enter(string state, DateTime nowUtc) => (State, StateUtc, LastUsedUtc, Version) = (state, nowUtc, nowUtc, Guid.NewGuid());

    /// <summary>Says that it was used at a time, unless it was used later.</summary>
    public void Touch(DateTime usedUtc) => LastUsedUtc = usedUtc > LastUsedUtc ? usedUtc : LastUsedUtc;

    /// <summary>Gives it to another owner; what it is stays as it was.</summary>
    public void MoveTo(ResourceOwner owner, DateTime nowUtc) =>
        (OwnerId, ProjectId, ChangedUtc, Version) = (owner.Id, owner.ProjectId, nowUtc, Guid.NewGuid());

    /// <summary>Lets every project of the organization see it, or not any more.</summary>
    public void ShowToOrganization(bool isVisible) => (IsOrganizationVisible, Version) = (isVisible, Guid.NewGuid());
}
