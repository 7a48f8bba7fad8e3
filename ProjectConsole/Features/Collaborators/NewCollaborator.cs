using ProjectConsole.Domain.Access;

namespace ProjectConsole.Features.Collaborators;

/// <summary>Somebody to add to a project.</summary>
/// <param name="Email">The address as typed.</param>
/// <param name="Role">The role to give.</param>
/// <param name="IsExternal">Whether the person may be outside the organization.</param>
public sealed record NewCollaborator(string Email, ProjectRole Role, bool IsExternal = false);
