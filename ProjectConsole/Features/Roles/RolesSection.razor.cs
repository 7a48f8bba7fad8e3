using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Access;
using ProjectConsole.Components.Controls;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Roles;

/// <summary>The project roles that an organization or a project may use.</summary>
public sealed partial class RolesSection
{
    private RolePlace? _shown;
    private Error? _error;
    private string? _refusal;
    private RowMenu? _menu;

    /// <summary>Whose roles.</summary>
    [Parameter, EditorRequired]
    public required RolePlace Place { get; set; }

    [Inject]
    public required RoleDirectory Directory { get; init; }

    [Inject]
    public required RolesService Roles { get; init; }

    [Inject]
    public required PageReads Reads { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required DialogService Dialogs { get; init; }

    /// <summary>What is shown, carried over from prerendering.</summary>
    [PersistentState]
    public LoadedRoles? Loaded { get; set; }

    private IReadOnlyList<RoleRow>? Rows => Loaded?.Rows;

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
        var result = await Reads.TryAsync(() => Directory.ListAsync(actor, Place.Owner));
        (Loaded, _error) = (result.Succeeded ? new LoadedRoles(versions, result.Value) : null, result.Error);
    }

    private string OriginOf(RoleRow row) => row.Origin switch
    {
        RoleOrigin.BuiltIn => "Built-in",
        RoleOrigin.Project => "This project",
        _ => Place.IsProject ? "The organization" : Place.Name,
    };

    private void OpenMenu(RoleRow row) => _menu!.Open(row.Name, [.. Entries(row)]);

    private IEnumerable<MenuItem> Entries(RoleRow row)
    {
        yield return Place.MayManage && Place.Keeps(row.Origin)
            ? new MenuItem("Edit", "edit") { Href = ConsoleUrls.Role(Place.RolesHref, row.Key) }
            : new MenuItem("View permissions", "visibility") { Href = ConsoleUrls.Role(Place.RolesHref, row.Key) };
        if (Place.MayManage)
        {
            yield return new MenuItem("Create a role from it", "content_copy") { Href = ConsoleUrls.NewRole(Place.RolesHref, row.Key) };
        }

        if (Place.MayManage && Place.Keeps(row.Origin))
        {
            yield return new MenuItem("Delete", "delete")
            {
                IsDanger = true,
                StartsGroup = true,
                DisabledReason = row.Holders > 0 ? $"{(row.Holders == 1 ? "One person or team holds" : $"{Numbers.Whole(row.Holders)} people and teams hold")} it. Give them another role first." : null,
                OnClick = () => DeleteAsync(row),
            };
        }
    }

    private async Task DeleteAsync(RoleRow row)
    {
        if (await Dialogs.AskAsync($"Delete {row.Name}?", "Nobody holds it, so nobody loses anything.", "Delete role", isDanger: true))
        {
            _refusal = (await Roles.DeleteAsync(await CurrentActor.GetAsync(), Place.Owner, row.Key, row.Version)).Error?.Message;
            await LoadAsync();
            StateHasChanged();
        }
    }
}

/// <summary>The roles, and the access versions they were read under.</summary>
public sealed record LoadedRoles(AccessVersions Versions, IReadOnlyList<RoleRow> Rows);
