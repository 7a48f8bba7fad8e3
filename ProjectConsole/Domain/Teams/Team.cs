using ProjectConsole.Shared;

namespace ProjectConsole.Domain.Teams;

/// <summary>Named members of an organization, whom projects and workspaces take in as one. Who is in it are rows of principals.</summary>
public sealed class Team
{
    /// <summary>The most characters of a name.</summary>
    public const int LongestName = 100;

    /// <summary>The most characters of a description.</summary>
    public const int LongestDescription = 500;

    private Team()
    {
    }

    /// <summary>Makes a team with checked slug and texts.</summary>
    public Team(Guid organizationId, string slug, string name, string description, DateTime nowUtc)
    {
        Id = Guid.CreateVersion7();
        OrganizationId = organizationId;
        Slug = slug;
        CreatedUtc = nowUtc;
        Change(name, description);
    }

    /// <summary>UUID version 7; grants name it as their principal.</summary>
    /// <summary>A deleted team as it was, so that what the log says of it speaks of this one.</summary>
    public static Team Restored(Guid id, Guid organizationId, string slug, string name, string description, DateTime nowUtc) =>
        new(organizationId, slug, name, description, nowUtc) { Id = id };

    public Guid Id { get; private set; }

    /// <summary>The tenant.</summary>
    public Guid OrganizationId { get; private set; }

    /// <summary>Unique in the organization; never changes.</summary>
    public string Slug { get; private set; } = "";

    /// <summary>Display name.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The name, folded, for search and sorting.</summary>
    public string NameFolded { get; private set; } = "";

    /// <summary>What it is for, possibly empty.</summary>
    public string Description { get; private set; } = "";

    /// <summary>When it was made, UTC.</summary>
    public DateTime CreatedUtc { get; private set; }

    /// <summary>The edit token.</summary>
    public Guid Version { get; private set; }

    /// <summary>Gives it other checked texts.</summary>
    public void Change(string name, string description)
    {
        (Name, NameFolded, Description) = (name, TextRules.Fold(name), description);
        Version = Guid.NewGuid();
    }
}
