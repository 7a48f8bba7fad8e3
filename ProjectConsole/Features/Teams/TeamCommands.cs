using ProjectConsole.Features.Organizations;
using ProjectConsole.Security;

namespace ProjectConsole.Features.Teams;

/// <summary>What a person typed to create a team.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Slug">Its Team ID.</param>
/// <param name="Description">What it is for, possibly empty.</param>
public sealed record NewTeam(string Name, string Slug, string Description = "");

/// <summary>Other texts for a team.</summary>
/// <param name="TeamId">The team.</param>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is for, possibly empty.</param>
/// <param name="Version">The edit token under which the team was read; null to save over what others did.</param>
public sealed record TeamTexts(Guid TeamId, string Name, string Description, Guid? Version = null);

/// <summary>The end of a team.</summary>
/// <param name="TeamId">The team.</param>
/// <param name="Heir">Address of the member who becomes Admin of the projects that would have none; null for nobody.</param>
public sealed record TeamDeletion(Guid TeamId, string? Heir = null);

/// <summary>People to add to a team.</summary>
/// <param name="TeamId">The team.</param>
/// <param name="Addresses">One or more addresses as typed, separated by commas, blanks or line ends.</param>
public sealed record NewTeamMembers(Guid TeamId, string Addresses)
{
    /// <summary>Whether nobody is added where one of them cannot be.</summary>
    public bool AllOrNone { get; init; }
}

/// <summary>People to take out of a team, all of them or nobody.</summary>
/// <param name="TeamId">The team.</param>
/// <param name="UserIds">The people.</param>
/// <param name="Heir">Address of the member who becomes Admin of the projects that would have none; null for nobody.</param>
public sealed record TeamMemberRemoval(Guid TeamId, IReadOnlyCollection<Guid> UserIds, string? Heir = null)
{
    /// <summary>Takes one person out.</summary>
    public TeamMemberRemoval(Guid teamId, Guid userId, string? heir = null)
        : this(teamId, [userId], heir)
    {
    }
}

/// <summary>What became of each address, and in a dry run what it changes.</summary>
/// <param name="Lines">One line for each address.</param>
/// <param name="Change">What the command would change; empty once it was carried out.</param>
public sealed record TeamAddition(IReadOnlyList<AddedLine> Lines, AccessChange Change);
