using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Access;
using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Resources;

/// <summary>What an owner has, by group and kind.</summary>
public sealed partial class ResourceOverviewSection
{
    private Error? _error;
    private RowMenu? _menu;

    /// <summary>Whose resources.</summary>
    [Parameter, EditorRequired]
    public required ResourcePlace Place { get; set; }

    /// <summary>What stands under the heading.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    /// <summary>What stands under the groups.</summary>
    [Parameter]
    public RenderFragment? Below { get; set; }

    /// <summary>The counts, carried over from the prerendered page.</summary>
    [PersistentState]
    public LoadedResourceOverview? Loaded { get; set; }

    [Inject]
    public required ResourceListService Resources { get; init; }

    [Inject]
    public required PageReads Reads { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    private ResourceOverview? Overview => Loaded?.Overview;

    protected override async Task OnParametersSetAsync()
    {
        if (Loaded?.Address != Place.Address || Loaded.Versions != Place.Versions)
        {
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        var place = Place;
        var actor = await CurrentActor.GetAsync();
        var result = await Reads.TryAsync(() => Resources.OverviewAsync(actor, place.Owner));
        _error = result.Error;
        Loaded = result.Succeeded ? new LoadedResourceOverview(place.Address, place.Versions, result.Value) : null;
    }

    private void OpenMenu() => _menu!.Open(Place.Title, [.. Creatable().Select(made => new MenuItem(made.Kind.Title, made.Kind.Icon) { Href = Place.NewHref(made.Kind), StartsGroup = made.IsFirst })]);

    private IEnumerable<(ResourceKind Kind, bool IsFirst)> Creatable()
    {
        var group = "";
        foreach (var kind in Overview!.Kinds.Where(kind => kind.MayCreate).Select(kind => ResourceKinds.Get(kind.Kind)))
        {
            yield return (kind, group != "" && kind.Group != group);
            group = kind.Group;
        }
    }
}

/// <summary>Counts, of whom they are, and the access versions they were read under.</summary>
public sealed record LoadedResourceOverview(string Address, AccessVersions Versions, ResourceOverview Overview);
