using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Data.Limits;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Organizations;

/// <summary>Changes who belongs to an organization as what. Whom nobody may touch is decided here, for pages and all else alike.</summary>
public sealed class MembersService(ConsoleWriter writer, GrantAuthority authority, UsageLedger ledger)
{
    /// <summary>Gives a member another role. In a dry run answers what it would change.</summary>
    public Task<Result<AccessChange>> ChangeRoleAsync(Actor actor, Guid organizationId, MemberRoleChange change, CancellationToken ct = default) =>
        writer.WriteAccessAsync(actor, Target(organizationId, AuditActions.MemberRoleChanged), command => ChangeRoleAsync(command, change, ct), ct);

    /// <summary>Ticks or unticks a member as a creator of projects; counts where the organization asks for it.</summary>
    public Task<Result> LetCreateProjectsAsync(Actor actor, Guid organizationId, Guid userId, bool may, CancellationToken ct = default) => writer.WriteAsync(
        actor,
        Target(organizationId, AuditActions.MemberCreationChanged),
        async command =>
        {
            if (await FindAsync(command, userId, ct) is not { Member: { } member } person)
            {
                return new NoSuchMember();
            }

            if (MemberRules.Refuse(command.Access, person.Role!) is { } refusal)
            {
                return refusal;
            }

            if (member.MayCreateProjects != may)
            {
                member.LetCreateProjects(may);
                command.Audit(AuditActions.MemberCreationChanged, ObjectOf(person.User), new { MayCreateProjects = !may }, new { MayCreateProjects = may });
            }

            return Result.Ok;
        },
        ct);

    /// <summary>
    /// Ends everything that a person has in the organization: membership, teams, the grants on all its projects and workspaces,
    /// requests that wait and invitations that the person sent. Takes people outside the organization too. In a dry run answers what it would change.
    /// </summary>
    public Task<Result<AccessChange>> RemoveAsync(Actor actor, Guid organizationId, MemberRemoval removal, CancellationToken ct = default) =>
        writer.WriteAccessAsync(actor, Target(organizationId, AuditActions.MemberRemoved), command => RemoveAsync(command, removal, ct), ct);

    /// <summary>Ends everything that the actor has in the organization.</summary>
    public Task<Result<AccessChange>> LeaveAsync(Actor actor, Guid organizationId, CancellationToken ct = default) => writer.WriteAccessAsync(
        actor,
        CommandTarget.InOrganization(organizationId, Permissions.OrganizationView, AuditActions.MemberLeft, CommandLock.Access) with { IsInPerson = true },
        async command =>
        {
            if (await FindAsync(command, actor.UserId, ct) is not { } person)
            {
                return new NoSuchMember();
            }

            await command.AffectsAsync([person.User.Id], ct);
            await EndAsync(command, person, AuditActions.MemberLeft, AuditActions.CollaboratorLeft, ct);
            return Result.Ok;
        },
        ct);

    private async Task<Result> ChangeRoleAsync(Command command, MemberRoleChange change, CancellationToken ct)
    {
        if (await RoleCatalogue.FindOrganizationRoleAsync(command.Db, command.Organization.Id, change.Role, ct) is not { } role)
        {
            return new Invalid(nameof(change.Role), "Choose one of the roles offered.");
        }

        if (await FindAsync(command, change.UserId, ct) is not { Member: { } member } person)
        {
            return new NoSuchMember();
        }

        if (change.Version is { } version && member.Version != version)
        {
            return new Stale();
        }

        if ((MemberRules.Refuse(command.Access, person.Role!) ?? MemberRules.RefuseToGive(command.Access, role)) is { } refusal)
        {
            return refusal;
        }

        if (member.RoleKey == role.Key)
        {
            return Result.Ok;
        }

        if (await RefuseToTakeAsync(command, person, person.Role!.Ceiling - role.Ceiling, ct) is { } exceeds)
        {
            return exceeds;
        }

        return await WithHeirAsync(command, person.User.Id, change.Heir, () =>
        {
            command.Audit(AuditActions.MemberRoleChanged, ObjectOf(person.User), new { Role = member.RoleKey }, new { Role = role.Key });
            member.ChangeRole(role);
            return Task.CompletedTask;
        }, ct);
    }

    private async Task<Result> RemoveAsync(Command command, MemberRemoval removal, CancellationToken ct)
    {
        if (await FindAsync(command, removal.UserId, ct) is not { } person)
        {
            return new NoSuchMember();
        }

        if (person.Role is { } role && MemberRules.Refuse(command.Access, role) is { } refusal)
        {
            return refusal;
        }

        if (await RefuseToTakeAsync(command, person, PermissionCatalogue.Project, ct) is { } exceeds)
        {
            return exceeds;
        }

        return await WithHeirAsync(command, person.User.Id, removal.Heir, () =>
            EndAsync(command, person, AuditActions.MemberRemoved, AuditActions.CollaboratorRemoved, ct), ct);
    }

    // Nobody takes from another what they do not hold: not by ending everything, and not by lowering the ceiling over it.
    private async Task<Error?> RefuseToTakeAsync(Command command, Person person, PermissionSet taken, CancellationToken ct)
    {
        var (organizationId, userId) = (command.Organization.Id, person.User.Id);
        if (taken.IsEmpty || userId == command.Actor.UserId)
        {
            return null;
        }

        var grants = await (from principal in command.Db.Principals.Where(principal => principal.UserId == userId)
                            join grant in command.Db.Grants on principal.Id equals grant.PrincipalId
                            where grant.OrganizationId == organizationId
                            select grant).ToListAsync(ct);
        var given = (await GrantAuthority.ReadAsync(command, grants, ct)).Select(grant => grant with { Given = grant.Given & taken, UntilUtc = command.NowUtc });
        return await authority.RefuseAsync(command, [.. given], ct);
    }

    private static async Task<Result> WithHeirAsync(Command command, Guid leaving, string? address, Func<Task> change, CancellationToken ct)
    {
        await command.AffectsAsync([leaving], ct);
        return await AdminSuccession.WithHeirAsync(command, address, [leaving], change, ct);
    }

    private async Task EndAsync(Command command, Person person, string action, string inProjects, CancellationToken ct)
    {
        var (organizationId, userId) = (command.Organization.Id, person.User.Id);
        var grants = await command.Db.Grants.Where(grant => grant.OrganizationId == organizationId && grant.PrincipalId == userId).ToListAsync(ct);
        foreach (var grant in grants.Where(grant => grant.ProjectId is not null).OrderByDescending(grant => grant.IsUpgrade))
        {
            command.AuditIn(
                organizationId, grant.ProjectId, grant.IsUpgrade ? AuditActions.CollaboratorRaiseEnded : inProjects,
                new AuditObject("collaborator", userId, person.User.Email ?? ""), GrantState.Of(grant, isTeam: false) with { External = person.Member is null });
        }

        command.Db.Grants.RemoveRange(grants);
        var others = await MemberTraces.EndAsync(command, ledger, person.User, ct);
        command.Audit(action, ObjectOf(person.User), new
        {
            Role = person.Member?.RoleKey ?? "external",
            Grants = grants.Count,
            others.Teams,
            others.Requests,
            others.Invitations,
        });
        if (person.Member is { } member)
        {
            command.Db.Members.Remove(member);
        }
    }

    private static async Task<Person?> FindAsync(Command command, Guid userId, CancellationToken ct)
    {
        var organizationId = command.Organization.Id;
        var found = await (from user in command.Db.Users.Where(user => user.Id == userId)
                           from member in command.Db.Members.Where(member => member.OrganizationId == organizationId && member.UserId == userId).DefaultIfEmpty()
                           where member != null || command.Db.Grants.Any(grant => grant.OrganizationId == organizationId && grant.PrincipalId == userId)
                           select new { User = user, Member = member }).FirstOrDefaultAsync(ct);
        if (found is null)
        {
            return null;
        }

        // A role that cannot be read is touched by nobody who holds less than all.
        var role = found.Member is null ? null
            : await RoleCatalogue.FindOrganizationRoleAsync(command.Db, organizationId, found.Member.RoleKey, ct) ?? OrganizationRole.Admin;
        return new Person(found.User, found.Member, role);
    }

    private static CommandTarget Target(Guid organizationId, string action) =>
        CommandTarget.InOrganization(organizationId, Permissions.MembersManage, action, CommandLock.Access);

    private static AuditObject ObjectOf(User user) => new("member", user.Id, user.Email ?? "");

    private sealed record Person(User User, Member? Member, OrganizationRole? Role);
}

/// <summary>Another role for a member.</summary>
/// <param name="UserId">The member.</param>
/// <param name="Role">Stored name of the organization role.</param>
/// <param name="Version">The edit token under which the row was read; null to save over what others did.</param>
/// <param name="Heir">Address of the member who becomes Admin of the projects that would have none; null for nobody.</param>
public sealed record MemberRoleChange(Guid UserId, string Role, Guid? Version = null, string? Heir = null);

/// <summary>The end of a person in an organization.</summary>
/// <param name="UserId">The person.</param>
/// <param name="Heir">Address of the member who becomes Admin of the projects that would have none; null for nobody.</param>
public sealed record MemberRemoval(Guid UserId, string? Heir = null);
