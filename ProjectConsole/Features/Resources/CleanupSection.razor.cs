using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Access;
using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Resources;

/// <summary>What nobody used for a while and what failed, to be deleted together: everything that a person sets stands in the address.</summary>
public sealed partial class CleanupSection
{
    private readonly HashSet<Guid> _picked = [];

    private CleanupQuery _query = new();
    private Error? _failure;
    private bool _loading;
    private bool _busy;
    private string? _status;
    private DateTime _nowUtc;

    /// <summary>Whose resources.</summary>
    [Parameter, EditorRequired]
    public required ResourcePlace Place { get; set; }

    /// <summary>The list that is shown, carried over from the prerendered page.</summary>
    [PersistentState]
    public LoadedCleanup? Loaded { get; set; }

    [SupplyParameterFromQuery(Name = "q")]
    private string? Text { get; set; }

    [SupplyParameterFromQuery]
    private string? Days { get; set; }

    [SupplyParameterFromQuery]
    private string? Reason { get; set; }

    [SupplyParameterFromQuery]
    private string? Kind { get; set; }

    [SupplyParameterFromQuery]
    private string? Creator { get; set; }

    [SupplyParameterFromQuery]
    private string? Page { get; set; }

    [SupplyParameterFromQuery]
    private string? Size { get; set; }

    [Inject]
    public required CleanupService Cleanup { get; init; }

    [Inject]
    public required ResourceDialogs Acts { get; init; }

    [Inject]
    public required PageReads Reads { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required SearchNavigation Searches { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    private CleanupList? List => Loaded?.List;

    private string Here => _query.Href(Place.CleanUpHref);

    private string WithoutFilters => Href(new CleanupQuery { Search = _query.Search, Days = _query.Days, Page = _query.Page });

    private IReadOnlyList<FilterOption> DayOptions => [.. CleanupQuery.Spans.Select(days => new FilterOption($"{days} days", Href(_query with { Days = days }), _query.Days == days))];

    private IReadOnlyList<FilterOption> ReasonOptions =>
        [.. Enum.GetValues<CleanupReason>().Select(reason => new FilterOption(reason.ToString(), Href(_query with { Reason = reason }), _query.Reason == reason))];

    private IReadOnlyList<FilterOption> KindOptions => [.. (List?.Kinds ?? []).Select(kind => new FilterOption(
        ResourceKinds.Get(kind.Kind).PluralTitle, Href(_query with { Kind = kind.Kind }), _query.Kind == kind.Kind, kind.Count))];

    protected override async Task OnParametersSetAsync()
    {
        _nowUtc = Clock.GetUtcNow().UtcDateTime;
        _query = CleanupQuery.Read(Text, Days, Reason, Kind, Creator, Page, Size);
        if (Loaded?.Address != Here || Loaded.Versions != Place.Versions)
        {
            _picked.Clear();
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        var (place, asked, address) = (Place, _query, Here);
        _loading = true;
        try
        {
            var actor = await CurrentActor.GetAsync();
            var result = await Reads.TryAsync(() => Cleanup.ListAsync(actor, place.Owner, asked));
            if (address == Here)
            {
                _failure = result.Error;
                Loaded = result.Succeeded ? new LoadedCleanup(address, place.Versions, result.Value) : null;
                _picked.IntersectWith(List?.Page.Rows.Select(row => row.Resource.Id) ?? []);
            }
        }
        finally
        {
            _loading = false;
        }
    }

    private string Href(CleanupQuery query) => (query with { Page = new PageRequest(1, query.Page.Size) }).Href(Place.CleanUpHref);

    private void Search(string text) => Searches.Go(Href(_query with { Search = text }));

    private void Pick((Guid Id, bool IsPicked) pick) => _ = pick.IsPicked ? _picked.Add(pick.Id) : _picked.Remove(pick.Id);

    private void PickPage(bool isPicked) =>
        List!.Page.Rows.Where(row => row.Resource.Acts.MayDelete).ToList().ForEach(row => Pick((row.Resource.Id, isPicked)));

    private async Task DeleteAsync()
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            List<PickedResource> picked = [.. List!.Page.Rows.Where(row => _picked.Contains(row.Resource.Id)).Select(row => new PickedResource(Place.Owner, row.Resource))];
            if (await Acts.BulkAsync(picked, null, picked.Count == 1 ? "resource" : "resources") is { } done)
            {
                _status = done;
                _picked.Clear();
                await LoadAsync();
            }
        }
        finally
        {
            _busy = false;
        }
    }
}

/// <summary>What could be cleaned up, the address it answers, and the access versions it was read under.</summary>
public sealed record LoadedCleanup(string Address, AccessVersions Versions, CleanupList List);
