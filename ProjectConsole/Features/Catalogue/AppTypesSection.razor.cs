using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Access;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Catalogue;

/// <summary>The app types that the organization offers, and their editor for those who manage the catalogue.</summary>
public sealed partial class AppTypesSection
{
    private List<AppTypeDraft>? _draft;
    private Error? _error;
    private Error? _problem;
    private string? _status;
    private bool _busy;

    /// <summary>The organization as this person may enter it.</summary>
    [CascadingParameter]
    public required OrganizationAccess Access { get; set; }

    /// <summary>The list, carried over from the prerendered page.</summary>
    [PersistentState]
    public LoadedAppTypes? Loaded { get; set; }

    [Inject]
    public required AppTypesService AppTypes { get; init; }

    [Inject]
    public required PageReads Reads { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    private bool MayManage => Access.May(Permissions.CatalogueManage);

    private IEnumerable<AppTypeDraft> Staying => _draft!.Where(row => row.Left is null);

    protected override async Task OnParametersSetAsync()
    {
        var isOther = Loaded?.OrganizationId != Access.Id;
        // Another decision about the same organization must not throw away what is being typed.
        if (isOther || (_draft is null && Loaded?.Versions != Access.Versions))
        {
            _draft = null;
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        var (id, versions) = (Access.Id, Access.Versions);
        var actor = await CurrentActor.GetAsync();
        var result = await Reads.TryAsync(() => AppTypes.GetAsync(actor, id));
        (_error, _problem) = (result.Error, null);
        Loaded = result.Succeeded ? new LoadedAppTypes(id, versions, result.Value) : null;
    }

    private void Edit() => _draft = [.. Loaded!.View.Types.Select(AppTypeDraft.Of)];

    private void Add()
    {
        _draft!.Add(new AppTypeDraft());
        _problem = null;
    }

    private Task CancelAsync() => OnceAsync(async () =>
    {
        _draft = null;
        await LoadAsync();
    });

    private Task ReloadTheirsAsync() => OnceAsync(async () =>
    {
        await LoadAsync();
        _draft = Loaded is null ? null : [.. Loaded.View.Types.Select(AppTypeDraft.Of)];
    });

    // What was never saved is just gone; what apps may be of says how many, and can be taken back until it is saved.
    private Task ToggleAsync(AppTypeDraft row) => OnceAsync(async () =>
    {
        _problem = null;
        if (row.IsNew)
        {
            _draft!.Remove(row);
        }
        else if (row.Left is not null)
        {
            (row.Left, _status) = (null, $"{row.Name} stays.");
        }
        else
        {
            var actor = await CurrentActor.GetAsync();
            var counted = await Reads.TryAsync(() => AppTypes.CountAppsAsync(actor, Access.Id, row.Name));
            (row.Left, _problem) = (counted.Succeeded ? (int?)counted.Value : null, counted.Error);
            _status = row.Fate;
        }
    });

    private Task SaveAsync(Guid? version) => OnceAsync(async () =>
    {
        var typed = Staying.Select(row => new FieldChoice(row.Name, row.Title)).ToList();
        var actor = await CurrentActor.GetAsync();
        _problem = (await AppTypes.ReplaceAsync(actor, Access.Id, typed, version)).Error;
        if (_problem is null)
        {
            (_draft, _status) = (null, "The app types are saved.");
            await LoadAsync();
        }
    });

    private async Task OnceAsync(Func<Task> act)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            await act();
        }
        finally
        {
            _busy = false;
        }
    }

    // What is new has no name yet by which it could be told from others.
    private string Called(AppTypeDraft row) => row.IsNew ? $"new app type {_draft!.Where(other => other.IsNew).ToList().IndexOf(row) + 1}" : row.Name;

    private string? Marked(AppTypeDraft row, string field) => Wrong(row, field) is null ? null : "true";

    private string WrongIn(AppTypeDraft row) => string.Join(' ', new[] { Wrong(row, "name"), Wrong(row, "title") }.OfType<string>());

    // Errors count what was sent.
    private string? Wrong(AppTypeDraft row, string field) => (_problem as Invalid)?.For($"types[{Staying.ToList().IndexOf(row)}].{field}");
}

/// <summary>The list, of which organization it is, and the access versions it was read under.</summary>
public sealed record LoadedAppTypes(Guid OrganizationId, AccessVersions Versions, AppTypesView View);
