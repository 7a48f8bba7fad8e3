using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Access;
using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Access;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Organizations;

/// <summary>The workspaces of the organization.</summary>
public sealed partial class WorkspacesSection
{
    private OrganizationAccess? _shown;
    private Error? _error;
    private RowMenu? _menu;

    [CascadingParameter]
    public required OrganizationAccess Access { get; set; }

    [Inject]
    public required WorkspacesService Workspaces { get; init; }

    [Inject]
    public required PageReads Reads { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required DialogService Dialogs { get; init; }

    /// <summary>What is shown, carried over from prerendering.</summary>
    [PersistentState]
    public LoadedWorkspaces? Loaded { get; set; }

    private IReadOnlyList<WorkspaceRow>? Rows => Loaded?.Rows;

    private bool MayManage => Access.May(Permissions.WorkspacesManage);

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == Access)
        {
            return;
        }

        var isCarriedOver = _shown is null && Loaded?.Versions == Access.Versions;
        _shown = Access;
        if (!isCarriedOver)
        {
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        var versions = Access.Versions;
        var actor = await CurrentActor.GetAsync();
        var result = await Reads.TryAsync(() => Workspaces.ListAsync(actor, Access.Id));
        (Loaded, _error) = (result.Succeeded ? new LoadedWorkspaces(versions, result.Value) : null, result.Error);
    }

    private void OpenMenu(WorkspaceRow row) => _menu!.Open(row.Name, [
        new MenuItem("Rename", "edit") { OnClick = () => OpenAsync<WorkspaceDialog>($"Rename {row.Name}", row) },
        new MenuItem("Move a project here", "drive_file_move") { OnClick = () => OpenAsync<MoveProjectDialog>($"Move a project to {row.Name}", row) }]);

    private Task CreateAsync() => OpenAsync<WorkspaceDialog>("Create workspace", null);

    private async Task OpenAsync<TDialog>(string title, WorkspaceRow? row)
        where TDialog : ComponentBase
    {
        var parameters = new Dictionary<string, object?> { ["Access"] = Access, ["Workspace"] = row };
        if (await Dialogs.OpenAsync<TDialog>(title, parameters, DialogLook.Form()) is true)
        {
            await LoadAsync();
            StateHasChanged();
        }
    }
}

/// <summary>The workspaces, and the access versions they were read under.</summary>
public sealed record LoadedWorkspaces(AccessVersions Versions, IReadOnlyList<WorkspaceRow> Rows);
