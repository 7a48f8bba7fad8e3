namespace ProjectConsole.Domain.Invitations;

/// <summary>What became of an invitation.</summary>
public enum InvitationState
{
    /// <summary>Sent and not answered.</summary>
    Pending,

    /// <summary>The person joined.</summary>
    Accepted,

    /// <summary>The person said no.</summary>
    Declined,

    /// <summary>Nobody answered in time.</summary>
    Expired,

    /// <summary>Taken back.</summary>
    Cancelled,
}

/// <summary>An address asked to join an organization, a project, or both, by a link that works once.</summary>
public sealed class Invitation
{
    /// <summary>How long a link works.</summary>
    public static readonly TimeSpan ValidFor = TimeSpan.FromDays(7);

    private Invitation()
    {
    }

    /// <summary>Invites a checked address; <see cref="Send"/> then makes its link.</summary>
    /// <param name="organizationId">The tenant.</param>
    /// <param name="email">The address as typed, checked.</param>
    /// <param name="normalizedEmail">The address as accounts compare it.</param>
    /// <param name="offer">What accepting gives.</param>
    public Invitation(Guid organizationId, string email, string normalizedEmail, InvitationOffer offer)
    {
        Id = Guid.CreateVersion7();
        OrganizationId = organizationId;
        Email = email;
        NormalizedEmail = normalizedEmail;
        (OrganizationRoleKey, ProjectId, ProjectRoleKey, GrantExpiresUtc) = offer;
    }

    /// <summary>UUID version 7.</summary>
    public Guid Id { get; private set; }

    /// <summary>The tenant.</summary>
    public Guid OrganizationId { get; private set; }

    /// <summary>The address as typed.</summary>
    public string Email { get; private set; } = "";

    /// <summary>The address as accounts compare it.</summary>
    public string NormalizedEmail { get; private set; } = "";

    /// <summary>The role in the organization; null for an external collaborator of the project.</summary>
    public string? OrganizationRoleKey { get; private set; }

    /// <summary>The project; null for the organization alone.</summary>
    public Guid? ProjectId { get; private set; }

    /// <summary>The role in the project; null for the organization alone.</summary>
    public string? ProjectRoleKey { get; private set; }

    /// <summary>When the grant that it gives ends, UTC; null for never.</summary>
    public DateTime? GrantExpiresUtc { get; private set; }

    /// <summary>
    /// SHA-256 of the link's token, in hexadecimal. Kept when the invitation has ended, so that whoever follows the link reads what
    /// became of it; only a pending one can be used.
    /// </summary>
    public string TokenHash { get; private set; } = "";

    /// <summary>Who invited, or sent it again, last.</summary>
    public Guid InvitedBy { get; private set; }

    /// <summary>That person's address at that time.</summary>
    public string InvitedByName { get; private set; } = "";

    /// <summary>When the last link was sent, UTC.</summary>
    public DateTime SentUtc { get; private set; }

    /// <summary>Until when the link works, UTC.</summary>
    public DateTime ExpiresUtc { get; private set; }

    /// <summary>What was stored last; see <see cref="StateAt"/>.</summary>
    public InvitationState State { get; private set; }

    /// <summary>When it was answered or taken back, UTC.</summary>
    public DateTime? ClosedUtc { get; private set; }

    /// <summary>The edit token.</summary>
    public Guid Version { get; private set; }

    /// <summary>What it is at a moment: a pending one whose time has passed is expired, whether or not anybody wrote that down.</summary>
    public InvitationState StateAt(DateTime nowUtc) => State == InvitationState.Pending && nowUtc >= ExpiresUtc ? InvitationState.Expired : State;

    /// <summary>Makes another link, which replaces the one before.</summary>
    public void Send(string tokenHash, Guid invitedBy, string invitedByName, DateTime nowUtc)
    {
        (TokenHash, InvitedBy, InvitedByName) = (tokenHash, invitedBy, invitedByName);
        (SentUtc, ExpiresUtc, State, ClosedUtc) = (nowUtc, nowUtc + ValidFor, InvitationState.Pending, null);
        Version = Guid.NewGuid();
    }

    /// <summary>Ends it; its link works no longer.</summary>
    public void Close(InvitationState state, DateTime nowUtc)
    {
        (State, ClosedUtc) = (state, nowUtc);
        Version = Guid.NewGuid();
    }
}

/// <summary>What accepting an invitation gives.</summary>
/// <param name="OrganizationRoleKey">The role in the organization; null for an external collaborator of the project.</param>
/// <param name="ProjectId">The project; null for the organization alone.</param>
/// <param name="ProjectRoleKey">The role in the project; null for the organization alone.</param>
/// <param name="GrantExpiresUtc">When the grant ends, UTC; null for never.</param>
public sealed record InvitationOffer(string? OrganizationRoleKey, Guid? ProjectId, string? ProjectRoleKey, DateTime? GrantExpiresUtc);
