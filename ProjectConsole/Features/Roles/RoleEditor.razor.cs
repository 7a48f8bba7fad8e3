using Microsoft.AspNetCore.Components;
using ProjectConsole.Domain.Access;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Roles;

/// <summary>One project role: to read, to change, or to make from another.</summary>
public sealed partial class RoleEditor
{
    private string? _loadedKey;
    private string? _error;
    private string _name = "";
    private string _description = "";
    private ProjectRole _base = ProjectRole.Developer;
    private PermissionSet _set;
    private Error? _problem;
    private bool _busy;

    /// <summary>Whose role.</summary>
    [Parameter, EditorRequired]
    public required RolePlace Place { get; set; }

    /// <summary>Stored name of the role; null to create one.</summary>
    [Parameter]
    public string? Role { get; set; }

    /// <summary>Stored name of the role that a new one starts from.</summary>
    [Parameter]
    public string? From { get; set; }

    [Inject]
    public required RoleDirectory Directory { get; init; }

    [Inject]
    public required RolesService Roles { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required RolePreviews Previews { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required NotificationService Notifications { get; init; }

    /// <summary>The role, or the one that a new role starts from, carried over from prerendering.</summary>
    [PersistentState]
    public RoleRow? Read { get; set; }

    private RoleRow? Row => Role is null ? null : Read;

    private Invalid? Wrong => _problem as Invalid;

    private bool IsEditable => ReadOnlyReason is null;

    private bool IsChanged => Row is not { } row || _name != row.Name || _description != row.Description || _set != row.Set;

    private string? ReadOnlyReason => Row is { Origin: RoleOrigin.BuiltIn } ? "The console brings this role. It never changes; create a role from it to have another."
        : !Place.MayManage ? "You may read this role and not change it."
        : Row is { } row && !Place.Keeps(row.Origin) ? "The organization keeps this role for all its projects. It is changed there."
        : Row is { } held && !held.Set.IsSubsetOf(Place.Own) ? "It gives more than you hold yourself, so you cannot change it."
        : null;

    private EventCallback<PermissionSet> Choosing => IsEditable ? EventCallback.Factory.Create<PermissionSet>(this, set => _set = set) : default;

    protected override async Task OnParametersSetAsync()
    {
        var key = Role ?? From;
        if (_loadedKey == (key ?? ""))
        {
            return;
        }

        var isCarriedOver = _loadedKey is null && Read?.Key == key;
        _loadedKey = key ?? "";
        if (key is null || isCarriedOver)
        {
            Fill();
        }
        else
        {
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        if ((Role ?? From) is { } key)
        {
            var result = await Directory.GetAsync(await CurrentActor.GetAsync(), Place.Owner, key);
            (Read, _error) = (result.Succeeded ? result.Value : null, Role is null ? null : result.Error?.Message);
        }

        Fill();
    }

    private void Fill()
    {
        _problem = null;
        _base = ProjectRole.Find(Read?.BasedOn) ?? ProjectRole.Find(Read?.Key) ?? ProjectRole.Developer;
        _set = Read?.Set ?? _base.Permissions;
        if (Role is null)
        {
            _set &= Place.Own | PermissionSet.Of(Permissions.ProjectView);
        }
        else
        {
            (_name, _description) = (Read?.Name ?? "", Read?.Description ?? "");
        }
    }

    private void StartFrom(ChangeEventArgs change)
    {
        _base = ProjectRole.Find(change.Value as string) ?? _base;
        _set = _base.Permissions & (Place.Own | PermissionSet.Of(Permissions.ProjectView));
    }
}
