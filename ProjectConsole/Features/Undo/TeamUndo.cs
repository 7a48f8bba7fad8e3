using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Teams;
using ProjectConsole.Features.Teams;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Undo;

/// <summary>The way back of what was done to a team and its people.</summary>
public sealed class TeamUndo(HeirUndo inverse, TeamsService teams, TeamMembership membership, TeamRevival revival)
{
    internal static readonly string[] Actions = [AuditActions.TeamMembersAdded, AuditActions.TeamMemberRemoved, AuditActions.TeamChanged, AuditActions.TeamDeleted];

    internal async Task<Result<AccessChange>> InvertAsync(ConsoleDbContext db, Actor actor, AuditEntry entry, CancellationToken ct)
    {
        var (organizationId, teamId) = (entry.OrganizationId, entry.ObjectId);
        var team = await db.Teams.AsNoTracking().FirstOrDefaultAsync(row => row.OrganizationId == organizationId && row.Id == teamId, ct);
        if (entry.Action == AuditActions.TeamDeleted)
        {
            return team is null ? await revival.ReviveAsync(db, actor, entry, ct) : new MovedOn(team.Name, "is there again");
        }

        if (team is null)
        {
            return new MovedOn(entry.ObjectName, "is gone");
        }

        return entry.Action switch
        {
            AuditActions.TeamMembersAdded when AuditedState.Read<TeamPeopleState>(entry.After) is { Ids.Count: > 0 } added =>
                await RunAsync(actor, team, Heirs.None, AuditActions.TeamMemberRemoved, command => TakeOutAsync(command, team, entry.WhenUtc, added, ct), ct),
            AuditActions.TeamMemberRemoved when AuditedState.Read<TeamPeopleState>(entry.Before) is { Ids.Count: > 0 } removed =>
                await RunAsync(
                    actor, team, await HeirUndo.OfAsync(db, entry, heirsStay: false, ct), AuditActions.TeamMembersAdded, command => BringBackAsync(command, team, removed, ct), ct),
            AuditActions.TeamChanged when (AuditedState.Read<TeamText>(entry.Before), AuditedState.Read<TeamText>(entry.After)) is ({ Name.Length: > 0 } before, { Name.Length: > 0 } after) =>
                await SetBackAsync(actor, team, before, after, ct),
            _ => new NotUndoable(),
        };
    }

    private async Task<Result<AccessChange>> RunAsync(Actor actor, Team team, Heirs heirs, string action, Func<Command, Task<Result>> change, CancellationToken ct) => Told(
        await inverse.RunAsync(actor, CommandTarget.InOrganization(team.OrganizationId, Permissions.TeamsManage, action, CommandLock.Access), heirs, change, ct), team);

    // Whoever was taken out and came again since is in by another act than this one.
    private async Task<Result> TakeOutAsync(Command command, Team team, DateTime whenUtc, TeamPeopleState added, CancellationToken ct)
    {
        var present = await command.Db.Principals.Where(principal => principal.Id == team.Id && added.Ids.Contains(principal.UserId))
            .ToDictionaryAsync(principal => principal.UserId, principal => principal.SinceUtc, ct);
        return First(added, id => !present.ContainsKey(id)) is { } gone ? new MovedOn(gone, $"is not in {team.Name} any more")
            : First(added, id => present[id] is { } since && !GrantEntry.IsSame(since, whenUtc)) is { } again ? new MovedOn(again, $"was added to {team.Name} again since")
            : await membership.RemoveAsync(command, new TeamMemberRemoval(team.Id, added.Ids), ct);
    }

    private async Task<Result> BringBackAsync(Command command, Team team, TeamPeopleState removed, CancellationToken ct)
    {
        var (db, organizationId, ids) = (command.Db, team.OrganizationId, removed.Ids);
        // Today's addresses: the one of that time can be somebody else's.
        var members = await (from member in db.Members.Where(member => member.OrganizationId == organizationId && ids.Contains(member.UserId))
                             join user in db.Users on member.UserId equals user.Id
                             select new { user.Id, Email = user.Email ?? "" }).ToDictionaryAsync(row => row.Id, row => row.Email, ct);
        if (First(removed, id => !members.ContainsKey(id)) is { } gone)
        {
            return new MovedOn(gone, "is no member of the organization any more");
        }

        var present = await db.Principals.Where(principal => principal.Id == team.Id && ids.Contains(principal.UserId)).Select(principal => principal.UserId).ToListAsync(ct);
        if (First(removed, present.Contains) is { } back)
        {
            return new MovedOn(back, $"is in {team.Name} again");
        }

        var result = await membership.AddAsync(command, new NewTeamMembers(team.Id, string.Join('\n', members.Values)) { AllOrNone = true }, ct);
        return result.Succeeded ? Result.Ok : result.Error;
    }

    private async Task<Result<AccessChange>> SetBackAsync(Actor actor, Team team, TeamText before, TeamText after, CancellationToken ct)
    {
        if (team.Name != after.Name || team.Description != after.Description)
        {
            return new MovedOn(team.Name, "was changed since");
        }

        var result = await teams.ChangeAsync(actor, team.OrganizationId, new TeamTexts(team.Id, before.Name, before.Description, team.Version), ct);
        return result.Succeeded ? AccessChange.Done
            : result.Error is Invalid taken && taken.For(nameof(NewTeam.Name)) is { } problem ? new MovedOn(before.Name, $"cannot be its name again. {problem}")
            : Told(result.Error, team);
    }

    // Somebody was faster between the look and the command.
    private static Result<AccessChange> Told(Result<AccessChange> result, Team team) =>
        result.Error is Stale or NotInTeam or NoSuchTeam or Invalid ? new MovedOn(team.Name, "was changed since") : result;

    private static string? First(TeamPeopleState state, Func<Guid, bool> which) =>
        state.Ids.Zip(state.People).Where(person => which(person.First)).Select(person => person.Second).FirstOrDefault();

    private sealed record TeamText(string Name, string Description);
}
