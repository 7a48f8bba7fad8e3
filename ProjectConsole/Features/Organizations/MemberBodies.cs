using ProjectConsole.Api;

namespace ProjectConsole.Features.Organizations;

/// <summary>One person of an organization.</summary>
/// <param name="Email">The address.</param>
/// <param name="DisplayName">How the person likes to be called.</param>
/// <param name="Role">Stored name of the organization role; external for a person outside.</param>
/// <param name="MayCreateProjects">Ticked as a creator of projects.</param>
/// <param name="SinceUtc">Member since, or oldest grant of a person outside.</param>
/// <param name="LastActivityUtc">The last thing the person did in the organization.</param>
/// <param name="Locked">Locked by an administrator of the installation.</param>
/// <param name="Teams">Names of the teams that the person is in.</param>
public sealed record MemberBody(
    string Email, string DisplayName, string Role, bool MayCreateProjects, DateTime SinceUtc, DateTime? LastActivityUtc, bool Locked, IReadOnlyList<string> Teams)
{
    internal static MemberBody Of(MemberRow row) => new(
        row.Email, row.DisplayName, row.IsMember ? row.RoleKey : MemberQuery.External, row.MayCreateProjects, row.SinceUtc, row.LastActivityUtc, row.IsLocked, row.Teams);
}

/// <summary>People to add.</summary>
/// <param name="Addresses">Their e-mail addresses.</param>
/// <param name="Role">Stored name of the organization role; member where it is not sent.</param>
/// <param name="MayCreateProjects">Whether they are ticked as creators of projects.</param>
public sealed record NewMembersBody(IReadOnlyList<string?>? Addresses, string? Role, bool MayCreateProjects = false);

/// <summary>What became of each address.</summary>
/// <param name="Lines">One for each.</param>
/// <param name="Change">Whom it concerned.</param>
public sealed record AddedBody(IReadOnlyList<AddedLine> Lines, AccessChangeBody Change);

/// <summary>A change of a membership: one of the two.</summary>
/// <param name="Role">Stored name of the organization role.</param>
/// <param name="MayCreateProjects">Ticked as a creator of projects.</param>
/// <param name="Heir">Address of the member who becomes Admin of the projects that would have none.</param>
public sealed record MemberChangeBody(string? Role, bool? MayCreateProjects, string? Heir);
