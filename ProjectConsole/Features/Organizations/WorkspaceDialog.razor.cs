using Microsoft.AspNetCore.Components;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Organizations;

/// <summary>Creates a workspace, or gives one another name.</summary>
public sealed partial class WorkspaceDialog
{
    private string _name = "";
    private string _slug = "";
    private bool _slugIsTyped;
    private bool _busy;
    private Error? _error;

    /// <summary>The organization.</summary>
    [Parameter, EditorRequired]
    public required OrganizationAccess Access { get; set; }

    /// <summary>The workspace to rename; null to create one.</summary>
    [Parameter]
    public WorkspaceRow? Workspace { get; set; }

    [Inject]
    public required WorkspacesService Workspaces { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required DialogService Dialogs { get; init; }

    private Invalid? Errors => _error as Invalid;

    protected override void OnInitialized() => _name = Workspace?.Name ?? "";

    private void DeriveSlug()
    {
        if (!_slugIsTyped)
        {
            _slug = Slug.Derive(_name);
        }
    }

    private void KeepSlug() => _slugIsTyped = _slug != "";

    private async Task SaveAsync(Guid? version)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            var actor = await CurrentActor.GetAsync();
            _error = Workspace is null
                ? (await Workspaces.CreateAsync(actor, Access.Id, new NewWorkspace(_name, _slug))).Error
                : (await Workspaces.RenameAsync(actor, Access.Id, Workspace.Id, _name, version)).Error;
            if (_error is null)
            {
                Dialogs.Close(true);
            }
        }
        finally
        {
            _busy = false;
        }
    }
}
