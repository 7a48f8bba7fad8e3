using ProjectConsole.Domain.Invitations;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Invitations;

/// <summary>Where somebody looks at invitations from.</summary>
/// <param name="OrganizationId">The tenant.</param>
/// <param name="ProjectId">The project; null for the organization.</param>
public sealed record InvitationPlace(Guid OrganizationId, Guid? ProjectId = null)
{
    /// <summary>In a project.</summary>
    public static InvitationPlace In(ProjectScope project) => new(project.OrganizationId, project.ProjectId);
}

/// <summary>People to invite.</summary>
/// <param name="Addresses">One or more addresses as typed.</param>
/// <param name="OrganizationRole">Stored name of the role in the organization; null to invite to the project alone.</param>
/// <param name="ProjectRole">Stored name of the role in the project; null to invite to the organization alone.</param>
/// <param name="GrantExpiresUtc">When the role in the project ends, UTC; null for never.</param>
public sealed record NewInvitations(string Addresses, string? OrganizationRole, string? ProjectRole, DateTime? GrantExpiresUtc = null);

/// <summary>What became of one address.</summary>
/// <param name="Email">As typed.</param>
/// <param name="Refusal">Why nothing was sent; null where it was.</param>
/// <param name="IsTeam">Whether a Team ID was typed, which is added without an invitation.</param>
public sealed record InvitedLine(string Email, Error? Refusal, bool IsTeam = false);

/// <summary>Which invitations of a place.</summary>
public sealed record InvitationQuery(InvitationState? State, string? Search, PageRequest Page);

/// <summary>One invitation in a list.</summary>
public sealed record InvitationRow(
    Guid Id, string Email, string Role, InvitationState State, DateTime SentUtc, DateTime ExpiresUtc, string InvitedByName, bool IsExternal)
{
    /// <summary>Whether its link can be sent again.</summary>
    public bool MayBeSent => State is InvitationState.Pending or InvitationState.Expired;

    /// <summary>Whether it can be taken back.</summary>
    public bool MayBeCancelled => State is InvitationState.Pending;
}

/// <summary>What an invitation says to whoever holds its link.</summary>
/// <param name="Email">The address it is for.</param>
/// <param name="Organization">Name of the organization.</param>
/// <param name="Project">Name of the project; null for the organization alone.</param>
/// <param name="OrganizationRole">The role in the organization; null for none.</param>
/// <param name="ProjectRole">The role in the project; null for none.</param>
/// <param name="InvitedByName">Who invited.</param>
/// <param name="ExpiresUtc">Until when the link works, UTC.</param>
/// <param name="GrantExpiresUtc">When the role in the project ends, UTC; null for never.</param>
/// <param name="HasAccount">Whether the address has an account.</param>
/// <param name="ConfirmsAddress">Whether the link went out by mail alone, so that holding it confirms the address.</param>
public sealed record OpenInvitation(
    string Email, string Organization, string? Project, string? OrganizationRole, string? ProjectRole, string InvitedByName, DateTime ExpiresUtc,
    DateTime? GrantExpiresUtc, bool HasAccount, bool ConfirmsAddress);

/// <summary>Where an accepted invitation leads.</summary>
/// <param name="Organization">Slug of the organization.</param>
/// <param name="Project">Project ID; null for the organization alone.</param>
public sealed record JoinedPlace(string Organization, string? Project);
