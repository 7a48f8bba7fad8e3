using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Teams;
using ProjectConsole.Features.Teams;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Undo;

/// <summary>
/// Brings a deleted team back with its people and all that it was given: as a whole or not at all, and only by somebody who could
/// give all of it today.
/// </summary>
public sealed class TeamRevival(HeirUndo inverse, GrantAuthority authority)
{
    // The entries of one command are written together; those of others may come in between.
    private const int Near = 20_000;

    internal async Task<Result<AccessChange>> ReviveAsync(ConsoleDbContext db, Actor actor, AuditEntry entry, CancellationToken ct)
    {
        if (AuditedState.Read<TeamEndState>(entry.Before) is not { Slug.Length: > 0 } end || entry is not { OrganizationId: { } organizationId, ObjectId: { } teamId })
        {
            return new NotUndoable();
        }

        var former = await ReadAsync(db, entry, ct);
        if (former.People.Count != end.People || former.Grants.Count + former.Raises != end.Grants)
        {
            return new NotUndoable();
        }

        var team = Team.Restored(teamId, organizationId, end.Slug, entry.ObjectName, end.Description, default);
        var target = CommandTarget.InOrganization(organizationId, Permissions.TeamsManage, AuditActions.TeamRestored, CommandLock.Access);
        var result = await inverse.RunAsync(actor, target, await HeirUndo.OfAsync(db, entry, heirsStay: false, ct), command => ReviveAsync(command, team, former, ct), ct);
        return result.Succeeded && former.Raises > 0
            ? result.Value with { Notes = [.. result.Value.Notes, "A temporary role that the team had is not given again."] }
            : result;
    }

    private async Task<Result> ReviveAsync(Command command, Team former, FormerTeam parts, CancellationToken ct)
    {
        var (db, organizationId) = (command.Db, former.OrganizationId);
        if (await TeamsService.RefuseNewAsync(command, new NewTeam(former.Name, former.Slug, former.Description), ct) is { } taken)
        {
            return new MovedOn(former.Name, $"cannot come back. {taken.Fields[0].Message}");
        }

        Guid[] ids = [.. parts.People.Keys];
        var members = await db.Members.Where(member => member.OrganizationId == organizationId && ids.Contains(member.UserId)).Select(member => member.UserId).ToListAsync(ct);
        if (ids.Except(members).Select(id => parts.People[id]).Order(StringComparer.Ordinal).FirstOrDefault() is { } gone)
        {
            return new MovedOn(gone, "is no member of the organization any more");
        }

        var (grants, refusal) = await GrantsAsync(command, former, parts, ct);
        refusal ??= await authority.RefuseToGiveAsync(command, [.. grants.Select(each => each.Grant)], ct);
        if (refusal is not null)
        {
            return refusal;
        }

        var (projects, workspaces) = (grants.ConvertAll(each => each.Grant.ProjectId), grants.ConvertAll(each => each.Grant.WorkspaceId));
        await command.AffectsAsync(
            ids, db.Projects.Where(project => project.OrganizationId == organizationId && (projects.Contains(project.Id) || workspaces.Contains(project.WorkspaceId))), ct);
        Write(command, Team.Restored(former.Id, organizationId, former.Slug, former.Name, former.Description, command.NowUtc), parts, grants);
        return Result.Ok;
    }

    // What is over by now would have ended with the team there, too.
    private static async Task<(List<FormerGrant> Grants, Error? Refusal)> GrantsAsync(Command command, Team team, FormerTeam parts, CancellationToken ct)
    {
        var (db, grants) = (command.Db, new List<FormerGrant>());
        foreach (var (projectId, state, workspace) in parts.Grants.Where(grant => !(grant.State.Expires <= command.NowUtc)))
        {
            var scope = projectId is { } id ? new ProjectScope(team.OrganizationId, id) : (ProjectScope?)null;
            var isThere = scope is not null
                ? await db.Projects.AnyAsync(project => project.OrganizationId == team.OrganizationId && project.Id == projectId, ct)
                : await db.Workspaces.AnyAsync(row => row.OrganizationId == team.OrganizationId && row.Id == workspace!.WorkspaceId, ct);
            var role = scope is { } project ? await RoleCatalogue.FindProjectRoleAsync(db, project, state.Role, ct) : await RoleCatalogue.FindProjectRoleAsync(db, team.OrganizationId, state.Role, ct);
            var lacksRestriction = state.Restriction is { } restriction && !await db.Restrictions.AnyAsync(row => row.OrganizationId == team.OrganizationId && row.Id == restriction, ct);
            if (!isThere || role is null || lacksRestriction)
            {
                return (grants, new MovedOn(team.Name, !isThere ? "had a role in a place that is gone" : role is null ? "had a role that was deleted" : "had a restriction that was deleted"));
            }

            if (scope is { } full && await CollaboratorRoom.RefuseAsync(command, full, ct) is { } noRoom)
            {
                return (grants, noRoom);
            }

            var (by, name, now) = (command.Actor.UserId, command.Actor.Name, command.NowUtc);
            var grant = scope is { ProjectId: var place }
                ? Grant.OnProject(team.OrganizationId, place, team.Id, role, by, name, now)
                : Grant.OnWorkspace(team.OrganizationId, workspace!.WorkspaceId, team.Id, role, by, name, now);
            grants.Add(new FormerGrant(grant.With(state.Expires, state.Restriction), workspace?.Workspace));
        }

        return (grants, null);
    }

    private static void Write(Command command, Team team, FormerTeam parts, List<FormerGrant> grants)
    {
        command.Db.Teams.Add(team);
        command.Db.Principals.AddRange(parts.People.Keys.Select(id => Principal.OfTeam(team.Id, id, command.NowUtc)));
        command.Db.Grants.AddRange(grants.Select(each => each.Grant));
        var what = TeamsService.ObjectOf(team);
        command.Audit(AuditActions.TeamRestored, what, after: new TeamEndState(team.Slug, team.Description, parts.People.Count, grants.Count));
        foreach (var some in parts.People.Chunk(TeamMembership.MostInAnEntry))
        {
            command.Audit(AuditActions.TeamMembersAdded, what, after: new TeamPeopleState([.. some.Select(person => person.Value)], [.. some.Select(person => person.Key)]));
        }

        foreach (var (grant, workspace) in grants)
        {
            command.AuditIn(
                team.OrganizationId, grant.ProjectId, workspace is null ? AuditActions.CollaboratorAdded : AuditActions.WorkspaceGrantAdded,
                workspace is null ? new AuditObject("collaborator", team.Id, team.Name) : what,
                after: workspace is null ? GrantState.Of(grant, isTeam: true) : WorkspaceGrantState.Of(grant, workspace));
        }
    }

    // All that the deletion wrote before its own entry.
    private static async Task<FormerTeam> ReadAsync(ConsoleDbContext db, AuditEntry end, CancellationToken ct)
    {
        var (organizationId, teamId, when, actorId, last, first) = (end.OrganizationId, end.ObjectId, end.WhenUtc, end.ActorId, end.Id, end.Id - Near);
        var entries = await db.AuditEntries.AsNoTracking()
            .Where(entry => entry.OrganizationId == organizationId && entry.Id < last && entry.Id > first && entry.ObjectId == teamId && entry.WhenUtc == when
                && entry.ActorId == actorId && entry.Result == AuditResult.Done)
            .OrderBy(entry => entry.Id).ToListAsync(ct);
        var people = new Dictionary<Guid, string>();
        foreach (var (id, name) in entries.Where(entry => entry.Action == AuditActions.TeamMemberRemoved)
            .Select(entry => AuditedState.Read<TeamPeopleState>(entry.Before)).OfType<TeamPeopleState>().SelectMany(state => state.Ids.Zip(state.People)))
        {
            people[id] = name;
        }

        var inProjects = entries.Where(entry => entry.Action == AuditActions.CollaboratorRemoved && entry.ProjectId is not null)
            .Select(entry => (entry.ProjectId, State: AuditedState.Read<GrantState>(entry.Before)!, Workspace: (WorkspaceGrantState?)null)).Where(grant => grant.State is not null);
        var onWorkspaces = entries.Where(entry => entry.Action == AuditActions.WorkspaceGrantRemoved).Select(entry => AuditedState.Read<WorkspaceGrantState>(entry.Before))
            .OfType<WorkspaceGrantState>()
            .Select(state => (ProjectId: (Guid?)null, State: new GrantState(state.Role, state.ExpiresUtc, state.RestrictionId, IsTeam: true, IsUpgrade: false), Workspace: (WorkspaceGrantState?)state));
        return new FormerTeam(people, [.. inProjects, .. onWorkspaces], entries.Count(entry => entry.Action == AuditActions.CollaboratorRaiseEnded));
    }

    private sealed record FormerTeam(Dictionary<Guid, string> People, IReadOnlyList<(Guid? ProjectId, GrantState State, WorkspaceGrantState? Workspace)> Grants, int Raises);

    private sealed record FormerGrant(Grant Grant, string? Workspace);
}
