using ProjectConsole.Components.Access;
using ProjectConsole.Components.Controls;
using ProjectConsole.Features.Undo;
using ProjectConsole.Security;
using Radzen;

namespace ProjectConsole.Features.Teams;

/// <summary>Opens the dialogs of the acts on a team and tells what was done. Each answers whether something was.</summary>
public sealed class TeamDialogs(DialogService dialogs, TeamsService teams, UndoDialogs undo)
{
    /// <summary>Adds people.</summary>
    public async Task<bool> AddAsync(OrganizationAccess access, TeamDetails team) => await ToldAsync(access, await dialogs.OpenAsync<AddTeamMembersDialog>(
        $"Add people to {team.Name}",
        new() { [nameof(AddTeamMembersDialog.Access)] = access, [nameof(AddTeamMembersDialog.Team)] = team },
        DialogLook.Form()) as DoneAct);

    /// <summary>Changes name and description.</summary>
    public async Task<bool> ChangeAsync(OrganizationAccess access, TeamDetails team) => await dialogs.OpenAsync<TeamDialog>(
        $"Edit {team.Name}", new() { [nameof(TeamDialog.Access)] = access, [nameof(TeamDialog.Team)] = team }, DialogLook.Form()) is string;

    /// <summary>Takes a person out.</summary>
    public async Task<bool> RemoveAsync(OrganizationAccess access, TeamDetails team, TeamPerson person)
    {
        var done = await AccessChangeDialog.AskAsync(
            dialogs, $"Take {person.Email} out of {team.Name}?", "Ends what they have only through the team, at once.", "Take out", "Afterwards",
            (actor, heir) => teams.RemoveMemberAsync(actor, access.Id, new TeamMemberRemoval(team.Id, person.UserId, heir)),
            AdminSuccession.MayAppoint(access.Access));
        return await ToldAsync(access, done is null ? null : new DoneAct($"{person.Email} is not in {team.Name} any more.", done.EntryId));
    }

    /// <summary>Deletes the team.</summary>
    public async Task<bool> DeleteAsync(OrganizationAccess access, TeamDetails team)
    {
        var done = await AccessChangeDialog.AskAsync(
            dialogs, $"Delete the team {team.Name}?",
            "Ends every role that the team was given, at once. The people stay members of the organization, and resources stay in their projects.",
            "Delete team", "Afterwards", (actor, heir) => teams.DeleteAsync(actor, access.Id, new TeamDeletion(team.Id, heir)),
            AdminSuccession.MayAppoint(access.Access));
        return await ToldAsync(access, done is null ? null : new DoneAct($"The team {team.Name} was deleted.", done.EntryId));
    }

    private async Task<bool> ToldAsync(OrganizationAccess access, DoneAct? done)
    {
        if (done is not null)
        {
            await undo.TellAsync(access, done);
        }

        return done is not null;
    }
}
