using ProjectConsole.Shared;

namespace ProjectConsole.Domain.Projects;

/// <summary>The isolation boundary: who may use which resources, within which limits, and why.</summary>
public sealed class Project
{
    /// <summary>How long a deleted project can be restored.</summary>
    public static readonly TimeSpan RestorableFor = TimeSpan.FromDays(30);

    private Project()
    {
    }

    /// <summary>Makes a project in state Active.</summary>
    /// <param name="organizationId">Its tenant.</param>
    /// <param name="workspaceId">A workspace of that organization.</param>
    /// <param name="slug">A checked Project ID.</param>
    /// <param name="details">Checked details.</param>
    /// <param name="createdBy">The person who made it.</param>
    /// <param name="nowUtc">Now, UTC.</param>
    /// <param name="isDefault">Whether it is the organization's Default Project.</param>
    public Project(
        Guid organizationId, Guid workspaceId, string slug, ProjectDetails details, Guid createdBy, DateTime nowUtc, bool isDefault = false)
    {
        Id = Guid.CreateVersion7();
        OrganizationId = organizationId;
        WorkspaceId = workspaceId;
        Slug = slug;
        CreatedBy = createdBy;
        CreatedUtc = nowUtc;
        LastActivityUtc = nowUtc;
        IsDefault = isDefault;
        Documentation = StartingDocumentation;
        Change(details);
    }

    /// <summary>The headings that every project's documentation starts with.</summary>
    public static string StartingDocumentation { get; } = "## Purpose\n\n## Owners\n\n## Custom roles\n\n## Dependencies\n";

    /// <summary>UUID version 7.</summary>
    public Guid Id { get; private set; }

    /// <summary>Its tenant.</summary>
    public Guid OrganizationId { get; private set; }

    /// <summary>Its workspace.</summary>
    public Guid WorkspaceId { get; private set; }

    /// <summary>"Project ID" for people; unique in the organization for ever.</summary>
    public string Slug { get; private set; } = "";

    /// <summary>Display name, 1 to 100 characters.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Name and slug, folded, for search on every database alike.</summary>
    public string SearchText { get; private set; } = "";

    /// <summary>The name, folded, for sorting on every database alike.</summary>
    public string NameFolded { get; private set; } = "";

    /// <summary>A brief explanation, at most 1,000 characters.</summary>
    public string Description { get; private set; } = "";

    /// <summary>Key of a <see cref="ProjectStructure"/>; null when none was chosen.</summary>
    public string? Structure { get; private set; }

    /// <summary>Free labels.</summary>
    public IReadOnlyList<string> Labels { get; private set; } = [];

    /// <summary>Named values that runs and jobs receive.</summary>
    public IReadOnlyList<ConfigurationValue> Configuration { get; private set; } = [];

    /// <summary>Markdown, at most 20,000 characters.</summary>
    public string Documentation { get; private set; } = "";

    /// <summary>Active, Suspended or Deleted.</summary>
    public ProjectState State { get; private set; }

    /// <summary>Open to every member, cannot be suspended or deleted.</summary>
    public bool IsDefault { get; private set; }

    /// <summary>Suspended by somebody through an organization role, so that only an organization role activates it.</summary>
    public bool SuspendedByOrganization { get; private set; }

    /// <summary>When it was deleted, UTC.</summary>
    public DateTime? DeletedUtc { get; private set; }

    /// <summary>Who made it.</summary>
    public Guid CreatedBy { get; private set; }

    /// <summary>When it was made, UTC.</summary>
    public DateTime CreatedUtc { get; private set; }

    /// <summary>The last change of it or in it, UTC.</summary>
    public DateTime LastActivityUtc { get; private set; }

    /// <summary>Raised with every change of who may do what here; open pages compare it.</summary>
    public long AccessVersion { get; private set; }

    /// <summary>The edit token: a form that was read under another one is stale.</summary>
    public Guid Version { get; private set; }

    /// <summary>Until when a deleted project can be restored, UTC; null while it is not deleted.</summary>
    public DateTime? RestorableUntilUtc => DeletedUtc + RestorableFor;

    /// <summary>Replaces name, description, structure, labels and configuration values with checked ones.</summary>
    public void Change(ProjectDetails details)
    {
        Name = details.Name;
        NameFolded = TextRules.Fold(details.Name);
        SearchText = $"{NameFolded}\n{Slug}";
        Description = details.Description;
        Structure = details.Structure;
        Labels = details.Labels;
        Configuration = details.Configuration;
        Version = Guid.NewGuid();
    }

    /// <summary>Replaces the documentation with checked Markdown.</summary>
    public void Document(string markdown)
    {
        Documentation = markdown;
        Version = Guid.NewGuid();
    }

    /// <summary>Puts it into another workspace of the same organization.</summary>
    public void MoveTo(Guid workspaceId)
    {
        WorkspaceId = workspaceId;
        Version = Guid.NewGuid();
    }

    /// <summary>Notes that something happened in it.</summary>
    public void Touch(DateTime nowUtc) => LastActivityUtc = nowUtc;

    /// <summary>
    /// Active -> Suspended; and what a project Admin suspended becomes suspended by the organization, so that suspending first keeps
    /// the organization from nothing.
    /// </summary>
    /// <param name="throughOrganizationRole">Whether the actor may do it by an organization role.</param>
    public Result Suspend(bool throughOrganizationRole)
    {
        if (IsDefault)
        {
            return new DefaultProjectStays("suspended");
        }

        var isTakenOver = State == ProjectState.Suspended && throughOrganizationRole && !SuspendedByOrganization;
        if (State != ProjectState.Active && !isTakenOver)
        {
            return new WrongProjectState(Name, State, "suspended");
        }

        State = ProjectState.Suspended;
        SuspendedByOrganization = throughOrganizationRole;
        Version = Guid.NewGuid();
        return Result.Ok;
    }

    /// <summary>Suspended -> Active.</summary>
    /// <param name="throughOrganizationRole">Whether the actor may do it by an organization role.</param>
    public Result Activate(bool throughOrganizationRole)
    {
        if (State != ProjectState.Suspended)
        {
            return new WrongProjectState(Name, State, "activated");
        }

        if (SuspendedByOrganization && !throughOrganizationRole)
        {
            return new SuspendedByTheOrganization(Name);
        }

        State = ProjectState.Active;
        SuspendedByOrganization = false;
        Version = Guid.NewGuid();
        return Result.Ok;
    }

    /// <summary>Active or Suspended -> Deleted; it keeps everything for <see cref="RestorableFor"/>.</summary>
    public Result Delete(DateTime nowUtc)
    {
        if (IsDefault)
        {
            return new DefaultProjectStays("deleted");
        }

        if (State == ProjectState.Deleted)
        {
            return new WrongProjectState(Name, State, "deleted");
        }

        State = ProjectState.Deleted;
        DeletedUtc = nowUtc;
        Version = Guid.NewGuid();
        return Result.Ok;
    }

    /// <summary>Deleted -> Active, or Suspended where the organization had suspended it.</summary>
    public Result Restore(DateTime nowUtc)
    {
        if (State != ProjectState.Deleted)
        {
            return new WrongProjectState(Name, State, "restored");
        }

        if (nowUtc >= RestorableUntilUtc)
        {
            return new RestoreTooLate(Name);
        }

        // A restore must not be a way around a suspension by the organization.
        State = SuspendedByOrganization ? ProjectState.Suspended : ProjectState.Active;
        DeletedUtc = null;
        Version = Guid.NewGuid();
        return Result.Ok;
    }
}
