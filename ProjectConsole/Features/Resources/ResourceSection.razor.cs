using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Access;
using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Resources;

/// <summary>One resource: its fields, states, what is around it, and what may be done to it.</summary>
public sealed partial class ResourceSection
{
    private RowMenu? _menu;
    private Error? _error;
    private bool _busy;
    private string? _status;
    private DateTime _nowUtc;

    /// <summary>Whose resource.</summary>
    [Parameter, EditorRequired]
    public required ResourcePlace Place { get; set; }

    /// <summary>Its kind.</summary>
    [Parameter, EditorRequired]
    public required ResourceKind Kind { get; set; }

    /// <summary>Its name.</summary>
    [Parameter, EditorRequired]
    public required string Name { get; set; }

    /// <summary>What is shown, carried over from the prerendered page.</summary>
    [PersistentState]
    public LoadedResource? Loaded { get; set; }

    [Inject]
    public required ResourceDetailService Details { get; init; }

    [Inject]
    public required ResourceDialogs Acts { get; init; }

    [Inject]
    public required PageReads Reads { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    private ResourceDetail? Detail => Loaded?.Detail;

    private ResourceState? State => Detail is { } detail ? Kind.Life.Of(detail.Row.State) : null;

    private string Raw => ResourceJson.Of(Detail!);

    // What destroys asks first, and stands behind the menu.
    private IReadOnlyList<MenuItem> Menu => Detail is not { } detail ? [] :
    [
        .. ResourceMenu.Actions(Kind, detail.Row).Where(action => action.IsDestructive).Select(action => new MenuItem(action.Title, action.Icon)
        {
            OnClick = () => DoAsync(dialogs => dialogs.ActAsync(Place, Kind, detail.Row, action)),
        }),
        .. ResourceMenu.Changes(Place, Kind, detail.Row, DoAsync).Where(item => item.Href is null),
    ];

    protected override async Task OnParametersSetAsync()
    {
        _nowUtc = Clock.GetUtcNow().UtcDateTime;
        if (Loaded?.Versions != Place.Versions || Loaded.Name != Name)
        {
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        var place = Place;
        var actor = await CurrentActor.GetAsync();
        var found = await Reads.TryAsync(() => Details.GetAsync(actor, place.Owner, Kind, Name));
        if (found.Error is NotFound)
        {
            Leave();
            return;
        }

        var loaded = found.Succeeded ? await AroundAsync(actor, place, found.Value) : found.Error;
        (_error, Loaded) = (loaded.Error, loaded.Succeeded ? loaded.Value : null);
        _nowUtc = Clock.GetUtcNow().UtcDateTime;
    }

    // It was deleted here or elsewhere, or was never there.
    private void Leave()
    {
        if (Loaded is null)
        {
            Navigation.NotFound();
        }
        else
        {
            Navigation.NavigateTo(Place.ListHref(Kind));
        }
    }

    private async Task DoAsync(Func<ResourceDialogs, Task<string?>> act)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            if (await act(Acts) is { } done)
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
