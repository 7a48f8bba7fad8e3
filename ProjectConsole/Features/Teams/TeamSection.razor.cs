using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Access;
using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Access;
using ProjectConsole.Features.Explanations;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Teams;

/// <summary>One team: who is in it, and where it has a role.</summary>
public sealed partial class TeamSection
{
    private OrganizationAccess? _shown;
    private Guid _actorId;
    private Error? _error;
    private RowMenu? _menu;

    /// <summary>The team's slug, from the address.</summary>
    [Parameter, EditorRequired]
    public required string Slug { get; set; }

    [CascadingParameter]
    public required OrganizationAccess Access { get; set; }

    [Inject]
    public required TeamDirectory Directory { get; init; }

    [Inject]
    public required TeamsService Teams { get; init; }

    [Inject]
    public required PageReads Reads { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required ExplanationDialogs Explanations { get; init; }

    [Inject]
    public required DialogService Dialogs { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    /// <summary>What is shown, carried over from prerendering.</summary>
    [PersistentState]
    public LoadedTeam? Loaded { get; set; }

    private TeamDetails? Team => Loaded?.Team;

    private IReadOnlyList<NavigationItem> Crumbs => [new NavigationItem("Teams", ConsoleUrls.Teams(Access.Organization.Slug))];

    private bool MayManage => Access.May(Permissions.TeamsManage);

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == Access)
        {
            return;
        }

        var isCarriedOver = _shown is null && Loaded?.Versions == Access.Versions && Loaded.Team.Slug == Slug;
        _shown = Access;
        _actorId = (await CurrentActor.GetAsync()).UserId;
        if (!isCarriedOver)
        {
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        var versions = Access.Versions;
        var actor = await CurrentActor.GetAsync();
        var result = await Reads.TryAsync(() => Directory.GetAsync(actor, Access.Id, Slug));
        if (result.Error is NotFound)
        {
            Leave();
            return;
        }

        (Loaded, _error) = (result.Succeeded ? new LoadedTeam(versions, result.Value) : null, result.Error);
    }

    // Somebody deleted it while the page was open, or it was never there.
    private void Leave()
    {
        if (Loaded is null)
        {
            Navigation.NotFound();
        }
        else
        {
            Navigation.NavigateTo(ConsoleUrls.Teams(Access.Organization.Slug));
        }
    }

    private string Href(TeamPlace place) => place.IsWorkspace
        ? ConsoleUrls.Workspace(Access.Organization.Slug, place.Slug)
        : ConsoleUrls.Collaborators(Access.Organization.Slug, place.Slug);

    private void OpenMenu(TeamPerson person) => _menu!.Open(person.Email, [
        new MenuItem("Why?", "help") { OnClick = () => Explanations.OpenAsync(Access, person.UserId, person.Email) },
        .. MayManage ? new[] { new MenuItem("Take out of the team", "person_remove") { IsDanger = true, StartsGroup = true, OnClick = () => RemoveAsync(person) } } : []]);

    private async Task AddAsync()
    {
        var parameters = new Dictionary<string, object?> { [nameof(AddTeamMembersDialog.Access)] = Access, [nameof(AddTeamMembersDialog.Team)] = Team };
        await ReloadIfAsync(await Dialogs.OpenAsync<AddTeamMembersDialog>($"Add people to {Team!.Name}", parameters, DialogLook.Form()) is true);
    }

    private async Task ChangeAsync()
    {
        var parameters = new Dictionary<string, object?> { [nameof(TeamDialog.Access)] = Access, [nameof(TeamDialog.Team)] = Team };
        await ReloadIfAsync(await Dialogs.OpenAsync<TeamDialog>($"Edit {Team!.Name}", parameters, DialogLook.Form()) is string);
    }

    private async Task RemoveAsync(TeamPerson person)
    {
        var team = Team!;
        await ReloadIfAsync(await AccessChangeDialog.AskAsync(
            Dialogs, $"Take {person.Email} out of {team.Name}?", "Ends what they have only through the team, at once.", "Take out", "Afterwards",
            (actor, heir) => Teams.RemoveMemberAsync(actor, Access.Id, new TeamMemberRemoval(team.Id, person.UserId, heir)),
            AdminSuccession.MayAppoint(Access.Access)));
    }

    private async Task DeleteAsync()
    {
        var team = Team!;
        if (await AccessChangeDialog.AskAsync(
            Dialogs, $"Delete the team {team.Name}?", "Ends every role that the team was given, at once. The people stay members of the organization, and resources stay in their projects.",
            "Delete team", "Afterwards", (actor, heir) => Teams.DeleteAsync(actor, Access.Id, new TeamDeletion(team.Id, heir)),
            AdminSuccession.MayAppoint(Access.Access)))
        {
            Navigation.NavigateTo(ConsoleUrls.Teams(Access.Organization.Slug));
        }
    }

    private async Task ReloadIfAsync(bool changed)
    {
        if (changed)
        {
            await LoadAsync();
            StateHasChanged();
        }
    }
}
