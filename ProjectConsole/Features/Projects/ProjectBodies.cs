using ProjectConsole.Api;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Security;

namespace ProjectConsole.Features.Projects;

/// <summary>A project in a list.</summary>
/// <param name="Id">The Project ID.</param>
/// <param name="Name">Display name.</param>
/// <param name="State">What can be done in it.</param>
/// <param name="Role">The caller's largest built-in role.</param>
/// <param name="Collaborators">People and teams with a grant on it.</param>
/// <param name="Resources">Resources of all kinds.</param>
/// <param name="CreatedUtc">When it was made.</param>
/// <param name="LastActivityUtc">The last change of it or in it.</param>
/// <param name="RestorableUntilUtc">Until when it can be restored; null while it is not deleted.</param>
public sealed record ListedProjectBody(
    string Id, string Name, ProjectState State, string Role, int Collaborators, int Resources, DateTime CreatedUtc, DateTime LastActivityUtc, DateTime? RestorableUntilUtc)
{
    internal static ListedProjectBody Of(ProjectRow row) =>
        new(row.Slug, row.Name, row.State, row.Role, row.Collaborators, row.Resources, row.CreatedUtc, row.LastActivityUtc, row.RestorableUntilUtc);
}

/// <summary>A project.</summary>
/// <param name="Id">The Project ID.</param>
/// <param name="Uid">What it is known by for ever; no other project gets it.</param>
/// <param name="Organization">The organization's slug.</param>
/// <param name="Workspace">The workspace's slug.</param>
/// <param name="Name">Display name.</param>
/// <param name="Description">What it is for.</param>
/// <param name="State">What can be done in it.</param>
/// <param name="IsDefault">Whether it is the organization's Default Project.</param>
/// <param name="Structure">Key of a structure; null for none.</param>
/// <param name="Labels">Free words.</param>
/// <param name="Configuration">Named values that runs and jobs receive.</param>
/// <param name="Documentation">Markdown.</param>
/// <param name="Permissions">What the caller may do in it now.</param>
public sealed record ProjectBody(
    string Id, Guid Uid, string Organization, string Workspace, string Name, string Description, ProjectState State, bool IsDefault, string? Structure,
    IReadOnlyList<string> Labels, IReadOnlyList<ConfigurationValue> Configuration, string Documentation, IReadOnlyList<string> Permissions)
{
    internal static ProjectBody Of(ProjectAccess access, ProjectSettings settings) => new(
        access.Project.Slug, access.Project.Id, access.Organization.Slug, access.Project.WorkspaceSlug, settings.Name, settings.Description, access.Project.State,
        access.Project.IsDefault, settings.Structure, settings.Labels, settings.Configuration, settings.Documentation, ApiJson.Names(access.Access.Allowed));
}

/// <summary>A project to create.</summary>
/// <param name="Id">The Project ID: 1 to 50 of a-z 0-9 - _, never changed and never used again.</param>
/// <param name="Name">Display name.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Structure">Key of a structure.</param>
/// <param name="Workspace">The workspace's slug; the one named default where it is not sent.</param>
/// <param name="Collaborators">Who is to work in it from the start, beside its creator.</param>
/// <param name="Configuration">Named values that runs and jobs receive.</param>
public sealed record NewProjectBody(
    string? Id, string? Name, string? Description, string? Structure, string? Workspace, IReadOnlyList<NewProjectCollaboratorBody?>? Collaborators,
    IReadOnlyList<ConfigurationValue?>? Configuration);

/// <summary>Somebody to add while a project is created.</summary>
/// <param name="Address">E-mail address or Team ID.</param>
/// <param name="Role">Stored name of a built-in role; developer where it is not sent.</param>
/// <param name="External">Whether the person may be outside the organization.</param>
public sealed record NewProjectCollaboratorBody(string? Address, string? Role, bool External = false);

/// <summary>What was made.</summary>
/// <param name="Id">The Project ID.</param>
/// <param name="Uid">What it is known by for ever.</param>
/// <param name="Name">Display name.</param>
public sealed record CreatedProjectBody(string Id, Guid Uid, string Name);

/// <summary>A change of a project's settings; what is not sent stays.</summary>
/// <param name="Name">Display name.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Structure">Key of a structure; null for none.</param>
/// <param name="Labels">Free words.</param>
/// <param name="Configuration">Named values that runs and jobs receive, all of them.</param>
/// <param name="Documentation">Markdown.</param>
public sealed record ProjectChangeBody(
    string? Name, string? Description, Optional<string?> Structure, IReadOnlyList<string?>? Labels, IReadOnlyList<ConfigurationValue?>? Configuration, string? Documentation)
{
    internal ProjectSettings Over(ProjectSettings current) => current with
    {
        Name = Name ?? current.Name,
        Description = Description ?? current.Description,
        Structure = Structure.Or(current.Structure),
        Labels = Labels is null ? current.Labels : [.. Labels.Select(label => label ?? "")],
        Configuration = Configuration is null ? current.Configuration : ConfigurationOf(Configuration),
        Documentation = Documentation ?? current.Documentation,
    };

    internal static IReadOnlyList<ConfigurationValue> ConfigurationOf(IReadOnlyList<ConfigurationValue?>? sent) =>
        [.. (sent ?? []).Select(value => new ConfigurationValue(value?.Name ?? "", value?.Value ?? ""))];
}

/// <summary>A project that was brought back.</summary>
/// <param name="Id">The Project ID.</param>
/// <param name="RestorerBecameAdmin">Whether nobody else was Admin any more.</param>
public sealed record RestoredProjectBody(string Id, bool RestorerBecameAdmin);
