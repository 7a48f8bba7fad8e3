using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Access;
using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Access;
using ProjectConsole.Features.Explanations;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Teams;

/// <summary>One team: who is in it, and where it has a role.</summary>
public sealed partial class TeamSection
{
    private (AccessVersions Versions, PageRequest Page)? _shown;
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

    [SupplyParameterFromQuery(Name = "page")]
    private string? NumberText { get; set; }

    [SupplyParameterFromQuery(Name = "size")]
    private string? SizeText { get; set; }

    [Inject]
    public required TeamDialogs Teams { get; init; }

    [Inject]
    public required PageReads Reads { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required ExplanationDialogs Explanations { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    /// <summary>What is shown, carried over from prerendering.</summary>
    [PersistentState]
    public LoadedTeam? Loaded { get; set; }

    private TeamDetails? Team => Loaded?.Team;

    private IReadOnlyList<NavigationItem> Crumbs => [new NavigationItem("Teams", ConsoleUrls.Teams(Access.Organization.Slug))];

    private PageRequest Page => new(QueryText.WholeNumber(NumberText), QueryText.WholeNumber(SizeText));

    private bool MayManage => Access.May(Permissions.TeamsManage);

    protected override async Task OnParametersSetAsync()
    {
        var asked = (Access.Versions, Page);
        if (_shown == asked)
        {
            return;
        }

        var isCarriedOver = _shown is null && Loaded?.Versions == Access.Versions && Loaded.Team.Slug == Slug;
        _shown = asked;
        _actorId = (await CurrentActor.GetAsync()).UserId;
        if (!isCarriedOver)
        {
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        var (versions, page) = (Access.Versions, Page);
        var actor = await CurrentActor.GetAsync();
        var result = await Reads.TryAsync(() => Directory.GetAsync(actor, Access.Id, Slug, page));
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

    private async Task AddAsync() => await ReloadIfAsync(await Teams.AddAsync(Access, Team!));

    private async Task ChangeAsync() => await ReloadIfAsync(await Teams.ChangeAsync(Access, Team!));

    private async Task RemoveAsync(TeamPerson person) => await ReloadIfAsync(await Teams.RemoveAsync(Access, Team!, person));

    private async Task DeleteAsync()
    {
        if (await Teams.DeleteAsync(Access, Team!))
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

    private string PageHref(int number, int size) => ConsoleUrls.WithQuery(
        ConsoleUrls.Team(Access.Organization.Slug, Slug), ("page", number == 1 ? null : number), ("size", size == PageRequest.Sizes[0] ? null : size));
}
