using ProjectConsole.Api;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Security;

namespace ProjectConsole.Features.Organizations;

/// <summary>An organization in a list.</summary>
/// <param name="Id">The Organization ID.</param>
/// <param name="Name">Display name.</param>
/// <param name="Role">The caller's role in it.</param>
/// <param name="CreatedUtc">When it was made.</param>
/// <param name="RestorableUntilUtc">Until when it can be restored; null while it is not deleted.</param>
public sealed record ListedOrganizationBody(string Id, string Name, string Role, DateTime CreatedUtc, DateTime? RestorableUntilUtc)
{
    internal static ListedOrganizationBody Of(MyOrganization row) => new(row.Slug, row.Name, row.Role, row.CreatedUtc, row.RestorableUntilUtc);
}

/// <summary>An organization with its settings.</summary>
/// <param name="Id">The Organization ID.</param>
/// <param name="Uid">What it is known by for ever.</param>
/// <param name="CreatedUtc">When it was made.</param>
/// <param name="Settings">What its Owners and Admins set.</param>
/// <param name="Permissions">What the caller may do in it now.</param>
public sealed record OrganizationBody(string Id, Guid Uid, DateTime CreatedUtc, OrganizationSettings Settings, IReadOnlyList<string> Permissions)
{
    internal static OrganizationBody Of(OrganizationAccess access, SettingsView view) =>
        new(access.Organization.Slug, access.Id, view.CreatedUtc, view.Settings, ApiJson.Names(access.Access.Allowed));
}

/// <summary>An organization to create.</summary>
/// <param name="Id">The Organization ID.</param>
/// <param name="Name">Display name.</param>
public sealed record NewOrganizationBody(string? Id, string? Name);

/// <summary>What was made.</summary>
/// <param name="Id">Its ID.</param>
public sealed record CreatedBody(string Id);

/// <summary>A change of an organization's settings; what is not sent stays.</summary>
/// <param name="Name">Display name.</param>
/// <param name="ProjectCreation">Who creates projects.</param>
/// <param name="ProjectsPerPerson">1 to 10,000; null for no limit.</param>
/// <param name="ProjectIdPattern">Regular expression, possibly empty.</param>
/// <param name="ProjectIdHint">What people read about the pattern.</param>
/// <param name="AllowsExternalCollaborators">Whether people outside may hold grants.</param>
/// <param name="Joining">How people come in.</param>
/// <param name="AllowsGrantsBesideTeams">Whether somebody in a team that is a collaborator may be added beside it.</param>
/// <param name="IdleSignOutMinutes">5 to 1,440; null for never.</param>
/// <param name="LongestKeyLifeDays">1 to 3,650; null for no bound.</param>
public sealed record OrganizationChangeBody(
    string? Name, ProjectCreation? ProjectCreation, Optional<int?> ProjectsPerPerson, string? ProjectIdPattern, string? ProjectIdHint, bool? AllowsExternalCollaborators,
    Joining? Joining, bool? AllowsGrantsBesideTeams, Optional<int?> IdleSignOutMinutes, Optional<int?> LongestKeyLifeDays)
{
    internal OrganizationSettings Over(OrganizationSettings current) => current with
    {
        Name = Name ?? current.Name,
        ProjectCreation = ProjectCreation ?? current.ProjectCreation,
        ProjectsPerPerson = ProjectsPerPerson.Or(current.ProjectsPerPerson),
        ProjectIdPattern = ProjectIdPattern ?? current.ProjectIdPattern,
        ProjectIdHint = ProjectIdHint ?? current.ProjectIdHint,
        AllowsExternalCollaborators = AllowsExternalCollaborators ?? current.AllowsExternalCollaborators,
        Joining = Joining ?? current.Joining,
        AllowsGrantsBesideTeams = AllowsGrantsBesideTeams ?? current.AllowsGrantsBesideTeams,
        IdleSignOutMinutes = IdleSignOutMinutes.Or(current.IdleSignOutMinutes),
        LongestKeyLifeDays = LongestKeyLifeDays.Or(current.LongestKeyLifeDays),
    };
}
