using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Access;
using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Resources;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.PersonalSpaces;

/// <summary>What one person who left had outside every project, and the way of it into a project.</summary>
public sealed partial class FormerSpaceSection
{
    private readonly HashSet<Guid> _picked = [];

    private Error? _error;
    private string? _status;
    private bool _isFilled;
    private bool _busy;
    private DateTime _nowUtc;

    /// <summary>The organization as this person may enter it.</summary>
    [CascadingParameter]
    public required OrganizationAccess Access { get; set; }

    /// <summary>The space.</summary>
    [Parameter, EditorRequired]
    public Guid SpaceId { get; set; }

    /// <summary>What is in it, carried over from the prerendered page.</summary>
    [PersistentState]
    public LoadedFormerSpace? Loaded { get; set; }

    [Inject]
    public required FormerSpacesService Spaces { get; init; }

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

    private FormerSpace? Space => Loaded?.Space;

    private string Description => Space is { } space
        ? $"What {space.Row.Person} had outside every project. It is kept until {TimeText.Date(space.Row.KeptUntilUtc)} and belongs to a project from when it is moved."
        : "What this person had outside every project.";

    private IReadOnlyList<NavigationItem> Crumbs =>
    [
        new("Members", ConsoleUrls.Members(Access.Organization.Slug)),
        new("Spaces of former members", ConsoleUrls.FormerSpaces(Access.Organization.Slug)),
    ];

    protected override async Task OnParametersSetAsync()
    {
        _nowUtc = Clock.GetUtcNow().UtcDateTime;
        if (Loaded?.Versions != Access.Versions)
        {
            await LoadAsync();
        }
        else if (!_isFilled)
        {
            PickEverything();
        }
    }

    private async Task LoadAsync()
    {
        var (access, actor) = (Access, await CurrentActor.GetAsync());
        var result = await Reads.TryAsync(() => Spaces.OpenAsync(actor, access.Id, SpaceId));
        if (result.Error is NotFound)
        {
            Leave();
            return;
        }

        _error = result.Error;
        Loaded = result.Succeeded ? new LoadedFormerSpace(access.Versions, result.Value) : null;
        PickEverything();
    }

    // Emptied here or elsewhere, or never there.
    private void Leave()
    {
        if (Loaded is null)
        {
            Navigation.NotFound();
        }
        else
        {
            Navigation.NavigateTo(ConsoleUrls.FormerSpaces(Access.Organization.Slug));
        }
    }

    private void PickEverything()
    {
        _isFilled = Space is not null;
        _picked.Clear();
        _picked.UnionWith((Space?.Resources ?? []).Select(row => row.Id));
    }

    private void PickAll(ChangeEventArgs change)
    {
        PickEverything();
        if (change.Value is not true)
        {
            _picked.Clear();
        }
    }

    private void Pick(Guid id, bool isPicked) => _ = isPicked ? _picked.Add(id) : _picked.Remove(id);

    private async Task MoveAsync()
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            var rows = Space!.Resources.Where(row => _picked.Contains(row.Id)).ToList();
            if (await Acts.MoveAsync(new ResourceOwner(Access.Id, SpaceId, null), rows) is { } done)
            {
                _status = done;
                await LoadAsync();
            }
        }
        finally
        {
            _busy = false;
        }
    }
}

/// <summary>A space, and the access versions it was read under.</summary>
public sealed record LoadedFormerSpace(AccessVersions Versions, FormerSpace Space);
