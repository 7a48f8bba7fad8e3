using ProjectConsole.Api;

namespace ProjectConsole.Features.Roles;

/// <summary>A project role.</summary>
/// <param name="Key">Stored name, by which it is given.</param>
/// <param name="Name">For people.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Origin">Who keeps it.</param>
/// <param name="BasedOn">The built-in role that it started from; null for a built-in one.</param>
/// <param name="Permissions">What it gives.</param>
/// <param name="Holders">How many people and teams hold it here.</param>
public sealed record RoleBody(string Key, string Name, string Description, RoleOrigin Origin, string? BasedOn, IReadOnlyList<string> Permissions, int Holders)
{
    internal static RoleBody Of(RoleRow row) => new(row.Key, row.Name, row.Description, row.Origin, row.BasedOn, ApiJson.Names(row.Set), row.Holders);
}

/// <summary>A project role to make.</summary>
/// <param name="Name">For people.</param>
/// <param name="Description">What it is for.</param>
/// <param name="BasedOn">Stored name of the built-in role that it starts from.</param>
/// <param name="Permissions">What it gives; what they include comes with them.</param>
public sealed record NewRoleBody(string? Name, string? Description, string? BasedOn, IReadOnlyList<string?>? Permissions);

/// <summary>A change of a project role; what is not sent stays.</summary>
/// <param name="Name">For people.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Permissions">What it gives, all of it.</param>
/// <param name="Heir">Address of the member who becomes Admin of the projects that would have none.</param>
public sealed record RoleChangeBody(string? Name, string? Description, IReadOnlyList<string?>? Permissions, string? Heir);

/// <summary>What was made.</summary>
/// <param name="Key">Its stored name.</param>
public sealed record CreatedRoleBody(string Key);

/// <summary>An organization role.</summary>
/// <param name="Key">Stored name, by which it is given.</param>
/// <param name="Name">For people.</param>
/// <param name="Description">What it is for.</param>
/// <param name="BuiltIn">Whether the console brings it.</param>
/// <param name="Rights">What it lets do in the organization.</param>
/// <param name="InEveryProject">Stored name of the project role that its holders have everywhere; null for none.</param>
/// <param name="Ceiling">The most that its holders can have in any project.</param>
/// <param name="Members">How many members have it.</param>
public sealed record OrganizationRoleBody(
    string Key, string Name, string Description, bool BuiltIn, IReadOnlyList<string> Rights, string? InEveryProject, IReadOnlyList<string> Ceiling, int Members)
{
    internal static OrganizationRoleBody Of(OrganizationRoleRow row) =>
        new(row.Key, row.Name, row.Description, row.IsBuiltIn, ApiJson.Names(row.RightSet), row.InEveryProject, ApiJson.Names(row.CeilingSet), row.Members);
}

/// <summary>An organization role to make.</summary>
/// <param name="Name">For people.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Rights">What it lets do in the organization.</param>
/// <param name="InEveryProject">Stored name of a built-in project role; null for none.</param>
/// <param name="Ceiling">The most in any project; null for no cap.</param>
public sealed record NewOrganizationRoleBody(string? Name, string? Description, IReadOnlyList<string?>? Rights, string? InEveryProject, IReadOnlyList<string?>? Ceiling);

/// <summary>A change of an organization role; what is not sent stays.</summary>
/// <param name="Name">For people.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Rights">What it lets do in the organization, all of it.</param>
/// <param name="InEveryProject">Stored name of a built-in project role; null for none.</param>
/// <param name="Ceiling">The most in any project; null for no cap.</param>
/// <param name="Heir">Address of the member who becomes Admin of the projects that would have none.</param>
public sealed record OrganizationRoleChangeBody(
    string? Name, string? Description, IReadOnlyList<string?>? Rights, Optional<string?> InEveryProject, Optional<IReadOnlyList<string?>?> Ceiling, string? Heir);
