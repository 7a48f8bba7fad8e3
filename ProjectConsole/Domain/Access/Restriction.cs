using ProjectConsole.Shared;

namespace ProjectConsole.Domain.Access;

/// <summary>Named rules that only subtract, for one organization or one project; they hang on grants.</summary>
public sealed class Restriction
{
    /// <summary>The most characters of a name.</summary>
    public const int LongestName = 60;

    /// <summary>The most characters of a description.</summary>
    public const int LongestDescription = 500;

    private Restriction()
    {
    }

    /// <summary>Makes a restriction, which <see cref="Change"/> then fills.</summary>
    /// <param name="organizationId">The tenant.</param>
    /// <param name="projectId">The only project that knows it; null where all of the organization do.</param>
    /// <param name="nowUtc">Now, UTC.</param>
    public Restriction(Guid organizationId, Guid? projectId, DateTime nowUtc)
    {
        Id = Guid.CreateVersion7();
        OrganizationId = organizationId;
        ProjectId = projectId;
        OwnerId = projectId ?? organizationId;
        CreatedUtc = nowUtc;
    }

    /// <summary>UUID version 7.</summary>
    public Guid Id { get; private set; }

    /// <summary>The tenant.</summary>
    public Guid OrganizationId { get; private set; }

    /// <summary>The only project that knows it; null where all of the organization do.</summary>
    public Guid? ProjectId { get; private set; }

    /// <summary>The project, or else the organization: names are unique in it.</summary>
    public Guid OwnerId { get; private set; }

    /// <summary>For people, 1 to <see cref="LongestName"/> characters.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The name, folded, for sorting and uniqueness.</summary>
    public string NameFolded { get; private set; } = "";

    /// <summary>What it is for, possibly empty.</summary>
    public string Description { get; private set; } = "";

    /// <summary>The rules, one on each line.</summary>
    public string RuleText { get; private set; } = "";

    /// <summary>Whether it leaves <c>collaborators.manage-admins</c>, so that databases can look for Admins.</summary>
    public bool SparesAdmin { get; private set; }

    /// <summary>When it was made, UTC.</summary>
    public DateTime CreatedUtc { get; private set; }

    /// <summary>The edit token.</summary>
    public Guid Version { get; private set; }

    /// <summary>The rules.</summary>
    public RestrictionRules Rules => RestrictionRules.Parse(RuleText);

    /// <summary>Replaces texts and rules with checked ones.</summary>
    public void Change(string name, string description, RestrictionRules rules)
    {
        (Name, NameFolded, Description) = (name, TextRules.Fold(name), description);
        RuleText = rules.Text;
        SparesAdmin = !rules.Denied.Contains(Permissions.CollaboratorsManageAdmins);
        Version = Guid.NewGuid();
    }
}
