using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Accounts;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Teams;
using ProjectConsole.Features.Organizations;
using ProjectConsole.Security;

namespace ProjectConsole.Features.Teams;

/// <summary>Whom a list of addresses adds to a team, with a line for each address.</summary>
/// <param name="Lines">One line for each address.</param>
/// <param name="Newcomers">The accounts to add.</param>
internal sealed record TeamPeople(List<AddedLine> Lines, IReadOnlyList<User> Newcomers)
{
    /// <summary>Looks the addresses up among the members of the command's organization; nobody else is told apart from nobody.</summary>
    public static async Task<TeamPeople> FindAsync(Command command, Team team, IReadOnlyList<string> addresses, CancellationToken ct)
    {
        var (db, organizationId, normalized) = (command.Db, command.Organization.Id, addresses.Select(EmailAddress.Normalize).ToList());
        var known = await (from user in db.Users.Where(user => normalized.Contains(user.NormalizedEmail!) && user.EmailConfirmed)
                           join member in db.Members on user.Id equals member.UserId
                           where member.OrganizationId == organizationId
                           select new { User = user, IsIn = db.Principals.Any(principal => principal.Id == team.Id && principal.UserId == user.Id) })
            .ToDictionaryAsync(row => row.User.NormalizedEmail!, ct);
        var (lines, newcomers) = (new List<AddedLine>(addresses.Count), new List<User>());
        foreach (var address in addresses)
        {
            if (EmailAddress.Problem(address) is { } problem)
            {
                lines.Add(new AddedLine(address, IsAdded: false, $"{address}: {problem}"));
            }
            else if (!known.TryGetValue(EmailAddress.Normalize(address), out var found))
            {
                lines.Add(new AddedLine(address, IsAdded: false, $"{address}: {new NoAccountHere().Message}"));
            }
            else if (found.IsIn)
            {
                lines.Add(new AddedLine(address, IsAdded: false, new AlreadyInTeam(address, team.Name).Message));
            }
            else
            {
                newcomers.Add(found.User);
                lines.Add(new AddedLine(address, IsAdded: true, command.Actor.DryRun ? $"{address} comes into {team.Name}." : $"{address} was added to {team.Name}."));
            }
        }

        return new TeamPeople(lines, newcomers);
    }
}
