using ProjectConsole.Domain.Resources;
using ProjectConsole.Shared;

namespace ProjectConsole.Domain.Organizations;

/// <summary>The tenant.</summary>
public sealed class Organization
{
    /// <summary>How long a deleted organization can be restored by its Owners.</summary>
    public static readonly TimeSpan RestorableFor = TimeSpan.FromDays(30);

    private Organization()
    {
    }

    /// <summary>Makes an organization; its Default Project and <c>default</c> workspace are made beside it.</summary>
    /// <param name="slug">A checked slug, unique in the installation.</param>
    /// <param name="name">A checked name.</param>
    /// <param name="projectAllowance">The most projects, the Default Project included; null for no allowance.</param>
    /// <param name="nowUtc">Now, UTC.</param>
    public Organization(string slug, string name, int? projectAllowance, DateTime nowUtc)
    {
        Id = Guid.CreateVersion7();
        Slug = slug;
        Name = name;
        SearchText = $"{TextRules.Fold(name)}\n{slug}";
        ProjectAllowance = projectAllowance;
        CreatedUtc = nowUtc;
        Version = Guid.NewGuid();
    }

    /// <summary>UUID version 7.</summary>
    public Guid Id { get; private set; }

    /// <summary>Unique in the installation; never changes.</summary>
    public string Slug { get; private set; } = "";

    /// <summary>Display name, 1 to 100 characters.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Name and slug, folded, for search.</summary>
    public string SearchText { get; private set; } = "";

    /// <summary>Who creates projects.</summary>
    public ProjectCreation ProjectCreation { get; private set; }

    /// <summary>The most projects, the Default Project included, deleted ones not counted; null for no allowance.</summary>
    public int? ProjectAllowance { get; private set; }

    /// <summary>The most projects that one person may have created, deleted ones not counted; null for no limit.</summary>
    public int? ProjectsPerPerson { get; private set; }

    /// <summary>A regular expression that new Project IDs must match as a whole; empty for none.</summary>
    public string ProjectIdPattern { get; private set; } = "";

    /// <summary>What people read beside the field and when a Project ID does not match the pattern.</summary>
    public string ProjectIdHint { get; private set; } = "";

    /// <summary>Whether people outside the organization may hold grants.</summary>
    public bool AllowsExternalCollaborators { get; private set; }

    /// <summary>How people come into the organization and its projects.</summary>
    public Joining Joining { get; private set; }

    /// <summary>Whether a member of a team that is a collaborator may be added beside it.</summary>
    public bool AllowsGrantsBesideTeams { get; private set; }

    /// <summary>Minutes without an act of the person after which sessions of members end; null for never.</summary>
    public int? IdleSignOutMinutes { get; private set; }

    /// <summary>How many days a key of a project lives at most; null for no bound.</summary>
    public int? LongestKeyLifeDays { get; private set; }

    /// <summary>The app types that it offers as one text; null while they are those with which every organization begins.</summary>
    public string? AppTypeText { get; private set; }

    /// <summary>The app types that it offers, in the order in which people read them.</summary>
    public IReadOnlyList<FieldChoice> AppTypes => AppTypeRules.Read(AppTypeText);

    /// <summary>When it was deleted, UTC; null while it lives.</summary>
    public DateTime? DeletedUtc { get; private set; }

    /// <summary>When it was made, UTC.</summary>
    public DateTime CreatedUtc { get; private set; }

    /// <summary>Raised with every change of members, roles, settings that decide access, and locked accounts.</summary>
    public long AccessVersion { get; private set; }

    /// <summary>The edit token.</summary>
    public Guid Version { get; private set; }

    /// <summary>Deleted and restorable.</summary>
    public bool IsDeleted => DeletedUtc is not null;

    /// <summary>Until when it can be restored, UTC; null while it lives.</summary>
    public DateTime? RestorableUntilUtc => DeletedUtc + RestorableFor;

    /// <summary>Replaces the settings with checked ones.</summary>
    public void Change(OrganizationSettings settings)
    {
        Name = settings.Name;
        SearchText = $"{TextRules.Fold(settings.Name)}\n{Slug}";
        ProjectCreation = settings.ProjectCreation;
        ProjectsPerPerson = settings.ProjectsPerPerson;
        ProjectIdPattern = settings.ProjectIdPattern;
        ProjectIdHint = settings.ProjectIdHint;
        AllowsExternalCollaborators = settings.AllowsExternalCollaborators;
        Joining = settings.Joining;
        AllowsGrantsBesideTeams = settings.AllowsGrantsBesideTeams;
        IdleSignOutMinutes = settings.IdleSignOutMinutes;
        LongestKeyLifeDays = settings.LongestKeyLifeDays;
        Version = Guid.NewGuid();
    }

    /// <summary>Replaces the app types with checked ones.</summary>
    public void Offer(IReadOnlyList<FieldChoice> appTypes)
    {
        AppTypeText = AppTypeRules.ToText(appTypes);
        Version = Guid.NewGuid();
    }

    /// <summary>Sets the allowance; only the installation's administrator does.</summary>
    public void Allow(int? projects)
    {
        ProjectAllowance = projects;
        Version = Guid.NewGuid();
    }

    /// <summary>Ends it for everybody at once; its Owners can restore it for <see cref="RestorableFor"/>.</summary>
    public void Delete(DateTime nowUtc)
    {
        DeletedUtc = nowUtc;
        Version = Guid.NewGuid();
    }

    /// <summary>Brings it back.</summary>
    public void Restore()
    {
        DeletedUtc = null;
        Version = Guid.NewGuid();
    }
}
