using Microsoft.AspNetCore.Components;
using ProjectConsole.Domain.Access;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Collaborators;

/// <summary>Adds one or several people by address. It closes by itself once everybody typed is added.</summary>
public sealed partial class AddCollaboratorDialog
{
    private readonly List<string> _added = [];
    private string _addresses = "";
    private string? _role = ProjectRole.Developer.Key;
    private bool _isExternal;
    private bool _busy;
    private bool _closed;
    private string? _error;
    private IReadOnlyList<AdditionLine> _lines = [];

    /// <summary>The project.</summary>
    [Parameter, EditorRequired]
    public required ProjectAccess Project { get; set; }

    [Inject]
    public required CollaboratorsService Collaborators { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required DialogService Dialogs { get; init; }

    private bool AllowsExternal => Project.Access.Facts.Organization is { AllowsExternalCollaborators: true };

    private string RoleTitle => ProjectRole.Find(_role)?.Title ?? "";

    private string Done => _added.Count == 1
        ? $"{_added[0]} is a collaborator of {Project.Project.Name} now."
        : $"{_added.Count} people are collaborators of {Project.Project.Name} now.";

    private void Close()
    {
        _closed = true;
        Dialogs.Close(_added.Count == 0 ? null : Done);
    }

    private async Task ConfirmAsync()
    {
        // The second half of a double click can arrive after the first has closed the dialog.
        if (_busy || _closed || ProjectRole.Find(_role) is not { } role)
        {
            return;
        }

        _busy = true;
        try
        {
            var result = await Collaborators.AddAllAsync(await CurrentActor.GetAsync(), Project.Scope, _addresses, role, _isExternal && AllowsExternal);
            Show(result);
        }
        finally
        {
            _busy = false;
        }
    }

    private void Show(Result<IReadOnlyList<AdditionLine>> result)
    {
        _lines = [];
        _error = result.Error?.Message;
        if (!result.Succeeded)
        {
            return;
        }

        _added.AddRange(result.Value.Where(line => line.Refusal is null).Select(line => line.Email));
        var refused = result.Value.Where(line => line.Refusal is not null).ToList();
        if (refused.Count == 0)
        {
            Close();
        }
        else if (result.Value.Count == 1)
        {
            _error = refused[0].Refusal!.Message;
        }
        else
        {
            // What is left to repair stays in the field.
            (_lines, _addresses) = (result.Value, string.Join('\n', refused.Select(line => line.Email)));
        }
    }
}
