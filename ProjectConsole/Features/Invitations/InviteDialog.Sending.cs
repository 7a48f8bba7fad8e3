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
        var teams = Teams;
        var people = AddressList.Split(_addresses).Except(teams).ToList();
        var lines = new List<InvitedLine>();
        if (people.Count > 0 || teams.Count == 0)
        {
            var invited = await Invitations.InviteAsync(actor, Place, Offer with { Addresses = string.Join('\n', people) }, Links.Site);
            if (!invited.Succeeded)
            {
                return invited.Error;
            }

            lines.AddRange(invited.Value);
        }

        if (teams.Count > 0 && Place.ProjectId is { } projectId)
        {
            var added = await AddTeamsAsync(actor, projectId, teams);
            lines.AddRange(added.Succeeded
                ? added.Value.Select(line => new InvitedLine(line.Name, line.Refusal, IsTeam: true))
                : teams.Select(team => new InvitedLine(team, added.Error, IsTeam: true)));
        }

        return lines;
    }

    private IReadOnlyList<string> Teams => AddsTeams ? [.. AddressList.Split(_addresses).Where(typed => !typed.Contains('@', StringComparison.Ordinal))] : [];

    private DateTime? Ends => _ends is { } day ? LastDay.End(day) : null;

    private NewInvitations Offer => new("", string.IsNullOrEmpty(_organizationRole) ? null : _organizationRole, IsProject ? _projectRole : null, Ends);

    private Task<Result<IReadOnlyList<ActLine>>> AddTeamsAsync(Actor actor, Guid projectId, IReadOnlyList<string> teams) => Collaborators.AddAllAsync(
        actor, new ProjectScope(Place.OrganizationId, projectId), string.Join('\n', teams), new NewCollaborator("", _projectRole ?? "") { ExpiresUtc = Ends });

    // What the offer gives is told without the addresses; teams come in at once, so for them it is the dry run of adding them.
    private async Task PreviewAsync()
    {
        var mine = ++_previews;
        var (actor, teams) = (await CurrentActor.GetAsync(), Teams);
        var people = string.Join('\n', AddressList.Split(_addresses).Except(teams));
        var offered = await Invitations.PreviewAsync(actor, Place, Offer with { Addresses = people }, Links.Site);
        var added = teams.Count > 0 && Place.ProjectId is { } projectId ? await AddTeamsAsync(actor with { DryRun = true }, projectId, teams) : null;
        if (mine != _previews || _closed)
        {
            return;
        }

        _preview = offered.Succeeded ? offered.Value : null;
        _error = offered.Error ?? (_error is Invalid ? _error : null);
        _teams = added is { Succeeded: true } ? new AccessChange([.. added.Value.SelectMany(line => line.Change?.People ?? []).DistinctBy(person => person.UserId)]) : null;
    }
}
