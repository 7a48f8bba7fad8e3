using ProjectConsole.Domain.Accounts;
using ProjectConsole.Features.Collaborators;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Invitations;

/// <summary>What is done with the addresses and Team IDs typed.</summary>
public sealed partial class InviteDialog
{
    private string Done => string.Join(' ', new[] { DoneInviting, DoneAdding }.OfType<string>());

    private string? DoneAdding => _added.Count == 0 ? null
        : _added.Count == 1 ? $"{_added[0]} is a collaborator of {Name} now." : $"{_added.Count} teams are collaborators of {Name} now.";

    private string? DoneInviting => _invited.Count == 0 ? null : _invited.Count == 1 ? $"{_invited[0]} was invited to {Name}." : $"{_invited.Count} people were invited to {Name}.";

    // Invitations come first: where they are refused as a whole, no team has been added yet.
    private async Task<Result<IReadOnlyList<InvitedLine>>> SendAsync(Actor actor)
    {
        var ends = _ends is { } day ? LastDay.End(day) : (DateTime?)null;
        var teams = AddsTeams ? AddressList.Split(_addresses).Where(typed => !typed.Contains('@', StringComparison.Ordinal)).ToList() : [];
        var people = AddressList.Split(_addresses).Except(teams).ToList();
        var lines = new List<InvitedLine>();
        if (people.Count > 0 || teams.Count == 0)
        {
            var typed = new NewInvitations(
                string.Join('\n', people), string.IsNullOrEmpty(_organizationRole) ? null : _organizationRole, IsProject ? _projectRole : null, ends);
            var invited = await Invitations.InviteAsync(actor, Place, typed, Links.Site);
            if (!invited.Succeeded)
            {
                return invited.Error;
            }

            lines.AddRange(invited.Value);
        }

        if (teams.Count > 0 && Place.ProjectId is { } projectId)
        {
            var terms = new NewCollaborator("", _projectRole ?? "") { ExpiresUtc = ends };
            var added = await Collaborators.AddAllAsync(actor, new ProjectScope(Place.OrganizationId, projectId), string.Join('\n', teams), terms);
            lines.AddRange(added.Succeeded
                ? added.Value.Select(line => new InvitedLine(line.Name, line.Refusal, IsTeam: true))
                : teams.Select(team => new InvitedLine(team, added.Error, IsTeam: true)));
        }

        return lines;
    }
}
