namespace ProjectConsole.Domain.Projects;

/// <summary>When a person last worked in a project; feeds the switcher's recents and the collaborators' last activity.</summary>
public sealed class ProjectVisit
{
    private ProjectVisit()
    {
    }

    /// <summary>Notes the first visit.</summary>
    public ProjectVisit(Guid organizationId, Guid projectId, Guid userId, DateTime nowUtc) =>
        (OrganizationId, ProjectId, UserId, LastUtc) = (organizationId, projectId, userId, nowUtc);

    /// <summary>The project's organization.</summary>
    public Guid OrganizationId { get; private set; }

    /// <summary>The project.</summary>
    public Guid ProjectId { get; private set; }

    /// <summary>The person.</summary>
    public Guid UserId { get; private set; }

    /// <summary>The latest visit, UTC.</summary>
    public DateTime LastUtc { get; set; }
}
