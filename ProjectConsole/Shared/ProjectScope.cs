namespace ProjectConsole.Shared;

/// <summary>A project within its tenant: every query is keyed by both, so that an id of another organization finds nothing.</summary>
/// <param name="OrganizationId">The tenant.</param>
/// <param name="ProjectId">The project.</param>
public readonly record struct ProjectScope(Guid OrganizationId, Guid ProjectId);
