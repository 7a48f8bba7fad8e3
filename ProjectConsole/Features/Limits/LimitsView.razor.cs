using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Access;
using ProjectConsole.Components.Controls;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Limits;

/// <summary>The limits of a place: what is used of them, whose they are, and a dialog to change one.</summary>
public sealed partial class LimitsView
{
    private Error? _error;

    /// <summary>Whose limits they are.</summary>
    [Parameter, EditorRequired]
    public required LimitPlace Place { get; set; }

    /// <summary>The access versions that the page was opened under: others decide again what may be set.</summary>
    [Parameter]
    public AccessVersions Versions { get; set; }

    /// <summary>What is shown, carried over from prerendering.</summary>
    [PersistentState]
    public LoadedLimits? Loaded { get; set; }

    [Inject]
    public required LimitsService Limits { get; init; }

    [Inject]
    public required PageReads Reads { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required DialogService Dialogs { get; init; }

    private LimitList? Shown => Loaded?.Place == Place ? Loaded.List : null;

    protected override async Task OnParametersSetAsync()
    {
        if (Shown is null || Loaded?.Versions != Versions)
        {
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        var (place, versions) = (Place, Versions);
        var actor = await CurrentActor.GetAsync();
        var result = await Reads.TryAsync(() => Limits.ListAsync(actor, place));
        _error = result.Error;
        Loaded = result.Succeeded ? new LoadedLimits(place, versions, result.Value) : null;
    }

    private static string Note(LimitRow row)
    {
        var who = row is { SetByName: { } name, SetUtc: { } when } ? $"{name}, {TimeText.Date(when)}. " : "";
        return row.Own is { } own && own != row.Amount ? $"{who}Set here: {row.Text(own)}." : who.TrimEnd(' ', '.');
    }

    private async Task ChangeAsync(LimitRow row)
    {
        var parameters = new Dictionary<string, object?> { [nameof(LimitDialog.Place)] = Place, [nameof(LimitDialog.Row)] = row };
        if (await Dialogs.OpenAsync<LimitDialog>($"Limit: {row.Title}", parameters, DialogLook.Form()) is true)
        {
            await LoadAsync();
        }
    }
}

/// <summary>The limits of a place, and the access versions they were read under.</summary>
public sealed record LoadedLimits(LimitPlace Place, AccessVersions Versions, LimitList List);
