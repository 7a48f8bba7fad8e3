using ProjectConsole.Security;

namespace ProjectConsole.Features.Projects;

/// <summary>What the pages of Add a New Project must know before anything is typed.</summary>
/// <param name="Allowance">How many projects there are, of how many.</param>
/// <param name="Workspaces">All workspaces of the organization.</param>
/// <param name="Pattern">What Project IDs must match; empty for anything.</param>
/// <param name="Hint">What people read about the pattern; may be empty.</param>
/// <param name="AllowsExternalCollaborators">Whether people outside the organization may be added.</param>
/// <param name="Holders">Who has access by an organization role.</param>
public sealed record ProjectStart(
    ProjectAllowance Allowance, IReadOnlyList<WorkspaceChoice> Workspaces, string Pattern, string Hint, bool AllowsExternalCollaborators,
    IReadOnlyList<RoleHolders> Holders)
{
    /// <summary>Whether people are invited instead of added, so that nobody can be added with the project.</summary>
    public bool IsByInvitation { get; init; }

    /// <summary>Who has access through a role on a workspace.</summary>
    public IReadOnlyList<WorkspaceRoleHolder> InWorkspaces { get; init; } = [];
}

/// <summary>A person or team with a role in every project of a workspace.</summary>
/// <param name="WorkspaceId">The workspace.</param>
/// <param name="Name">Address of the person or name of the team.</param>
/// <param name="IsTeam">Whether it is a team.</param>
/// <param name="Role">The role for people.</param>
public sealed record WorkspaceRoleHolder(Guid WorkspaceId, string Name, bool IsTeam, string Role);

/// <summary>The people with one organization role, which gives them access to every project.</summary>
/// <param name="OrganizationRole">Its title.</param>
/// <param name="ProjectRole">The role that it gives in every project.</param>
/// <param name="Count">How many people, the actor not counted.</param>
/// <param name="First">The addresses of a few.</param>
public sealed record RoleHolders(string OrganizationRole, string ProjectRole, int Count, IReadOnlyList<string> First);

/// <summary>Whether a Project ID could be used.</summary>
/// <param name="Cleaned">What the console makes of what was typed.</param>
/// <param name="Error">What is wrong; null where it is free.</param>
/// <param name="Free">Similar ones that are free, where it is taken.</param>
public sealed record ProjectIdAnswer(string Cleaned, string? Error, IReadOnlyList<string> Free);

/// <summary>A project whose name looks like the one typed.</summary>
public sealed record ProjectNamedAlike(string Name, string Slug);

/// <summary>What the form must know, and the access versions it was read under.</summary>
/// <param name="Versions">The versions.</param>
/// <param name="Facts">The facts; null where the person may not create projects.</param>
/// <param name="Refusal">Why no project can be created now; null where one can.</param>
public sealed record StartedProject(AccessVersions Versions, ProjectStart? Facts, string? Refusal);
