using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Access;
using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Resources;

/// <summary>The resources of one kind: everything that a person sets stands in the address.</summary>
public sealed partial class ResourceListSection
{
    private ResourceQuery _query = new();
    private RowMenu? _menu;
    private Error? _failure;
    private bool _loading;
    private bool _busy;
    private string? _status;
    private DateTime _nowUtc;

    /// <summary>Whose resources.</summary>
    [Parameter, EditorRequired]
    public required ResourcePlace Place { get; set; }

    /// <summary>Of which kind.</summary>
    [Parameter, EditorRequired]
    public required ResourceKind Kind { get; set; }

    /// <summary>The list that is shown, carried over from the prerendered page.</summary>
    [PersistentState]
    public LoadedResources? Loaded { get; set; }

    [SupplyParameterFromQuery(Name = "q")]
    private string? Text { get; set; }

    [SupplyParameterFromQuery]
    private string? State { get; set; }

    [SupplyParameterFromQuery]
    private string? Label { get; set; }

    [SupplyParameterFromQuery]
    private string? Creator { get; set; }

    [SupplyParameterFromQuery]
    private string? Sort { get; set; }

    [SupplyParameterFromQuery]
    private string? Page { get; set; }

    [SupplyParameterFromQuery]
    private string? Size { get; set; }

    [Inject]
    public required ResourceListService Resources { get; init; }

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

    private ResourceList? List => Loaded?.List;

    private string Here => ResourceAddress.Href(Place.ListHref(Kind), _query);

    protected override async Task OnParametersSetAsync()
    {
        _nowUtc = Clock.GetUtcNow().UtcDateTime;
        _query = new ResourceAddress(Text, State, Label, Creator, Sort, Page, Size).Read();
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
            var result = await Reads.TryAsync(() => Resources.ListAsync(actor, place.Owner, Kind, asked));
            if (address == Here)
            {
                _failure = result.Error;
                Loaded = result.Succeeded ? new LoadedResources(address, place.Versions, result.Value) : null;
                _nowUtc = Clock.GetUtcNow().UtcDateTime;
                // What is no longer shown is not acted on.
                _picked.IntersectWith(List?.Page.Rows.Select(row => row.Id) ?? []);
            }
        }
        finally
        {
            _loading = false;
        }
    }

    private void OpenMenu(ResourceRow row) => _menu!.Open(row.Name, ResourceMenu.Of(Place, Kind, row, act => DoAsync(() => act(Acts))));

    private async Task DoAsync(Func<Task<string?>> act)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            if (await act() is { } done)
            {
                _status = done;
                await LoadAsync();
            }
        }
        finally
        {
            _busy = false;
            StateHasChanged();
        }
    }
}

/// <summary>A list, the address it answers, and the access versions it was read under.</summary>
public sealed record LoadedResources(string Address, AccessVersions Versions, ResourceList List);
