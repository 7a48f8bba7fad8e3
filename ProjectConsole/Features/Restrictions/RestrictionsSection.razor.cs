using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Access;
using ProjectConsole.Components.Controls;
using ProjectConsole.Features.Roles;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Restrictions;

/// <summary>The restrictions that an organization or a project may use, and on how many grants they hang.</summary>
public sealed partial class RestrictionsSection
{
    private RolePlace? _shown;
    private Error? _error;
    private Error? _refusal;
    private RowMenu? _menu;

    /// <summary>Whose restrictions.</summary>
    [Parameter, EditorRequired]
    public required RolePlace Place { get; set; }

    [Inject]
    public required RestrictionDirectory Directory { get; init; }

    [Inject]
    public required RestrictionsService Restrictions { get; init; }

    [Inject]
    public required RolePreviews Previews { get; init; }

    [Inject]
    public required PageReads PageReads { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required Radzen.DialogService Dialogs { get; init; }

    /// <summary>What is shown, carried over from prerendering.</summary>
    [PersistentState]
    public LoadedRestrictions? Loaded { get; set; }

    private IReadOnlyList<RestrictionRow>? Rows => Loaded?.Rows;

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == Place)
        {
            return;
        }

        var isCarriedOver = _shown is null && Loaded?.Versions == Place.Versions;
        _shown = Place;
        if (!isCarriedOver)
        {
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        var versions = Place.Versions;
        var actor = await CurrentActor.GetAsync();
        var result = await PageReads.TryAsync(() => Directory.ListAsync(actor, Place.Owner));
        (Loaded, _error) = (result.Succeeded ? new LoadedRestrictions(versions, result.Value) : null, result.Error);
    }

    private bool Keeps(RestrictionRow row) => Place.Keeps(row.IsOfOrganization ? RoleOrigin.Organization : RoleOrigin.Project);

    private void OpenMenu(RestrictionRow row) => _menu!.Open(row.Name, [
        new MenuItem("Edit", "edit") { Href = ConsoleUrls.Restriction(Place.RestrictionsHref, row.Id) },
        new MenuItem(row.Grants == 0 ? "Delete" : "Take off and delete", "delete") { IsDanger = true, StartsGroup = true, OnClick = () => DeleteAsync(row) }]);

    // Where it hangs on grants the preview says what they get back; where it does not, the question alone is asked.
    private async Task DeleteAsync(RestrictionRow row)
    {
        if (row.Grants == 0 && !await Dialogs.AskAsync($"Delete {row.Name}?", "It hangs on no grant, so nothing changes for anybody.", "Delete restriction", isDanger: true))
        {
            return;
        }

        var deleted = await Previews.ConfirmAsync(
            await CurrentActor.GetAsync(), new RoleQuestion($"Take {row.Name} off and delete it?", "Delete restriction") { IsDanger = true },
            (asked, _) => Restrictions.DeleteAsync(asked, Place.Owner, row.Id, row.Version, takesOff: row.Grants > 0));
        _refusal = deleted.Error;
        await LoadAsync();
        StateHasChanged();
    }
}

/// <summary>The restrictions, and the access versions they were read under.</summary>
public sealed record LoadedRestrictions(AccessVersions Versions, IReadOnlyList<RestrictionRow> Rows);
