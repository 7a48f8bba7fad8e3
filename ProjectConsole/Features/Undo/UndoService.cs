using Microsoft.EntityFrameworkCore;
using ProjectConsole.Components.Controls;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Features.Collaborators;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Undo;

/// <summary>
/// Undoes what was done to a collaborator: an ordinary command with the inverse arguments, decided for whoever undoes and today.
/// Its own entry in the audit log can be undone in turn.
/// </summary>
public sealed class UndoService(IDbContextFactory<ConsoleDbContext> databases, AccessControl access, CollaboratorsService collaborators, TimeProvider clock)
{
    /// <summary>For how long a removed collaborator can be reinstated.</summary>
    public static readonly TimeSpan ReinstatableFor = TimeSpan.FromDays(90);

    /// <summary>Whether an act of that name has a way back.</summary>
    public static bool CanUndo(string action) => GrantEntry.Actions.Contains(action);

    /// <summary>Undoes an entry. In a dry run says whose access that changes.</summary>
    public async Task<Result<AccessChange>> UndoAsync(Actor actor, ProjectScope project, long entryId, CancellationToken ct = default)
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

        return GrantEntry.Of(found) is { } act ? await InvertAsync(db, actor, project, act, ct) : new NotUndoable();
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

    private async Task<Result<AccessChange>> InvertAsync(ConsoleDbContext db, Actor actor, ProjectScope project, GrantEntry act, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var current = await db.Grants.AsNoTracking().FirstOrDefaultAsync(
            grant => grant.ProjectId == project.ProjectId && grant.PrincipalId == act.PrincipalId && !grant.IsUpgrade, ct);
        var stands = current is null || current.ExpiresUtc <= now ? null : current;
        if (act.After is null)
        {
            return stands is not null ? new MovedOn(act.Name, "is a collaborator again") : await GiveBackAsync(db, actor, project, act, now, ct);
        }

        if (stands is null || !IsStill(stands, act.After))
        {
            return new MovedOn(act.Name, stands is null ? "is no collaborator any more" : "was changed since");
        }

        return act.Before is null
            ? Told(await collaborators.RemoveAsync(actor, project, new Removal(act.PrincipalId, stands.Version), ct), act)
            : await SetBackAsync(db, actor, project, act, stands, ct);
    }

    private async Task<Result<AccessChange>> GiveBackAsync(ConsoleDbContext db, Actor actor, ProjectScope project, GrantEntry act, DateTime now, CancellationToken ct)
    {
        var before = act.Before!;
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

        return await IsWithoutRestrictionAsync(db, project, before, ct) ? RestrictionIsGone(act) : await collaborators.AddAsync(
            actor, project, new NewCollaborator(address, role, isExternal) { ExpiresUtc = before.Expires, RestrictionId = before.Restriction }, ct);
    }

    private static async Task<bool> IsWithoutRestrictionAsync(ConsoleDbContext db, ProjectScope project, GrantState before, CancellationToken ct) =>
        before.Restriction is { } id && !await GrantTerms.Usable(db, project).AnyAsync(restriction => restriction.Id == id, ct);

    private static MovedOn RestrictionIsGone(GrantEntry act) => new(act.Name, "had a restriction that was deleted");

    private async Task<Result<AccessChange>> SetBackAsync(ConsoleDbContext db, Actor actor, ProjectScope project, GrantEntry act, Grant stands, CancellationToken ct)
    {
        var (before, after, who, seen) = (act.Before!, act.After!, act.PrincipalId, stands.Version);
        var (isRole, isEnd, isRestriction) = (before.Role != after.Role, !IsSame(before.Expires, after.Expires), before.Restriction != after.Restriction);
        if (before.Expires <= clock.GetUtcNow().UtcDateTime)
        {
            return new MovedOn(act.Name, $"would have lost the role on {TimeText.Date(before.Expires.Value)} anyway");
        }

        if (await RoleCatalogue.FindProjectRoleAsync(db, project, before.Role, ct) is not { } role)
        {
            return new MovedOn(act.Name, "had a role that was deleted");
        }

        return await IsWithoutRestrictionAsync(db, project, before, ct) ? RestrictionIsGone(act) : Told((isRole, isEnd, isRestriction) switch
        {
            (true, false, false) => await collaborators.ChangeRoleAsync(actor, project, new RoleChange(who, role, seen), ct),
            (false, true, false) => await collaborators.ChangeExpiryAsync(actor, project, new ExpiryChange(who, before.Expires, seen), ct),
            (false, false, true) => await collaborators.RestrictAsync(actor, project, new RestrictionChange(who, before.Restriction, seen), ct),
            (false, false, false) => new NotUndoable(),
            // One act that changed several is one act back: half of it would be a grant that nobody gave.
            _ => await collaborators.ChangeTermsAsync(actor, project, new TermsChange(who, before.Role, before.Expires, before.Restriction, seen), ct),
        }, act);
    }

    // Somebody was faster between the look and the command.
    private static Result<AccessChange> Told(Result<AccessChange> result, GrantEntry act) =>
        result.Error is Stale or NoDirectGrant ? new MovedOn(act.Name, "was changed since") : result;

    private static bool IsStill(Grant grant, GrantState after) =>
        grant.RoleKey == after.Role && grant.RestrictionId == after.Restriction && IsSame(grant.ExpiresUtc, after.Expires);

    // Databases keep microseconds.
    private static bool IsSame(DateTime? one, DateTime? other) =>
        one is null || other is null ? one is null && other is null : (one.Value - other.Value).Duration() < TimeSpan.FromMilliseconds(1);
}

/// <summary>Somebody who lost the grant on the project and can be given it again.</summary>
/// <param name="EntryId">The entry that says so.</param>
/// <param name="Name">Address or team name at that time.</param>
/// <param name="IsTeam">Whether it is a team.</param>
/// <param name="Role">Title of the former role.</param>
/// <param name="EndedUtc">When it ended, UTC.</param>
/// <param name="EndedBy">Who ended it; the person, where they left.</param>
public sealed record FormerCollaborator(long EntryId, string Name, bool IsTeam, string Role, DateTime EndedUtc, string EndedBy);
