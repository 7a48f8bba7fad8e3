using Microsoft.EntityFrameworkCore;
using ProjectConsole.Components.Controls;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Features.Collaborators;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Undo;

/// <summary>
/// Undoes what was done to a collaborator: an ordinary command with the inverse arguments, decided for whoever undoes and today.
/// Its own entry in the audit log can be undone in turn.
/// </summary>
public sealed class UndoService(IDbContextFactory<ConsoleDbContext> databases, AccessControl access, HeirUndo inverse, CollaboratorAddition addition, TimeProvider clock)
{
    /// <summary>For how long a removed collaborator can be reinstated.</summary>
    public static readonly TimeSpan ReinstatableFor = TimeSpan.FromDays(90);

    /// <summary>Whether an act of that name has a way back.</summary>
    public static bool CanUndo(string action) => GrantEntry.Actions.Contains(action);

    /// <summary>Undoes an entry, and what an heir got by it. In a dry run says whose access that changes.</summary>
    public Task<Result<AccessChange>> UndoAsync(Actor actor, ProjectScope project, long entryId, CancellationToken ct = default) =>
        UndoAsync(actor, project, entryId, heirsStay: false, ct);

    /// <summary>Gives somebody who lost a grant the former role again; whoever became Admin in their place stays. In a dry run says whose access that changes.</summary>
    public Task<Result<AccessChange>> ReinstateAsync(Actor actor, ProjectScope project, long entryId, CancellationToken ct = default) =>
        UndoAsync(actor, project, entryId, heirsStay: true, ct);

    private async Task<Result<AccessChange>> UndoAsync(Actor actor, ProjectScope project, long entryId, bool heirsStay, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (AccessRefusal.InProject(await access.InProjectAsync(db, actor, project, ct), Permissions.CollaboratorsView) is { } refusal)
        {
            return refusal;
        }

        var (organizationId, projectId) = project;
        var found = await db.AuditEntries.AsNoTracking().FirstOrDefaultAsync(
            entry => entry.OrganizationId == organizationId && entry.ProjectId == projectId && entry.Id == entryId && GrantEntry.Actions.Contains(entry.Action), ct);
        if (found is null)
        {
            return new NotFound();
        }

        return GrantEntry.Of(found) is { } act
            ? await InvertAsync(db, new Undoing(actor, project, act, await HeirUndo.OfAsync(db, found, heirsStay, ct)), ct)
            : new NotUndoable();
    }

    /// <summary>Whether an entry is an act of the actor's own here that has a way back.</summary>
    public async Task<Result<bool>> OffersAsync(Actor actor, ProjectScope project, long entryId, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (AccessRefusal.InProject(await access.InProjectAsync(db, actor, project, ct), Permissions.CollaboratorsView) is { } refusal)
        {
            return refusal;
        }

        var (organizationId, projectId) = project;
        var entry = await db.AuditEntries.AsNoTracking().FirstOrDefaultAsync(
            entry => entry.OrganizationId == organizationId && entry.ProjectId == projectId && entry.ActorId == actor.UserId && entry.Id == entryId, ct);
        return entry is not null && GrantEntry.Of(entry) is not null;
    }

    /// <summary>Who lost the grant on the project within 90 days and has none now, latest first.</summary>
    public async Task<Result<Page<FormerCollaborator>>> FormerAsync(Actor actor, ProjectScope project, PageRequest page, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var reader = await access.InProjectAsync(db, actor, project, ct);
        if (AccessRefusal.InProject(reader, Permissions.CollaboratorsView) is { } refusal)
        {
            return refusal;
        }

        var (organizationId, projectId, now) = (project.OrganizationId, project.ProjectId, clock.GetUtcNow().UtcDateTime);
        var since = now - ReinstatableFor;
        var ends = db.AuditEntries.Where(entry => entry.OrganizationId == organizationId && entry.ProjectId == projectId
            && GrantEntry.Ends.Contains(entry.Action) && entry.ObjectKind == "collaborator" && entry.Before != null && entry.WhenUtc >= since);
        var former = ends.Where(entry => !ends.Any(later => later.ObjectId == entry.ObjectId && later.Id > entry.Id)
            && !db.Grants.Any(grant => grant.ProjectId == projectId && grant.PrincipalId == entry.ObjectId && !grant.IsUpgrade && (grant.ExpiresUtc == null || grant.ExpiresUtc > now)));
        var total = await former.CountAsync(ct);
        var found = await former.OrderByDescending(entry => entry.Id).Skip(page.Skip).Take(page.Size).AsNoTracking().ToListAsync(ct);
        var roles = await RoleCatalogue.ProjectRolesAsync(db, project, ct);
        return new Page<FormerCollaborator>(
            [.. found.Select(entry => (Entry: entry, Act: GrantEntry.Of(entry))).Where(row => row.Act?.Before is not null).Select(row => new FormerCollaborator(
                row.Entry.Id, row.Entry.ObjectName, row.Act!.Before!.IsTeam, roles.FirstOrDefault(role => role.Key == row.Act.Before.Role)?.Title ?? "A role that was deleted",
                row.Entry.WhenUtc, row.Entry.ActorName))],
            total, page.Number, page.Size);
    }

    private async Task<Result<AccessChange>> InvertAsync(ConsoleDbContext db, Undoing undoing, CancellationToken ct)
    {
        var (now, project, act) = (clock.GetUtcNow().UtcDateTime, undoing.Project, undoing.Act);
        var current = await db.Grants.AsNoTracking().FirstOrDefaultAsync(
            grant => grant.ProjectId == project.ProjectId && grant.PrincipalId == act.PrincipalId && !grant.IsUpgrade, ct);
        var stands = current is null || current.ExpiresUtc <= now ? null : current;
        if (act.After is null)
        {
            return stands is not null ? new MovedOn(act.Name, "is a collaborator again") : await GiveBackAsync(db, undoing, now, ct);
        }

        if (stands is null || !act.IsStill(stands))
        {
            return new MovedOn(act.Name, stands is null ? "is no collaborator any more" : "was changed since");
        }

        return act.Before is null
            ? await RunAsync(undoing, Permissions.CollaboratorsRemove, AuditActions.CollaboratorRemoved,
                command => CollaboratorChanges.RemovalAsync(command, new Removal(act.PrincipalId, stands.Version), AuditActions.CollaboratorRemoved, ct), ct)
            : await SetBackAsync(db, undoing, stands, ct);
    }

    // Somebody may have been faster between the look and the command.
    private async Task<Result<AccessChange>> RunAsync(Undoing undoing, Permission needs, string action, Func<Command, Task<Result>> change, CancellationToken ct)
    {
        var result = await inverse.RunAsync(undoing.Actor, CommandTarget.InProject(undoing.Project, needs, action, CommandLock.Access), undoing.Heirs, change, ct);
        return result.Error is Stale or NoDirectGrant ? new MovedOn(undoing.Act.Name, "was changed since") : result;
    }

    private async Task<Result<AccessChange>> GiveBackAsync(ConsoleDbContext db, Undoing undoing, DateTime now, CancellationToken ct)
    {
        var (project, act, before) = (undoing.Project, undoing.Act, undoing.Act.Before!);
        if (before.Expires <= now)
        {
            return new MovedOn(act.Name, $"would have lost the role on {TimeText.Date(before.Expires.Value)} anyway");
        }

        var organizationId = project.OrganizationId;
        var address = before.IsTeam
            ? await db.Teams.Where(team => team.OrganizationId == organizationId && team.Id == act.PrincipalId).Select(team => team.Slug).FirstOrDefaultAsync(ct)
            : await db.Users.Where(user => user.Id == act.PrincipalId).Select(user => user.Email).FirstOrDefaultAsync(ct);
        if (address is null || await RoleCatalogue.FindProjectRoleAsync(db, project, before.Role, ct) is not { } role)
        {
            return new MovedOn(act.Name, address is null ? "is gone" : "had a role that was deleted");
        }

        // Nobody falls back to external: only who was from outside then comes back from outside.
        var isExternal = !before.IsTeam && !await db.Members.AnyAsync(member => member.OrganizationId == organizationId && member.UserId == act.PrincipalId, ct);
        if (isExternal && before.External != true)
        {
            return new MovedOn(act.Name, "is no member of the organization any more");
        }

        var person = new NewCollaborator(address, role, isExternal) { ExpiresUtc = before.Expires, RestrictionId = before.Restriction };
        return await IsWithoutRestrictionAsync(db, project, before, ct)
            ? RestrictionIsGone(act)
            : await RunAsync(undoing, Permissions.CollaboratorsAdd, AuditActions.CollaboratorAdded, command => addition.AddAsync(command, person, ct), ct);
    }

    private static async Task<bool> IsWithoutRestrictionAsync(ConsoleDbContext db, ProjectScope project, GrantState before, CancellationToken ct) =>
        before.Restriction is { } id && !await GrantTerms.Usable(db, project).AnyAsync(restriction => restriction.Id == id, ct);

    private static MovedOn RestrictionIsGone(GrantEntry act) => new(act.Name, "had a restriction that was deleted");

    private async Task<Result<AccessChange>> SetBackAsync(ConsoleDbContext db, Undoing undoing, Grant stands, CancellationToken ct)
    {
        var (project, act) = (undoing.Project, undoing.Act);
        var (before, after, who, seen) = (act.Before!, act.After!, act.PrincipalId, stands.Version);
        if (before.Expires <= clock.GetUtcNow().UtcDateTime)
        {
            return new MovedOn(act.Name, $"would have lost the role on {TimeText.Date(before.Expires.Value)} anyway");
        }

        if (await RoleCatalogue.FindProjectRoleAsync(db, project, before.Role, ct) is not { } role)
        {
            return new MovedOn(act.Name, "had a role that was deleted");
        }

        if (await IsWithoutRestrictionAsync(db, project, before, ct))
        {
            return RestrictionIsGone(act);
        }

        var (isRole, isEnd, isRestriction) = (before.Role != after.Role, !GrantEntry.IsSame(before.Expires, after.Expires), before.Restriction != after.Restriction);
        (string Action, Func<Command, Task<Result>> Change)? back = (isRole, isEnd, isRestriction) switch
        {
            (false, false, false) => null,
            (true, false, false) => (AuditActions.CollaboratorRoleChanged, command => CollaboratorChanges.RoleAsync(command, new RoleChange(who, role, seen), ct)),
            (false, true, false) => (AuditActions.CollaboratorExpiryChanged, command => CollaboratorChanges.ExpiryAsync(command, new ExpiryChange(who, before.Expires, seen), ct)),
            (false, false, true) => (AuditActions.CollaboratorRestricted, command => CollaboratorChanges.RestrictionAsync(command, new RestrictionChange(who, before.Restriction, seen), ct)),
            // One act that changed several is one act back: half of it would be a grant that nobody gave.
            _ => (AuditActions.CollaboratorRoleChanged, command => CollaboratorChanges.TermsAsync(command, new TermsChange(who, before.Role, before.Expires, before.Restriction, seen), ct)),
        };
        return back is { } change ? await RunAsync(undoing, Permissions.CollaboratorsChange, change.Action, change.Change, ct) : new NotUndoable();
    }

    private sealed record Undoing(Actor Actor, ProjectScope Project, GrantEntry Act, Heirs Heirs);
}

/// <summary>Somebody who lost the grant on the project and can be given it again.</summary>
/// <param name="EntryId">The entry that says so.</param>
/// <param name="Name">Address or team name at that time.</param>
/// <param name="IsTeam">Whether it is a team.</param>
/// <param name="Role">Title of the former role.</param>
/// <param name="EndedUtc">When it ended, UTC.</param>
/// <param name="EndedBy">Who ended it; the person, where they left.</param>
public sealed record FormerCollaborator(long EntryId, string Name, bool IsTeam, string Role, DateTime EndedUtc, string EndedBy);
