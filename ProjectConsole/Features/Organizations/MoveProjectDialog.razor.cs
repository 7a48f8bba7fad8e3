using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Controls;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Organizations;

/// <summary>Puts a project into a workspace, after showing whose access that changes.</summary>
public sealed partial class MoveProjectDialog
{
    private string _search = "";
    private Guid _projectId;
    private bool _busy;
    private Error? _error;
    private AccessChange? _preview;
    private IReadOnlyList<MovableProject>? _found;

    /// <summary>The organization.</summary>
    [Parameter, EditorRequired]
    public required OrganizationAccess Access { get; set; }

    /// <summary>Where to.</summary>
    [Parameter, EditorRequired]
    public required WorkspaceRow Workspace { get; set; }

    [Inject]
    public required WorkspacesService Workspaces { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required DialogService Dialogs { get; init; }

    private IReadOnlyList<RadioCard<Guid>> Cards =>
        [.. _found!.Select(project => new RadioCard<Guid>(project.Id, project.Name, $"{project.Slug}, now in {project.Workspace}"))];

    protected override Task OnInitializedAsync() => SearchAsync("");

    private async Task SearchAsync(string text)
    {
        (_search, _projectId, _preview) = (text, Guid.Empty, null);
        var result = await Workspaces.FindOutsideAsync(await CurrentActor.GetAsync(), Access.Id, Workspace.Id, text);
        if (_search == text)
        {
            (_found, _error) = (result.Succeeded ? result.Value : null, result.Error);
        }
    }

    private async Task ChooseAsync(Guid projectId)
    {
        _projectId = projectId;
        await MoveAsync(preview: true);
    }

    private async Task MoveAsync(bool preview)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            var actor = await CurrentActor.GetAsync() with { DryRun = preview };
            var result = await Workspaces.MoveAsync(actor, Access.Id, _projectId, Workspace.Id);
            (_error, _preview) = (result.Error, preview && result.Succeeded ? result.Value : null);
            if (result.Succeeded && !preview)
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
