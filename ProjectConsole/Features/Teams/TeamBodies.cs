namespace ProjectConsole.Features.Teams;

/// <summary>A team in a list.</summary>
/// <param name="Id">The Team ID.</param>
/// <param name="Name">Display name.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Members">How many are in it.</param>
/// <param name="Projects">How many projects that the caller sees grant it a role.</param>
/// <param name="Workspaces">How many workspaces do.</param>
/// <param name="CreatedUtc">When it was made.</param>
public sealed record ListedTeamBody(string Id, string Name, string Description, int Members, int Projects, int Workspaces, DateTime CreatedUtc)
{
    internal static ListedTeamBody Of(TeamRow row) => new(row.Slug, row.Name, row.Description, row.People, row.Projects, row.Workspaces, row.CreatedUtc);
}

/// <summary>A team.</summary>
/// <param name="Id">The Team ID.</param>
/// <param name="Name">Display name.</param>
/// <param name="Description">What it is for.</param>
/// <param name="CreatedUtc">When it was made.</param>
/// <param name="Places">Where it has which role.</param>
public sealed record TeamBody(string Id, string Name, string Description, DateTime CreatedUtc, IReadOnlyList<TeamPlaceBody> Places)
{
    internal static TeamBody Of(TeamDetails team) => new(
        team.Slug, team.Name, team.Description, team.CreatedUtc,
        [.. team.Places.Select(place => new TeamPlaceBody(place.IsWorkspace ? "workspace" : "project", place.Slug, place.RoleKey, place.IsUpgrade, place.ExpiresUtc))]);
}

/// <summary>A project or workspace that a team is in.</summary>
/// <param name="Kind">project or workspace.</param>
/// <param name="Id">Its ID.</param>
/// <param name="Role">Stored name of the role.</param>
/// <param name="Temporary">A temporary role beside the standing one.</param>
/// <param name="ExpiresUtc">When it ends; null for never.</param>
public sealed record TeamPlaceBody(string Kind, string Id, string Role, bool Temporary, DateTime? ExpiresUtc);

/// <summary>One person in a team.</summary>
/// <param name="Email">The address.</param>
/// <param name="DisplayName">How the person likes to be called.</param>
/// <param name="SinceUtc">Since when.</param>
/// <param name="Locked">Locked by an administrator of the installation.</param>
public sealed record TeamMemberBody(string Email, string DisplayName, DateTime? SinceUtc, bool Locked)
{
    internal static TeamMemberBody Of(TeamPerson person) => new(person.Email, person.DisplayName, person.SinceUtc, person.IsLocked);
}

/// <summary>A team to create.</summary>
/// <param name="Id">The Team ID.</param>
/// <param name="Name">Display name.</param>
/// <param name="Description">What it is for.</param>
public sealed record NewTeamBody(string? Id, string? Name, string? Description);

/// <summary>Other texts for a team; what is not sent stays.</summary>
/// <param name="Name">Display name.</param>
/// <param name="Description">What it is for.</param>
public sealed record TeamChangeBody(string? Name, string? Description);

/// <summary>Members of the organization to add to a team.</summary>
/// <param name="Addresses">Their e-mail addresses.</param>
/// <param name="AllOrNone">Whether nobody is added where one of them cannot be.</param>
public sealed record NewTeamMembersBody(IReadOnlyList<string?>? Addresses, bool AllOrNone = false);
