using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Access;
using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Access;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Teams;

/// <summary>The teams of the organization.</summary>
public sealed partial class TeamsSection
{
    private TeamQuery _query = new(null, TeamSort.Name, false, default);
    private (TeamQuery Query, AccessVersions Versions)? _shown;
    private Error? _error;

    [CascadingParameter]
    public required OrganizationAccess Access { get; set; }

    [Inject]
    public required TeamDirectory Directory { get; init; }

    [Inject]
    public required PageReads Reads { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required DialogService Dialogs { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required SearchNavigation Searches { get; init; }

    [SupplyParameterFromQuery(Name = "search")]
    private string? Search { get; set; }

    [SupplyParameterFromQuery(Name = "sort")]
    private string? Sort { get; set; }

    [SupplyParameterFromQuery(Name = "reversed")]
    private string? ReversedText { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    private string? NumberText { get; set; }

    [SupplyParameterFromQuery(Name = "size")]
    private string? SizeText { get; set; }

    /// <summary>The page of teams shown, carried over from prerendering.</summary>
    [PersistentState]
    public LoadedTeams? Loaded { get; set; }

    private TeamList? List => Loaded?.List;

    private int? Size => QueryText.WholeNumber(SizeText);

    private bool MayManage => Access.May(Permissions.TeamsManage);

    private string? CountText => List is null ? null : $"{Numbers.Whole(List.Teams)} in {Access.Organization.Name}";

    protected override async Task OnParametersSetAsync()
    {
        var sort = QueryText.Named<TeamSort>(Sort) ?? TeamSort.Name;
        _query = new TeamQuery(Search, sort, QueryText.Flag(ReversedText), new PageRequest(QueryText.WholeNumber(NumberText), Size));
        var asked = (_query, Access.Versions);
        if (_shown == asked)
        {
            return;
        }

        var isCarriedOver = _shown is null && Loaded?.Versions == Access.Versions;
        _shown = asked;
        if (!isCarriedOver)
        {
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        var (asked, versions) = (_shown, Access.Versions);
        var actor = await CurrentActor.GetAsync();
        var result = await Reads.TryAsync(() => Directory.ListAsync(actor, Access.Id, _query));
        if (_shown == asked)
        {
            (Loaded, _error) = (result.Succeeded ? new LoadedTeams(versions, result.Value) : null, result.Error);
        }
    }

    private async Task CreateAsync()
    {
        var parameters = new Dictionary<string, object?> { [nameof(TeamDialog.Access)] = Access };
        if (await Dialogs.OpenAsync<TeamDialog>("Create team", parameters, DialogLook.Form()) is string slug)
        {
            Navigation.NavigateTo(ConsoleUrls.Team(Access.Organization.Slug, slug));
        }
    }

    private void SearchAsync(string text) => Searches.Go(Url(_query with { Search = text }));

    private string SortUrl(TeamSort sort) => Url(_query with { Sort = sort, Descending = _query.Sort == sort && !_query.Descending });

    private SortDirection DirectionOf(TeamSort sort) =>
        _query.Sort != sort ? SortDirection.None : _query.Descending ? SortDirection.Descending : SortDirection.Ascending;

    private string Url(TeamQuery query, int page = 1, int? size = null) => ConsoleUrls.WithQuery(
        ConsoleUrls.Teams(Access.Organization.Slug),
        ("search", query.Search),
        ("sort", query.Sort == TeamSort.Name ? null : query.Sort),
        ("reversed", query.Descending ? true : null),
        ("page", page == 1 ? null : page),
        ("size", size ?? Size));
}

/// <summary>A page of teams, and the access versions it was read under.</summary>
public sealed record LoadedTeams(AccessVersions Versions, TeamList List);
