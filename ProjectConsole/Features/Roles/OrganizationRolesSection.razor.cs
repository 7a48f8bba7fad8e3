using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Access;
using ProjectConsole.Components.Controls;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Roles;

/// <summary>The roles that members of the organization can have.</summary>
public sealed partial class OrganizationRolesSection
{
    private RolePlace? _shown;
    private Error? _error;
    private string? _refusal;
    private RowMenu? _menu;

    /// <summary>The organization.</summary>
    [Parameter, EditorRequired]
    public required RolePlace Place { get; set; }

    [Inject]
    public required OrganizationRolesService Roles { get; init; }

    [Inject]
    public required PageReads Reads { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required DialogService Dialogs { get; init; }

    /// <summary>What is shown, carried over from prerendering.</summary>
    [PersistentState]
    public LoadedOrganizationRoles? Loaded { get; set; }

    private IReadOnlyList<OrganizationRoleRow>? Rows => Loaded?.Rows;

    private string Href => ConsoleUrls.OrganizationRolesOf(Place.RolesHref);

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
        var result = await Reads.TryAsync(() => Roles.ListAsync(actor, Place.Owner.OrganizationId));
        (Loaded, _error) = (result.Succeeded ? new LoadedOrganizationRoles(versions, result.Value) : null, result.Error);
    }

    private void OpenMenu(OrganizationRoleRow row) => _menu!.Open(row.Name, [
        new MenuItem("Edit", "edit") { Href = ConsoleUrls.Role(Href, row.Key) },
        new MenuItem("Delete", "delete")
        {
            IsDanger = true,
            StartsGroup = true,
            DisabledReason = row.Members > 0 ? "A member has it. Give them another role first." : null,
            OnClick = () => DeleteAsync(row),
        }]);

    private async Task DeleteAsync(OrganizationRoleRow row)
    {
        if (await Dialogs.AskAsync($"Delete {row.Name}?", "No member has it, so nobody loses anything.", "Delete role", isDanger: true))
        {
            _refusal = (await Roles.DeleteAsync(await CurrentActor.GetAsync(), Place.Owner.OrganizationId, row.Key, row.Version)).Error?.Message;
            await LoadAsync();
            StateHasChanged();
        }
    }
}

/// <summary>The organization roles, and the access versions they were read under.</summary>
public sealed record LoadedOrganizationRoles(AccessVersions Versions, IReadOnlyList<OrganizationRoleRow> Rows);
