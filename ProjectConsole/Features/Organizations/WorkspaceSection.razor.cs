using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Access;
using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Access;
using ProjectConsole.Features.Undo;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Organizations;

/// <summary>One workspace: who has which role in all of its projects.</summary>
public sealed partial class WorkspaceSection
{
    private OrganizationAccess? _shown;
    private Guid _actorId;
    private Error? _error;
    private RowMenu? _menu;

    /// <summary>The workspace's slug, from the address.</summary>
    [Parameter, EditorRequired]
    public required string Slug { get; set; }

    [CascadingParameter]
    public required OrganizationAccess Access { get; set; }

    [Inject]
    public required WorkspaceDirectory Directory { get; init; }

    [Inject]
    public required WorkspaceGrantsService Grants { get; init; }

    [Inject]
    public required UndoDialogs Undo { get; init; }

    [Inject]
    public required PageReads Reads { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required DialogService Dialogs { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    /// <summary>What is shown, carried over from prerendering.</summary>
    [PersistentState]
    public LoadedWorkspace? Loaded { get; set; }

    private WorkspaceDetails? Workspace => Loaded?.Workspace;

    private IReadOnlyList<NavigationItem> Crumbs => [new NavigationItem("Workspaces", ConsoleUrls.Workspaces(Access.Organization.Slug))];

    private bool MayManage => Access.May(Permissions.WorkspacesManage);

    private string ProjectsText => Workspace!.Projects == 1 ? "1 project" : $"{Numbers.Whole(Workspace.Projects)} projects";

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == Access)
        {
            return;
        }

        var isCarriedOver = _shown is null && Loaded?.Versions == Access.Versions && Loaded.Workspace.Slug == Slug;
        _shown = Access;
        _actorId = (await CurrentActor.GetAsync()).UserId;
        if (!isCarriedOver)
        {
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        var versions = Access.Versions;
        var actor = await CurrentActor.GetAsync();
        var result = await Reads.TryAsync(() => Directory.GetAsync(actor, Access.Id, Slug));
        if (result.Error is NotFound)
        {
            Navigation.NotFound();
            return;
        }

        (Loaded, _error) = (result.Succeeded ? new LoadedWorkspace(versions, result.Value) : null, result.Error);
    }

    private void OpenMenu(WorkspaceGrantRow row) => _menu!.Open(row.Name, [
        new MenuItem("Change role or end", "swap_horiz") { DisabledReason = row.Refusal, OnClick = () => OpenAsync($"Change the role of {row.Name}", row) },
        new MenuItem("Remove", "person_remove") { DisabledReason = row.Refusal, IsDanger = true, StartsGroup = true, OnClick = () => RemoveAsync(row) }]);

    private Task AddAsync() => OpenAsync($"Add to {Workspace!.Name}", null);

    private async Task OpenAsync(string title, WorkspaceGrantRow? row)
    {
        var parameters = new Dictionary<string, object?>
        {
            [nameof(WorkspaceGrantDialog.Access)] = Access,
            [nameof(WorkspaceGrantDialog.Workspace)] = Workspace,
            [nameof(WorkspaceGrantDialog.Row)] = row,
        };
        await TellAsync(await Dialogs.OpenAsync<WorkspaceGrantDialog>(title, parameters, DialogLook.Form()) as DoneAct);
    }

    private async Task RemoveAsync(WorkspaceGrantRow row)
    {
        var workspace = Workspace!;
        var done = await AccessChangeDialog.AskAsync(
            Dialogs, $"Remove {row.Name} from {workspace.Name}?", "Ends the role in every project of the workspace, at once. Roles that single projects grant stay.",
            "Confirm removal", "After removal", (actor, _) => Grants.RemoveAsync(actor, Access.Id, new WorkspaceGrantRemoval(workspace.Id, row.GrantId)));
        await TellAsync(done is null ? null : new DoneAct($"{row.Name} has no role on {workspace.Name} any more.", done.EntryId));
    }

    private async Task TellAsync(DoneAct? done)
    {
        if (done is not null)
        {
            await Undo.TellAsync(Access, done);
            await LoadAsync();
            StateHasChanged();
        }
    }
}

/// <summary>A workspace, and the access versions it was read under.</summary>
public sealed record LoadedWorkspace(AccessVersions Versions, WorkspaceDetails Workspace);
