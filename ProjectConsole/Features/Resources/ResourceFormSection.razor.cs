using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Access;
using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Resources;

/// <summary>The form of a kind: makes a resource, or changes one. What was typed is kept whatever happens.</summary>
public sealed partial class ResourceFormSection
{
    private ResourceForm? _form;
    private ReferenceChoices _choices = null!;
    private Invalid _errors = new([]);
    private Error? _refusal;
    private string? _problem;
    private bool _isStale;
    private bool _busy;
    private bool _isSaved;

    /// <summary>Whose resource.</summary>
    [Parameter, EditorRequired]
    public required ResourcePlace Place { get; set; }

    /// <summary>Its kind.</summary>
    [Parameter, EditorRequired]
    public required ResourceKind Kind { get; set; }

    /// <summary>The name of the resource that is changed; null to make one.</summary>
    [Parameter]
    public string? Name { get; set; }

    /// <summary>The resource as it was read, carried over from the prerendered page.</summary>
    [PersistentState]
    public ResourceDetail? Detail { get; set; }

    /// <summary>The app types that one may choose for something new, carried over likewise; null before they were read.</summary>
    [PersistentState]
    public IReadOnlyList<FieldChoice>? AppTypes { get; set; }

    [Inject]
    public required ResourcesService Resources { get; init; }

    [Inject]
    public required ResourceDetailService Details { get; init; }

    [Inject]
    public required PageReads Reads { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required NotificationService Notifications { get; init; }

    private string Title => Name is null ? $"New {Kind.InSentence()}" : $"Edit {Name}";

    private string BackHref => Name is null ? Place.ListHref(Kind) : Place.Href(Kind, Name);

    private IReadOnlyList<NavigationItem> Crumbs =>
    [
        new NavigationItem(Place.Heading, Place.Address),
        new NavigationItem(Kind.PluralTitle, Place.ListHref(Kind)),
        .. Name is null ? [] : (NavigationItem[])[new NavigationItem(Name, Place.Href(Kind, Name))],
    ];

    private static string NameHelp => $"1 to {ResourceNames.Longest} of a–z, 0–9, hyphen, underscore, dot. It does not change.";

    // What one may not do stays so however often it is tried; what did not load may load.
    private EventCallback Retry => _refusal is DatabaseFailed ? EventCallback.Factory.Create(this, LoadAsync) : default;

    // Another decision about the same place must not throw away what is being typed.
    protected override async Task OnInitializedAsync()
    {
        _choices = new ReferenceChoices(FindAsync);
        if (Name is null ? Kind.HasAppTypes && AppTypes is null : Detail?.Row.Name != Name)
        {
            await LoadAsync();
        }
        else
        {
            Fill();
        }

        await _choices.LoadAsync(Kind.Fields);
    }

    private Task LoadAsync() => Name is null ? LoadAppTypesAsync() : LoadDetailAsync();

    private async Task LoadAppTypesAsync()
    {
        var actor = await CurrentActor.GetAsync();
        // Who may not make one is told so, and needs no choices.
        var read = Place.May(Kind, "create") ? await Reads.TryAsync(() => Details.AppTypesAsync(actor, Place.Owner, Kind)) : null;
        (AppTypes, _refusal) = (read?.Succeeded is true ? read.Value : null, read?.Error);
        Fill();
    }

    private async Task LoadDetailAsync()
    {
        var actor = await CurrentActor.GetAsync();
        var result = await Reads.TryAsync(() => Details.GetAsync(actor, Place.Owner, Kind, Name!));
        if (result.Error is NotFound)
        {
            Navigation.NotFound();
            return;
        }

        (Detail, _refusal) = (result.Succeeded ? result.Value : null, result.Error);
        Fill();
    }

    private void Fill()
    {
        (_errors, _isStale, _problem) = (new Invalid([]), false, null);
        var verb = Name is null ? "create" : "update";
        _refusal ??= Place.Rights.Refusal(Kind, verb, Detail?.Row.CreatedBy);
        _form = _refusal is not null ? null : Detail is { } detail
            ? ResourceForm.Of(Kind.WithAppTypes(detail.AppTypes, detail.Row.ReadSpec()), detail)
            : ResourceForm.New(Kind.WithAppTypes(AppTypes));
    }

    private async Task<IReadOnlyList<ReferenceChoice>> FindAsync(ResourceField field, string search)
    {
        var actor = await CurrentActor.GetAsync();
        var found = await Reads.TryAsync(() => Details.ChoicesAsync(actor, Place.Owner, field, search));
        return found.Succeeded ? [.. found.Value.Select(choice => new ReferenceChoice(choice.Value, Describe(choice)) { Offers = choice.Offers })] : [];
    }

    private static string Describe(ResourceChoice choice)
    {
        var kind = ResourceKinds.Get(choice.Kind);
        return $"{choice.Title}, {kind.Title}, {kind.Life.Of(choice.State).Title}";
    }
}
