using ProjectConsole.Domain.Access;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Organizations;

/// <summary>What a list of members is sorted by.</summary>
public enum MemberSort
{
    /// <summary>The address.</summary>
    Address,

    /// <summary>The role, largest first.</summary>
    Role,

    /// <summary>Since when.</summary>
    Since,
}

/// <summary>Which members are asked for.</summary>
/// <param name="Search">Part of the address.</param>
/// <param name="Role">Stored name of a role, <see cref="MemberQuery.External"/>, or anything else for all members.</param>
/// <param name="Sort">The order.</param>
/// <param name="Descending">The other way round.</param>
/// <param name="Page">Which page.</param>
public sealed record MemberQuery(string? Search, string? Role, MemberSort Sort, bool Descending, PageRequest Page)
{
    /// <summary>Asks for people outside the organization in place of its members.</summary>
    public const string External = "external";

    /// <summary>Whether people outside are asked for.</summary>
    public bool IsExternal => Role == External;
}

/// <summary>A page of people, and how many there are whatever is searched.</summary>
/// <param name="Page">The rows asked for.</param>
/// <param name="Members">All members.</param>
/// <param name="External">All people outside who hold grants.</param>
public sealed record MemberList(Page<MemberRow> Page, int Members, int External)
{
    /// <summary>Every organization role, for the filter.</summary>
    public IReadOnlyList<MemberRole> Roles { get; init; } = [];
}

/// <summary>An organization role by name.</summary>
/// <param name="Key">Stored name.</param>
/// <param name="Title">For people.</param>
public sealed record MemberRole(string Key, string Title);

/// <summary>An organization role as a choice.</summary>
/// <param name="Key">Stored name.</param>
/// <param name="Title">For people.</param>
/// <param name="Sentence">What it is.</param>
/// <param name="Refusal">Why the actor may not give it; null where it may be given.</param>
public sealed record MemberRoleChoice(string Key, string Title, string Sentence, string? Refusal)
{
    /// <summary>What it gives in every project that it reaches.</summary>
    public PermissionSet Everywhere { get; init; }
}

/// <summary>One person of an organization.</summary>
/// <param name="UserId">The account.</param>
/// <param name="Email">Its address.</param>
/// <param name="DisplayName">How the person likes to be called; may be empty.</param>
/// <param name="RoleKey">Stored name of the organization role; empty for a person outside.</param>
/// <param name="MayCreateProjects">Ticked as a creator of projects.</param>
/// <param name="SinceUtc">Member since, or oldest grant of a person outside.</param>
/// <param name="LastActivityUtc">The last thing the person did in this organization.</param>
/// <param name="IsLocked">Locked by an administrator of the installation.</param>
/// <param name="Projects">How many projects grant a person outside a role directly; not counted of members.</param>
/// <param name="Version">The edit token of the membership.</param>
public sealed record MemberRow(
    Guid UserId, string Email, string DisplayName, string RoleKey, bool MayCreateProjects, DateTime SinceUtc, DateTime? LastActivityUtc,
    bool IsLocked, int Projects, Guid Version)
{
    /// <summary>What a person outside is called where members have a role.</summary>
    public const string ExternalTitle = "External";

    /// <summary>Whether the person belongs to the organization.</summary>
    public bool IsMember => RoleKey != "";

    /// <summary>The role's title, or <see cref="ExternalTitle"/>.</summary>
    public string RoleTitle { get; init; } = OrganizationRole.Find(RoleKey)?.Title ?? ExternalTitle;

    /// <summary>Whether the role gives something in every project.</summary>
    public bool HasRoleEverywhere { get; init; }

    /// <summary>Why the actor may neither change nor end the membership; null where that is possible.</summary>
    public string? Refusal { get; init; }

    /// <summary>The teams that the person is in, by name.</summary>
    public IReadOnlyList<string> Teams { get; init; } = [];
}

/// <summary>A page of members, and the access versions it was read under.</summary>
public sealed record LoadedMembers(AccessVersions Versions, MemberList List);
