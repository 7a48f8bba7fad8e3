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

    /// <summary>For how long the latest act is offered to be undone from its toast.</summary>
    public static readonly TimeSpan Recently = TimeSpan.FromMinutes(5);

    /// <summary>Whether an act of that name has a way back.</summary>
    public static bool CanUndo(string action) => GrantEntry.Actions.Contains(action);

    /// <summary>Undoes an entry. In a dry run says whose access that changes.</summary>
    public async Task<Result<AccessChange>> UndoAsync(Actor actor, ProjectScope project, long entryId, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (AccessRefusal.InProject(await access.InProjectAsync(db, actor.UserId, project, ct), Permissions.CollaboratorsView) is { } refusal)
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

    /// <summary>The number of the actor's latest act here that can be undone; null where there is none.</summary>
    public async Task<Result<long?>> LatestAsync(Actor actor, ProjectScope project, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (AccessRefusal.InProject(await access.InProjectAsync(db, actor.UserId, project, ct), Permissions.CollaboratorsView) is { } refusal)
        {
            return refusal;
        }

        var (organizationId, projectId, since) = (project.OrganizationId, project.ProjectId, clock.GetUtcNow().UtcDateTime - Recently);
        var latest = await db.AuditEntries.AsNoTracking()
            .Where(entry => entry.OrganizationId == organizationId && entry.ProjectId == projectId && entry.ActorId == actor.UserId && entry.WhenUtc >= since)
            .OrderByDescending(entry => entry.Id).FirstOrDefaultAsync(ct);
        return latest is not null && GrantEntry.Of(latest) is { } act ? act.Id : (long?)null;
    }

    /// <summary>Who lost the grant on the project within 90 days and has none now, latest first.</summary>
    public async Task<Result<Page<FormerCollaborator>>> FormerAsync(Actor actor, ProjectScope project, PageRequest page, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var reader = await access.InProjectAsync(db, actor.UserId, project, ct);
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

        var isExternal = !before.IsTeam && !await db.Members.AnyAsync(member => member.OrganizationId == organizationId && member.UserId == act.PrincipalId, ct);
        return await collaborators.AddAsync(
            actor, project, new NewCollaborator(address, role, isExternal) { ExpiresUtc = before.Expires, RestrictionId = before.Restriction }, ct);
    }

    private async Task<Result<AccessChange>> SetBackAsync(ConsoleDbContext db, Actor actor, ProjectScope project, GrantEntry act, Grant stands, CancellationToken ct)
    {
        var (before, after) = (act.Before!, act.After!);
        if (before.Role != after.Role)
        {
            return await RoleCatalogue.FindProjectRoleAsync(db, project, before.Role, ct) is { } role
                ? Told(await collaborators.ChangeRoleAsync(actor, project, new RoleChange(act.PrincipalId, role, stands.Version), ct), act)
                : new MovedOn(act.Name, "had a role that was deleted");
        }

        if (before.Expires != after.Expires)
        {
            return before.Expires <= clock.GetUtcNow().UtcDateTime
                ? new MovedOn(act.Name, $"would have lost the role on {TimeText.Date(before.Expires.Value)} anyway")
                : Told(await collaborators.ChangeExpiryAsync(actor, project, new ExpiryChange(act.PrincipalId, before.Expires, stands.Version), ct), act);
        }

        return Told(await collaborators.RestrictAsync(actor, project, new RestrictionChange(act.PrincipalId, before.Restriction, stands.Version), ct), act);
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
