using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Features.Roles;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Restrictions;

/// <summary>Writes the restrictions that an organization or a project keeps. Attaching one to a grant is a change of that collaborator.</summary>
public sealed class RestrictionsService(ConsoleWriter writer, AccessControl access)
{
    /// <summary>Makes a restriction and answers its id.</summary>
    public Task<Result<Guid>> CreateAsync(Actor actor, RoleOwner owner, RestrictionDraft draft, CancellationToken ct = default) =>
        writer.WriteAsync(actor, CommandTarget.InOwner(owner, AuditActions.RestrictionCreated), async command =>
        {
            var (chosen, refusal) = draft.Check();
            refusal ??= await TakenAsync(command, owner, chosen!.Name, null, ct) ?? await FullAsync(command, owner, ct);
            if (refusal is not null)
            {
                return (Result<Guid>)refusal;
            }

            var restriction = new Restriction(owner.OrganizationId, owner.ProjectId, command.NowUtc);
            restriction.Change(chosen!.Name, chosen.Description, chosen.Rules);
            command.Db.Restrictions.Add(restriction);
            command.Audit(AuditActions.RestrictionCreated, ObjectOf(restriction), after: StateOf(restriction));
            return restriction.Id;
        }, ct);

    /// <summary>Gives a restriction other texts and rules. In a dry run answers what that changes for those whom it restricts.</summary>
    /// <param name="actor">Who acts.</param>
    /// <param name="owner">Who keeps it.</param>
    /// <param name="restrictionId">The restriction.</param>
    /// <param name="draft">What it becomes.</param>
    /// <param name="version">The edit token under which it was read; null to save over what others did.</param>
    /// <param name="heir">Address of the member who becomes Admin of the projects that would have none; null for nobody.</param>
    /// <param name="ct">Ends the command.</param>
    public Task<Result<AccessChange>> ChangeAsync(
        Actor actor, RoleOwner owner, Guid restrictionId, RestrictionDraft draft, Guid? version, string? heir = null, CancellationToken ct = default) =>
        writer.WriteAccessAsync(actor, CommandTarget.InOwner(owner, AuditActions.RestrictionChanged), async command =>
        {
            var (restriction, refusal) = await FindAsync(command, owner, restrictionId, version, ct);
            if (refusal is not null)
            {
                return refusal;
            }

            (var chosen, refusal) = draft.Check();
            var grants = GrantsOf(command, restriction!);
            refusal ??= await TakenAsync(command, owner, chosen!.Name, restriction!.Id, ct)
                ?? await RefuseAsync(command, grants, restriction.Rules.Denied & chosen.Rules.Denied, ct);
            if (refusal is not null)
            {
                return refusal;
            }

            await command.AffectsAsync(grants, ct);
            return await AdminSuccession.WithHeirAsync(command, heir, [], () =>
            {
                var before = StateOf(restriction!);
                restriction!.Change(chosen!.Name, chosen.Description, chosen.Rules);
                command.Audit(AuditActions.RestrictionChanged, ObjectOf(restriction), before, StateOf(restriction));
                return Task.CompletedTask;
            }, ct);
        }, ct);

    /// <summary>
    /// Deletes a restriction. One that hangs on grants is refused, unless it is to be taken off them, which gives back what it took:
    /// in a dry run answers what that changes.
    /// </summary>
    /// <param name="actor">Who acts.</param>
    /// <param name="owner">Who keeps it.</param>
    /// <param name="restrictionId">The restriction.</param>
    /// <param name="version">The edit token under which it was read; null to delete whatever it has become.</param>
    /// <param name="takesOff">Whether to take it off the grants on which it hangs.</param>
    /// <param name="ct">Ends the command.</param>
    public Task<Result<AccessChange>> DeleteAsync(
        Actor actor, RoleOwner owner, Guid restrictionId, Guid? version, bool takesOff, CancellationToken ct = default) =>
        writer.WriteAccessAsync(actor, CommandTarget.InOwner(owner, AuditActions.RestrictionDeleted), async command =>
        {
            var (restriction, refusal) = await FindAsync(command, owner, restrictionId, version, ct);
            refusal ??= await TakeOffAsync(command, restriction!, takesOff, ct);
            if (refusal is not null)
            {
                return refusal;
            }

            command.Db.Restrictions.Remove(restriction!);
            command.Audit(AuditActions.RestrictionDeleted, ObjectOf(restriction!), StateOf(restriction!));
            return Result.Ok;
        }, ct);

    private async Task<Error?> TakeOffAsync(Command command, Restriction restriction, bool takesOff, CancellationToken ct)
    {
        var grants = GrantsOf(command, restriction);
        var attached = await grants.ToListAsync(ct);
        if (attached.Count == 0)
        {
            return null;
        }

        if (!takesOff)
        {
            return new RestrictionInUse(restriction.Name, attached.Count, await GrantPlaces.NamesAsync(access, command, grants, ct));
        }

        // Taking it off is a change of collaborators, and gives them the whole role.
        if (!RoleRules.Own(command.Access).Contains(Permissions.CollaboratorsChange))
        {
            return new Forbidden([Permissions.CollaboratorsChange.Title], "an Admin of the project");
        }

        if (await RefuseAsync(command, grants, PermissionSet.Empty, ct) is { } refusal)
        {
            return refusal;
        }

        await command.AffectsAsync(grants, ct);
        var names = await NamesAsync(command, grants, ct);
        foreach (var grant in attached)
        {
            var (name, isTeam) = names[grant.PrincipalId];
            var before = GrantState.Of(grant, isTeam);
            grant.Restrict(null, command.Actor.UserId, command.Actor.Name, command.NowUtc);
            command.AuditIn(
                grant.OrganizationId, grant.ProjectId, grant.ProjectId is null ? AuditActions.WorkspaceGrantChanged : AuditActions.CollaboratorRestricted,
                new AuditObject("collaborator", grant.PrincipalId, name), before, GrantState.Of(grant, isTeam));
        }

        return null;
    }

    private static async Task<Dictionary<Guid, (string Name, bool IsTeam)>> NamesAsync(Command command, IQueryable<Grant> grants, CancellationToken ct)
    {
        var principals = grants.Select(grant => grant.PrincipalId);
        var people = await command.Db.Users.Where(user => principals.Contains(user.Id)).Select(user => new { user.Id, Name = user.Email ?? "" }).ToListAsync(ct);
        var teams = await command.Db.Teams.Where(team => principals.Contains(team.Id)).Select(team => new { team.Id, team.Name }).ToListAsync(ct);
        return people.Select(row => (row.Id, row.Name, IsTeam: false)).Concat(teams.Select(row => (row.Id, row.Name, IsTeam: true)))
            .ToDictionary(row => row.Id, row => (row.Name, row.IsTeam));
    }

    // What these grants give before or after must not go beyond what the actor holds for good.
    private static async Task<Error?> RefuseAsync(Command command, IQueryable<Grant> grants, PermissionSet alwaysDenied, CancellationToken ct)
    {
        var given = PermissionSet.Empty;
        foreach (var key in await grants.Select(grant => grant.RoleKey).Distinct().ToListAsync(ct))
        {
            given |= await RoleCatalogue.GivenAsync(command.Db, command.Target.OrganizationId!.Value, key, null, ct);
        }

        return RoleRules.ExceedingForGood(command.Access, given - alwaysDenied);
    }

    private static IQueryable<Grant> GrantsOf(Command command, Restriction restriction)
    {
        var (organizationId, id) = (restriction.OrganizationId, restriction.Id);
        return command.Db.Grants.Where(grant => grant.OrganizationId == organizationId && grant.RestrictionId == id);
    }

    // Keyed by the owner, so that another project's or organization's restriction is none here.
    private static async Task<(Restriction? Restriction, Error? Refusal)> FindAsync(
        Command command, RoleOwner owner, Guid restrictionId, Guid? version, CancellationToken ct)
    {
        var (organizationId, ownerId) = (owner.OrganizationId, owner.Id);
        var restriction = await command.Db.Restrictions.FirstOrDefaultAsync(
            row => row.OrganizationId == organizationId && row.OwnerId == ownerId && row.Id == restrictionId, ct);
        return restriction is null ? (null, new NoSuchRestriction())
            : version is not null && version != restriction.Version ? (restriction, new Stale())
            : (restriction, null);
    }

    private static async Task<Error?> TakenAsync(Command command, RoleOwner owner, string name, Guid? except, CancellationToken ct)
    {
        var (organizationId, ownerId, folded) = (owner.OrganizationId, owner.Id, TextRules.Fold(name));
        return await command.Db.Restrictions.AnyAsync(
            row => row.OrganizationId == organizationId && (row.OwnerId == ownerId || row.ProjectId == null) && row.NameFolded == folded && row.Id != except, ct)
            ? new Invalid(nameof(RestrictionDraft.Name), RoleRules.Taken(name))
            : null;
    }

    private static async Task<Error?> FullAsync(Command command, RoleOwner owner, CancellationToken ct)
    {
        var ownerId = owner.Id;
        return await command.Db.Restrictions.CountAsync(row => row.OwnerId == ownerId, ct) >= RoleRules.Most ? new TooManyRestrictions(RoleRules.Most) : null;
    }

    private static AuditObject ObjectOf(Restriction restriction) => new("restriction", restriction.Id, restriction.Name);

    private static object StateOf(Restriction restriction) =>
        new { restriction.Name, restriction.Description, Rules = restriction.RuleText.Split('\n') };
}
