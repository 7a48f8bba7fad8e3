using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Accounts;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Features.Teams;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Undo;

/// <summary>Undoes who came into a team and who went out of it.</summary>
public sealed class TeamUndoService(IDbContextFactory<ConsoleDbContext> databases, AccessControl access, TeamsService teams)
{
    internal static readonly string[] Actions = [AuditActions.TeamMembersAdded, AuditActions.TeamMemberRemoved];

    /// <summary>Undoes an entry. In a dry run says whose access that changes.</summary>
    public async Task<Result<AccessChange>> UndoAsync(Actor actor, Guid organizationId, long entryId, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (AccessRefusal.InOrganization(await access.InOrganizationAsync(db, actor.UserId, organizationId, ct), Permissions.TeamsManage) is { } refusal)
        {
            return refusal;
        }

        var entry = await db.AuditEntries.AsNoTracking().FirstOrDefaultAsync(
            row => row.OrganizationId == organizationId && row.Id == entryId && row.Result == AuditResult.Done && Actions.Contains(row.Action), ct);
        if (entry is null)
        {
            return new NotFound();
        }

        var people = People(entry);
        if (people.Count == 0 || entry.ObjectId is not { } teamId)
        {
            return new NotUndoable();
        }

        if (!await db.Teams.AnyAsync(team => team.OrganizationId == organizationId && team.Id == teamId, ct))
        {
            return new MovedOn(entry.ObjectName, "was deleted");
        }

        return entry.Action == AuditActions.TeamMemberRemoved
            ? await BringBackAsync(db, actor, organizationId, teamId, people[0], ct)
            : await TakeOutAsync(db, actor, organizationId, teamId, people, ct);
    }

    private async Task<Result<AccessChange>> BringBackAsync(ConsoleDbContext db, Actor actor, Guid organizationId, Guid teamId, string email, CancellationToken ct)
    {
        if ((await InTeamAsync(db, teamId, [email], ct)).Count > 0)
        {
            return new MovedOn(email, "is in the team again");
        }

        var added = await teams.AddMembersAsync(actor, organizationId, new NewTeamMembers(teamId, email), ct);
        return !added.Succeeded ? added.Error
            : added.Value.Lines.All(line => line.IsAdded) ? added.Value.Change
            : new MovedOn(email, "cannot be added to the team now");
    }

    private async Task<Result<AccessChange>> TakeOutAsync(
        ConsoleDbContext db, Actor actor, Guid organizationId, Guid teamId, IReadOnlyList<string> emails, CancellationToken ct)
    {
        var still = await InTeamAsync(db, teamId, emails, ct);
        // One person is one command; several that came together would need one that takes several out.
        return emails.Count > 1 ? new NotUndoable()
            : still.Count == 0 ? new MovedOn(emails[0], "is not in the team any more")
            : await teams.RemoveMemberAsync(actor, organizationId, new TeamMemberRemoval(teamId, still[0]), ct);
    }

    private static async Task<List<Guid>> InTeamAsync(ConsoleDbContext db, Guid teamId, IReadOnlyList<string> emails, CancellationToken ct)
    {
        var normalized = emails.Select(EmailAddress.Normalize).ToList();
        return await (from user in db.Users.Where(user => normalized.Contains(user.NormalizedEmail!))
                      join principal in db.Principals.Where(principal => principal.Id == teamId) on user.Id equals principal.UserId
                      select user.Id).ToListAsync(ct);
    }

    private static IReadOnlyList<string> People(AuditEntry entry)
    {
        try
        {
            using var state = JsonDocument.Parse((entry.Action == AuditActions.TeamMemberRemoved ? entry.Before : entry.After) ?? "{}");
            return state.RootElement.TryGetProperty("person", out var one) ? [one.GetString() ?? ""]
                : state.RootElement.TryGetProperty("people", out var several) ? [.. several.EnumerateArray().Select(each => each.GetString() ?? "")]
                : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
