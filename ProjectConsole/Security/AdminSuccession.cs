using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Accounts;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Shared;

namespace ProjectConsole.Security;

/// <summary>
/// The override of the rule that every project keeps an Admin: in the transaction that would leave projects without one,
/// somebody becomes Admin there. The guard looks again afterwards.
/// </summary>
internal static class AdminSuccession
{
    /// <summary>Whether the actor may name an Admin: by the organization role only, which no project takes away.</summary>
    public static bool MayAppoint(EffectiveAccess actor) =>
        actor is { Block: AccessBlock.None, Facts.Membership.Role: { } role }
        && (role.InEveryProject & role.Ceiling).Contains(Permissions.CollaboratorsManageAdmins);

    /// <summary>The refusal for an actor who may not name an Admin; null for one who may.</summary>
    public static Error? RefuseToAppoint(EffectiveAccess actor) =>
        MayAppoint(actor) ? null : new Forbidden([Permissions.CollaboratorsManageAdmins.Title], "an Owner or Admin of the organization");

    /// <summary>The person whom an address names: a member of the command's organization with a confirmed address, or the actor.</summary>
    public static async Task<Heir?> FindAsync(Command command, string address, CancellationToken ct)
    {
        var (organizationId, actorId, normalized) = (command.Target.OrganizationId, command.Actor.UserId, EmailAddress.Normalize(address));
        var found = await (from user in command.Db.Users
                           where user.NormalizedEmail == normalized && (user.EmailConfirmed || user.Id == actorId)
                           join member in command.Db.Members on user.Id equals member.UserId
                           where member.OrganizationId == organizationId
                           select new { User = user, member.RoleKey }).FirstOrDefaultAsync(ct);
        if (found is null)
        {
            return null;
        }

        var role = await RoleCatalogue.FindOrganizationRoleAsync(command.Db, organizationId!.Value, found.RoleKey, ct);
        return new Heir(found.User, found.User.LockedUtc is null && role is not null && role.Ceiling.Contains(Permissions.CollaboratorsManageAdmins));
    }

    /// <summary>
    /// Carries out a change that takes something from a person, and makes the heir Admin of only those projects that it
    /// leaves without one. An heir who cannot be Admin becomes none.
    /// </summary>
    public static Task HandOverAsync(Command command, Guid leaving, Heir? heir, Func<Task> change, CancellationToken ct) =>
        HandOverAsync(command, [leaving], heir, change, ct);

    /// <summary>The same for a change that takes something from several people, such as those of a team.</summary>
    public static async Task HandOverAsync(Command command, IReadOnlyCollection<Guid> leaving, Heir? heir, Func<Task> change, CancellationToken ct)
    {
        await command.AffectsAsync(heir is null ? leaving : [.. leaving, heir.User.Id], ct);
        await change();
        if (heir is { MayBeAdmin: true })
        {
            await AppointAsync(command, command.Target.OrganizationId!.Value, await command.ProjectsLeftWithoutAdminAsync(ct), heir.User, ct);
        }
    }

    /// <summary>The active Owner who joined first; null where none is active.</summary>
    public static Task<User?> OldestOwnerAsync(ConsoleDbContext db, Guid organizationId, CancellationToken ct)
    {
        var ownerKey = OrganizationRole.Owner.Key;
        return (from member in db.Members
                where member.OrganizationId == organizationId && member.RoleKey == ownerKey
                join user in db.Users on member.UserId equals user.Id
                where user.LockedUtc == null
                orderby member.JoinedUtc, user.NormalizedEmail
                select user).FirstOrDefaultAsync(ct);
    }

    /// <summary>Makes the person Admin of the given projects of an organization by grants on them.</summary>
    public static async Task AppointAsync(Command command, Guid organizationId, IReadOnlyCollection<Guid> projectIds, User heir, CancellationToken ct)
    {
        var existing = await command.Db.Grants
            .Where(grant => grant.OrganizationId == organizationId && grant.PrincipalId == heir.Id && grant.ProjectId != null && !grant.IsUpgrade)
            .ToDictionaryAsync(grant => grant.ProjectId!.Value, ct);
        foreach (var projectId in projectIds)
        {
            var grant = existing.GetValueOrDefault(projectId);
            var action = grant is null ? AuditActions.CollaboratorAdded : AuditActions.CollaboratorRoleChanged;
            var before = grant is null ? null : GrantState.Of(grant, isTeam: false);
            if (grant is null)
            {
                grant = Grant.OnProject(organizationId, projectId, heir.Id, ProjectRole.Admin, command.Actor.UserId, command.Actor.Name, command.NowUtc);
                command.Db.Grants.Add(grant);
            }
            else
            {
                // An Admin who counts has neither an end nor a restriction that takes it.
                grant.ChangeRole(ProjectRole.Admin, command.Actor.UserId, command.Actor.Name, command.NowUtc);
                grant.With(expiresUtc: null, restrictionId: null);
            }

            command.AuditIn(
                organizationId, projectId, action, new AuditObject("collaborator", heir.Id, heir.Email ?? ""), before, GrantState.Of(grant, isTeam: false));
        }
    }
}

/// <summary>Somebody named to become Admin.</summary>
/// <param name="User">The account.</param>
/// <param name="MayBeAdmin">Whether the account is active and its ceiling lets it manage Admins.</param>
internal sealed record Heir(User User, bool MayBeAdmin);
