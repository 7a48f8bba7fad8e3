using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Accounts;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Teams;
using ProjectConsole.Features.Organizations;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Teams;

/// <summary>Who comes into a team and who goes, inside an open command of the organization.</summary>
public sealed class TeamMembership(GrantAuthority authority, TeamGrowth growth)
{
    /// <summary>How many people one entry of the log keeps within its size.</summary>
    internal const int MostInAnEntry = 10;

    internal async Task<Result<IReadOnlyList<AddedLine>>> AddAsync(Command command, NewTeamMembers typed, CancellationToken ct)
    {
        var addresses = AddressList.Split(typed.Addresses);
        if (AddressList.Problem(addresses) is { } problem)
        {
            return new Invalid(nameof(typed.Addresses), problem);
        }

        if (await TeamsService.FindAsync(command, typed.TeamId, ct) is not { } team)
        {
            return new NoSuchTeam();
        }

        var people = await TeamPeople.FindAsync(command, team, addresses, ct);
        if (people.Newcomers.Count == 0 || (typed.AllOrNone && people.Lines.Exists(line => !line.IsAdded)))
        {
            return new Invalid([.. people.Lines.Where(line => !line.IsAdded).Select(line => new FieldError(nameof(typed.Addresses), line.Message))]);
        }

        var grants = await TeamsService.GrantsOf(command, team.Id).AsNoTracking().ToListAsync(ct);
        if (await authority.RefuseToGiveAsync(command, grants, ct) is { } exceeds)
        {
            return exceeds;
        }

        Guid[] ids = [.. people.Newcomers.Select(user => user.Id)];
        await command.AffectsAsync(ids, TeamsService.GrantsOf(command, team.Id), ct);
        command.Db.Principals.AddRange(ids.Select(id => Principal.OfTeam(team.Id, id, command.NowUtc)));
        command.Audit(AuditActions.TeamMembersAdded, TeamsService.ObjectOf(team), after: StateOf(people.Newcomers));
        await growth.TellAsync(command, team, people.Newcomers, ct);
        return people.Lines;
    }

    internal async Task<Result> RemoveAsync(Command command, TeamMemberRemoval removal, CancellationToken ct)
    {
        var (db, ids) = (command.Db, removal.UserIds.Distinct().ToList());
        if (await TeamsService.FindAsync(command, removal.TeamId, ct) is not { } team)
        {
            return new NoSuchTeam();
        }

        var found = await (from principal in db.Principals.Where(principal => principal.Id == team.Id && ids.Contains(principal.UserId))
                           join user in db.Users on principal.UserId equals user.Id
                           orderby user.NormalizedEmail
                           select new { Principal = principal, User = user }).ToListAsync(ct);
        if (found.Count == 0 || found.Count < ids.Count)
        {
            return new NotInTeam(team.Name);
        }

        // Everybody may give up what they have themselves.
        var isOwn = ids.TrueForAll(id => id == command.Actor.UserId);
        var grants = isOwn ? [] : await TeamsService.GrantsOf(command, team.Id).AsNoTracking().ToListAsync(ct);
        if (await authority.RefuseToTakeAsync(command, grants, ct) is { } exceeds)
        {
            return exceeds;
        }

        await command.AffectsAsync(ids, TeamsService.GrantsOf(command, team.Id), ct);
        return await AdminSuccession.WithHeirAsync(command, removal.Heir, ids, () =>
        {
            db.Principals.RemoveRange(found.Select(person => person.Principal));
            command.Audit(AuditActions.TeamMemberRemoved, TeamsService.ObjectOf(team), before: StateOf([.. found.Select(person => person.User)]));
            return Task.CompletedTask;
        }, ct);
    }

    /// <summary>What the log keeps of some people.</summary>
    internal static TeamPeopleState StateOf(IReadOnlyList<User> people) => new([.. people.Select(user => user.Email ?? "")], [.. people.Select(user => user.Id)]);
}
