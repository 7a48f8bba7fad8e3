using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Accounts;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Invitations;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Invitations;

/// <summary>
/// What an organization knows of addresses by itself: its members, the project's collaborators, its open invitations. Whether
/// others have an account is not asked.
/// </summary>
internal sealed class InvitedPeople
{
    private readonly Dictionary<string, (bool IsMember, string? Role)> _there;
    private readonly ILookup<string, Invitation> _open;

    private readonly Dictionary<string, string> _titles;

    private InvitedPeople(Dictionary<string, (bool IsMember, string? Role)> there, Dictionary<string, string> titles, ILookup<string, Invitation> open) =>
        (_there, _titles, _open) = (there, titles, open);

    /// <summary>A fixed number of statements, whatever the addresses.</summary>
    public static async Task<InvitedPeople> FindAsync(ConsoleDbContext db, CheckedOffer offer, IReadOnlyList<string> addresses, DateTime nowUtc, CancellationToken ct)
    {
        var (organizationId, projectId) = (offer.Organization.Id, offer.Project?.Project.Id);
        var isOfProjectAlone = offer.OrganizationRole is null;
        var normalized = addresses.Select(EmailAddress.Normalize).ToList();
        var there = await (from user in db.Users.Where(user => normalized.Contains(user.NormalizedEmail!) && user.EmailConfirmed)
                           from member in db.Members.Where(member => member.OrganizationId == organizationId && member.UserId == user.Id).DefaultIfEmpty()
                           from grant in db.Grants.Where(grant => grant.OrganizationId == organizationId && grant.ProjectId != null && grant.ProjectId == projectId
                               && grant.PrincipalId == user.Id && !grant.IsUpgrade && (grant.ExpiresUtc == null || grant.ExpiresUtc > nowUtc)).DefaultIfEmpty()
                           where member != null || grant != null
                           select new { user.NormalizedEmail, IsMember = member != null, Role = (string?)grant!.RoleKey }).ToListAsync(ct);
        // The same kind alone: whoever invites to a project has no say about what the organization promised.
        var open = await db.Invitations.Where(row => row.OrganizationId == organizationId && row.State == InvitationState.Pending
            && row.ProjectId == projectId && (row.OrganizationRoleKey == null) == isOfProjectAlone && normalized.Contains(row.NormalizedEmail)).ToListAsync(ct);
        var roles = offer.Project is { } project ? await RoleCatalogue.ProjectRolesAsync(db, project.Scope, ct) : [];
        return new InvitedPeople(
            there.ToDictionary(row => row.NormalizedEmail!, row => (row.IsMember, (string?)row.Role)), roles.ToDictionary(role => role.Key, role => role.Title), open.ToLookup(row => row.NormalizedEmail));
    }

    /// <summary>The invitation of the address to the same that is not answered, expired ones included; null for none.</summary>
    public Invitation? Open(string normalized) => _open[normalized].FirstOrDefault();

    /// <summary>The sentence where an address has all of the offer already, or null.</summary>
    public Error? Refuse(string address, string normalized, CheckedOffer offer)
    {
        var (isMember, role) = _there.GetValueOrDefault(normalized);
        var lacksMembership = offer.OrganizationRole is not null && !isMember;
        var lacksGrant = offer.ProjectRole is not null && role is null;
        return lacksMembership || lacksGrant ? null
            : role is null ? new MemberAlready(address)
            : new CollaboratorAlready(address, _titles.GetValueOrDefault(role, "a role that is gone"));
    }
}
