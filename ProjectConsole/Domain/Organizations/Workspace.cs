using ProjectConsole.Shared;

namespace ProjectConsole.Domain.Organizations;

/// <summary>A group of projects in an organization. Every organization has one named <c>default</c>.</summary>
public sealed class Workspace
{
    /// <summary>The most characters of a name.</summary>
    public const int LongestName = 100;

    private Workspace()
    {
    }

    /// <summary>Makes a workspace with a checked slug and name.</summary>
    public Workspace(Guid organizationId, string slug, string name, DateTime nowUtc)
    {
        Id = Guid.CreateVersion7();
        OrganizationId = organizationId;
        Slug = slug;
        CreatedUtc = nowUtc;
        Rename(name);
    }

    /// <summary>UUID version 7.</summary>
    public Guid Id { get; private set; }

    /// <summary>Its tenant.</summary>
    public Guid OrganizationId { get; private set; }

    /// <summary>Unique in the organization; never changes.</summary>
    public string Slug { get; private set; } = "";

    /// <summary>Display name.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The name, folded, for sorting.</summary>
    public string NameFolded { get; private set; } = "";

    /// <summary>When it was made, UTC.</summary>
    public DateTime CreatedUtc { get; private set; }

    /// <summary>The edit token.</summary>
    public Guid Version { get; private set; }

    /// <summary>Gives it another checked name.</summary>
    public void Rename(string name)
    {
        Name = name;
        NameFolded = TextRules.Fold(name);
        Version = Guid.NewGuid();
    }
}
