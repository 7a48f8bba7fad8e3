using ProjectConsole.Shared;

namespace ProjectConsole.Domain.Keys;

/// <summary>An API key that belongs to a project and outlives the membership of who made it.</summary>
public sealed class ProjectKey : StoredKey
{
    private ProjectKey()
    {
    }

    /// <summary>Makes a key of a project.</summary>
    public ProjectKey(ProjectScope project, KeyTerms terms, Guid createdBy, string createdByName, DateTime nowUtc)
        : base(Guid.CreateVersion7(), terms, nowUtc) =>
        (OrganizationId, ProjectId, CreatedBy, CreatedByName) = (project.OrganizationId, project.ProjectId, createdBy, createdByName);

    private ProjectKey(ProjectScope defaultProject, KeyTerms terms, DateTime nowUtc)
        : base(defaultProject.ProjectId, terms, nowUtc) =>
        (OrganizationId, ProjectId, IsOrganizationDefault) = (defaultProject.OrganizationId, defaultProject.ProjectId, true);

    /// <summary>The tenant.</summary>
    public Guid OrganizationId { get; private set; }

    /// <summary>The project that it opens, and no other.</summary>
    public Guid ProjectId { get; private set; }

    /// <summary>Who made it; empty for the console itself.</summary>
    public Guid CreatedBy { get; private set; }

    /// <summary>That person's address at that time; empty for the console itself.</summary>
    public string CreatedByName { get; private set; } = "";

    /// <summary>The Organization Default Key: the Owner's alone, without a secret until it is first rotated, never revoked.</summary>
    public bool IsOrganizationDefault { get; private set; }

    /// <summary>
    /// Whether somebody from outside the organization had its secret: it sees only what people from outside see, whoever made it first.
    /// </summary>
    public bool IsOfOutsider { get; private set; }

    /// <summary>Somebody is about to be shown its secret.</summary>
    /// <param name="isOutsider">Whether that person is from outside the organization.</param>
    public void ShowTo(bool isOutsider) => IsOfOutsider |= isOutsider;

    /// <summary>
    /// The Organization Default Key of an organization. Its id is that of the Default Project, so that there cannot be two.
    /// </summary>
    public static ProjectKey OfOrganization(ProjectScope defaultProject, DateTime nowUtc) => new(defaultProject, KeyTerms.OfOrganizationDefault, nowUtc);
}
