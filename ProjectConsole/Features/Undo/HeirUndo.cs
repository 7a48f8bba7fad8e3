using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Undo;

/// <summary>
/// Runs the inverse of an act, and takes back in the same transaction what whoever was named Admin by that act got: who undoes a
/// removal expects all of it undone. What stays after all is said.
/// </summary>
public sealed class HeirUndo(ConsoleWriter writer)
{
    // The entries of one command are written together; those of others may come in between.
    private const int Near = 1_000;

    /// <summary>Who became Admin by the act that an entry tells of, and which keys were revoked with it.</summary>
    internal static async Task<Heirs> OfAsync(ConsoleDbContext db, AuditEntry act, bool heirsStay, CancellationToken ct)
    {
        var (organizationId, actorId, when, first, own, last) = (act.OrganizationId, act.ActorId, act.WhenUtc, act.Id - Near, act.Id, act.Id + Near);
        var together = await db.AuditEntries.AsNoTracking()
            .Where(entry => entry.OrganizationId == organizationId && entry.Id > first && entry.Id <= last && entry.Id != own && entry.ActorId == actorId && entry.WhenUtc == when)
            .OrderBy(entry => entry.Id).ToListAsync(ct);
        // Keys are revoked before the act, and heirs named after it.
        var revoked = together.Where(entry => entry.Id < own).Reverse().TakeWhile(entry => entry.Action == AuditActions.KeyRevoked).Select(entry => entry.ObjectName);
        var appointments = together.Where(entry => entry.Id > own).Select(entry => GrantEntry.Of(entry) is { After.Heir: true } read && entry.ProjectId is { } projectId ? new Appointment(projectId, read) : null)
            .TakeWhile(appointment => appointment is not null).OfType<Appointment>();
        return new Heirs([.. appointments], heirsStay) { RevokedKeys = [.. revoked] };
    }

    /// <summary>Runs it. In a dry run answers whose access that changes, the heirs among them.</summary>
    /// <param name="actor">Who undoes.</param>
    /// <param name="target">The inverse as a command.</param>
    /// <param name="heirs">Who became Admin by the act.</param>
    /// <param name="inverse">The inverse.</param>
    /// <param name="ct">Ends the command.</param>
    internal async Task<Result<AccessChange>> RunAsync(
        Actor actor, CommandTarget target, Heirs heirs, Func<Command, Task<Result>> inverse, CancellationToken ct)
    {
        IReadOnlyList<string> notes = [];
        var result = await writer.WriteAccessAsync(actor, target, async command =>
        {
            var found = await FindAsync(command, heirs, ct);
            notes = [.. found.Select(heir => heir.Stays).OfType<string>()];
            var leaving = found.FindAll(heir => heir.Stays is null);
            if (leaving.Count > 0)
            {
                var projects = leaving.ConvertAll(heir => heir.Of.ProjectId);
                await command.AffectsAsync([.. leaving.Select(heir => heir.Of.Entry.PrincipalId).Distinct()], command.Db.Projects.Where(project => projects.Contains(project.Id)), ct);
            }

            var done = await inverse(command);
            if (done.Succeeded)
            {
                leaving.ForEach(heir => TakeBack(command, heir));
            }

            return done;
        }, ct);
        notes = [.. notes, .. heirs.RevokedKeys.Select(key => $"The API key {key} was revoked with this and stays revoked.")];
        return result.Succeeded ? result.Value with { Notes = [.. notes, .. result.Value.Notes] } : result.Error;
    }

    private static async Task<List<FoundHeir>> FindAsync(Command command, Heirs heirs, CancellationToken ct)
    {
        var (db, found, mayTake) = (command.Db, new List<FoundHeir>(), AdminSuccession.MayAppoint(command.Access));
        foreach (var of in heirs.Appointments)
        {
            var (projectId, principalId) = (of.ProjectId, of.Entry.PrincipalId);
            if (await db.Grants.FirstOrDefaultAsync(row => row.ProjectId == projectId && row.PrincipalId == principalId && !row.IsUpgrade, ct) is not { } grant
                || grant.ExpiresUtc <= command.NowUtc)
            {
                continue;
            }

            var scope = new ProjectScope(grant.OrganizationId, projectId);
            var former = of.Entry.Before is { } before && !(before.Expires <= command.NowUtc) ? before : null;
            var role = former is null ? null : await RoleCatalogue.FindProjectRoleAsync(db, scope, former.Role, ct);
            var why = heirs.Stay ? "stays" : !of.Entry.IsStill(grant) ? "was changed since, and stays"
                : former is not null && role is null ? "had a role that was deleted, and stays"
                : !mayTake ? "stays: only an Owner or Admin of the organization takes that back" : null;
            found.Add(new FoundHeir(of, grant, former, role, why is null ? null : $"{of.Entry.Name} became Admin by this and {why}."));
        }

        return found;
    }

    private static void TakeBack(Command command, FoundHeir heir)
    {
        var (grant, now) = (heir.Grant, GrantState.Of(heir.Grant, isTeam: false));
        var what = new AuditObject("collaborator", grant.PrincipalId, heir.Of.Entry.Name);
        if (heir is { Former: { } former, Role: { } role })
        {
            grant.ChangeRole(role, command.Actor.UserId, command.Actor.Name, command.NowUtc);
            grant.With(former.Expires, former.Restriction);
            command.AuditIn(grant.OrganizationId, grant.ProjectId, AuditActions.CollaboratorRoleChanged, what, now, GrantState.Of(grant, isTeam: false));
        }
        else
        {
            command.Db.Grants.Remove(grant);
            command.AuditIn(grant.OrganizationId, grant.ProjectId, AuditActions.CollaboratorRemoved, what, now with { External = false });
        }
    }

    private sealed record FoundHeir(Appointment Of, Grant Grant, GrantState? Former, ProjectRole? Role, string? Stays);
}

/// <summary>Who became Admin in a project because an act left it without one.</summary>
/// <param name="ProjectId">The project.</param>
/// <param name="Entry">What the log says of it.</param>
internal sealed record Appointment(Guid ProjectId, GrantEntry Entry);

/// <summary>Who became Admin by an act.</summary>
/// <param name="Appointments">Each of them.</param>
/// <param name="Stay">Whether they stay: who is reinstated later comes back beside them.</param>
internal sealed record Heirs(IReadOnlyList<Appointment> Appointments, bool Stay = false)
{
    /// <summary>Names of the API keys that the act revoked: their secrets are dead for good.</summary>
    public IReadOnlyList<string> RevokedKeys { get; init; } = [];

    /// <summary>Nobody.</summary>
    public static Heirs None { get; } = new([]);
}
