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
    /// <summary>The field in which an heir is typed.</summary>
    public const string HeirField = "Heir";

    /// <summary>
    /// Whether the actor may name an Admin: by the organization role only, which no project takes away, and which must hold all that
    /// an Admin holds.
    /// </summary>
    public static bool MayAppoint(EffectiveAccess actor) =>
        ProjectRole.Admin.Permissions.IsSubsetOf(actor.Everywhere);

    /// <summary>The refusal for an actor who may not name an Admin; null for one who may.</summary>
    public static Error? RefuseToAppoint(EffectiveAccess actor) =>
        MayAppoint(actor) ? null : new Forbidden([Permissions.CollaboratorsManageAdmins.Title], "an Owner or Admin of the organization");

    /// <summary>The person whom an address names: a member of the command's organization with a confirmed address, or the actor.</summary>
    private static async Task<Heir?> FindAsync(Command command, string address, CancellationToken ct)
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
    /// Carries out a change whose reach was noted, and makes the person whom an address names Admin of only those projects that
    /// it leaves without one.
    /// </summary>
    /// <param name="command">The open command.</param>
    /// <param name="address">The heir's address as typed; null or empty for nobody.</param>
    /// <param name="leaving">Who cannot be the heir, because the change takes it from them; possibly nobody.</param>
    /// <param name="change">The change.</param>
    /// <param name="ct">Ends the command.</param>
    public static async Task<Result> WithHeirAsync(
        Command command, string? address, IReadOnlyCollection<Guid> leaving, Func<Task> change, CancellationToken ct)
    {
        if (TextRules.Clean(address) is not { Length: > 0 } named)
        {
            await change();
            return Result.Ok;
        }

        if (RefuseToAppoint(command.Access) is { } refusal)
        {
            return refusal;
        }

        var heir = await FindAsync(command, named, ct);
        if (heir is not { MayBeAdmin: true } || leaving.Contains(heir.User.Id))
        {
            return new Invalid(HeirField, $"{named} is no active member who can be Admin of a project.");
        }

        await command.AppointsAsync(heir.User.Id, ct);
        await change();
        await AppointAsync(command, command.Target.OrganizationId!.Value, await command.ProjectsLeftWithoutAdminAsync(ct), heir.User, ct);
        return Result.Ok;
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
                organizationId, projectId, action, new AuditObject("collaborator", heir.Id, heir.Email ?? ""), before,
                GrantState.Of(grant, isTeam: false) with { Heir = true });
        }
    }
}

/// <summary>Somebody named to become Admin.</summary>
/// <param name="User">The account.</param>
/// <param name="MayBeAdmin">Whether the account is active and its ceiling lets it manage Admins.</param>
internal sealed record Heir(User User, bool MayBeAdmin);
