using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Teams;
using ProjectConsole.Features.Teams;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Undo;

/// <summary>
/// Undoes what was done to a team: an ordinary command with the inverse arguments, decided for whoever undoes and today.
/// Its own entry in the audit log can be undone in turn.
/// </summary>
public sealed class TeamUndoService(IDbContextFactory<ConsoleDbContext> databases, AccessControl access, TeamsService teams)
{
    private static readonly string[] Actions = [AuditActions.TeamMembersAdded, AuditActions.TeamMemberRemoved, AuditActions.TeamChanged];

    /// <summary>Whether an act of that name has a way back.</summary>
    public static bool CanUndo(string action) => Actions.Contains(action);

    /// <summary>Undoes an entry. In a dry run says whose access that changes.</summary>
    public async Task<Result<AccessChange>> UndoAsync(Actor actor, Guid organizationId, long entryId, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (AccessRefusal.InOrganization(await access.InOrganizationAsync(db, actor, organizationId, ct), Permissions.TeamsManage) is { } refusal)
        {
            return refusal;
        }

        if (await FindAsync(db, organizationId, entryId, ct) is not { ObjectId: { } teamId } entry)
        {
            return new NotFound();
        }

        if (await db.Teams.AsNoTracking().FirstOrDefaultAsync(row => row.OrganizationId == organizationId && row.Id == teamId, ct) is not { } team)
        {
            return new MovedOn(entry.ObjectName, "is gone");
        }

        return entry.Action switch
        {
            AuditActions.TeamMembersAdded when Read<TeamPeopleState>(entry.After) is { Ids.Count: > 0 } added => await TakeOutAsync(db, actor, team, added, ct),
            AuditActions.TeamMemberRemoved when Read<TeamPeopleState>(entry.Before) is { Ids.Count: > 0 } removed => await BringBackAsync(db, actor, team, removed, ct),
            AuditActions.TeamChanged when (Read<TeamText>(entry.Before), Read<TeamText>(entry.After)) is ({ Name.Length: > 0 } before, { Name.Length: > 0 } after) =>
                await SetBackAsync(actor, team, before, after, ct),
            _ => new NotUndoable(),
        };
    }

    /// <summary>Whether an entry is an act of the actor's own here that has a way back.</summary>
    public async Task<Result<bool>> OffersAsync(Actor actor, Guid organizationId, long entryId, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (AccessRefusal.InOrganization(await access.InOrganizationAsync(db, actor, organizationId, ct), Permissions.TeamsManage) is { } refusal)
        {
            return refusal;
        }

        return await FindAsync(db, organizationId, entryId, ct) is { } entry && entry.ActorId == actor.UserId;
    }

    private static Task<AuditEntry?> FindAsync(ConsoleDbContext db, Guid organizationId, long entryId, CancellationToken ct) =>
        db.AuditEntries.AsNoTracking().FirstOrDefaultAsync(
            entry => entry.OrganizationId == organizationId && entry.ProjectId == null && entry.Id == entryId && entry.ObjectKind == "team"
                && entry.Result == AuditResult.Done && Actions.Contains(entry.Action), ct);

    private async Task<Result<AccessChange>> TakeOutAsync(ConsoleDbContext db, Actor actor, Team team, TeamPeopleState added, CancellationToken ct)
    {
        var present = await db.Principals.Where(principal => principal.Id == team.Id).Select(principal => principal.UserId).ToListAsync(ct);
        return First(added, id => !present.Contains(id)) is { } gone
            ? new MovedOn(gone, $"is not in {team.Name} any more")
            : Told(await teams.RemoveMemberAsync(actor, team.OrganizationId, new TeamMemberRemoval(team.Id, added.Ids), ct), team);
    }

    private async Task<Result<AccessChange>> BringBackAsync(ConsoleDbContext db, Actor actor, Team team, TeamPeopleState removed, CancellationToken ct)
    {
        var (organizationId, ids) = (team.OrganizationId, removed.Ids);
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

        var result = await teams.AddMembersAsync(actor, organizationId, new NewTeamMembers(team.Id, string.Join('\n', members.Values)) { AllOrNone = true }, ct);
        return result.Succeeded ? result.Value.Change : Told(result.Error, team);
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

    private static T? Read<T>(string? text)
        where T : class
    {
        try
        {
            return text is null ? null : JsonSerializer.Deserialize<T>(text, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            // What was cut to its size is no state that anything could be set back to.
            return null;
        }
    }

    private sealed record TeamText(string Name, string Description);
}
