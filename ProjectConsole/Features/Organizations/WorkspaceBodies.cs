namespace ProjectConsole.Features.Organizations;

/// <summary>A workspace.</summary>
/// <param name="Id">The Workspace ID.</param>
/// <param name="Name">Display name.</param>
/// <param name="Projects">How many of its projects the caller sees.</param>
public sealed record WorkspaceBody(string Id, string Name, int Projects)
{
    internal static WorkspaceBody Of(WorkspaceRow row) => new(row.Slug, row.Name, row.Projects);
}

/// <summary>A workspace to create.</summary>
/// <param name="Id">The Workspace ID.</param>
/// <param name="Name">Display name.</param>
public sealed record NewWorkspaceBody(string? Id, string? Name);

/// <summary>Another name for a workspace.</summary>
/// <param name="Name">Display name.</param>
public sealed record WorkspaceChangeBody(string? Name);

/// <summary>Into which workspace a project goes.</summary>
/// <param name="Workspace">The Workspace ID.</param>
public sealed record ProjectMoveBody(string? Workspace);

/// <summary>A role in every project of a workspace.</summary>
/// <param name="Id">The grant.</param>
/// <param name="Holder">Address of the person, or Team ID.</param>
/// <param name="Kind">person or team.</param>
/// <param name="Role">Stored name of the role.</param>
/// <param name="Restriction">The restriction that hangs on it; null for none.</param>
/// <param name="GrantedBy">Who gave or changed it last.</param>
/// <param name="GrantedUtc">When.</param>
/// <param name="ExpiresUtc">When it ends; null for never.</param>
public sealed record WorkspaceGrantBody(Guid Id, string Holder, string Kind, string Role, Guid? Restriction, string GrantedBy, DateTime GrantedUtc, DateTime? ExpiresUtc)
{
    internal static WorkspaceGrantBody Of(WorkspaceGrantRow row) =>
        new(row.GrantId, row.Address, row.IsTeam ? "team" : "person", row.RoleKey, row.RestrictionId, row.GrantedBy, row.GrantedUtc, row.ExpiresUtc);
}

/// <summary>A role to give in every project of a workspace.</summary>
/// <param name="Holder">Address of a member, or Team ID.</param>
/// <param name="Role">Stored name of the role.</param>
/// <param name="ExpiresUtc">When it ends; null for never.</param>
/// <param name="Restriction">A restriction of the organization that hangs on it; null for none.</param>
public sealed record NewWorkspaceGrantBody(string? Holder, string? Role, DateTime? ExpiresUtc = null, Guid? Restriction = null);

/// <summary>A change of a grant; what is not sent stays.</summary>
/// <param name="Role">Stored name of the role.</param>
/// <param name="ExpiresUtc">When it ends; null for never.</param>
/// <param name="Restriction">A restriction of the organization that hangs on it; null for none.</param>
public sealed record WorkspaceGrantChangeBody(string? Role, Api.Optional<DateTime?> ExpiresUtc, Api.Optional<Guid?> Restriction);
