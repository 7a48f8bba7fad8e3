using Microsoft.AspNetCore.Components;
using ProjectConsole.Domain.Access;
using ProjectConsole.Features.Undo;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Collaborators;

/// <summary>Adds one or several people and teams. It closes by itself once everybody typed is added.</summary>
public sealed partial class AddCollaboratorDialog
{
    private readonly List<(string Name, long? EntryId)> _added = [];
    private string _addresses = "";
    private string? _role = ProjectRole.Developer.Key;
    private EndChoice _end = new(EndChoice.Never);
    private Guid? _restriction;
    private bool _isExternal;
    private bool _busy;
    private bool _closed;
    private int _previews;
    private string? _error;
    private IReadOnlyList<ActLine> _lines = [];
    private AccessChange? _change;

    /// <summary>The project.</summary>
    [Parameter, EditorRequired]
    public required ProjectAccess Project { get; set; }

    /// <summary>What can be chosen.</summary>
    [Parameter, EditorRequired]
    public required CollaboratorChoices Choices { get; set; }

    [Inject]
    public required CollaboratorsService Collaborators { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required DialogService Dialogs { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    private bool AllowsExternal => Project.Access.Facts.Organization is { AllowsExternalCollaborators: true };

    private string RoleTitle => Choices.Roles.FirstOrDefault(role => role.Key == _role)?.Title ?? "";

    private PermissionSet RoleGiven => Choices.Roles.FirstOrDefault(role => role.Key == _role)?.Permissions ?? PermissionSet.Empty;

    private string Done => _added.Count == 1
        ? $"{_added[0].Name} is a collaborator of {Project.Project.Name} now."
        : $"{_added.Count} are collaborators of {Project.Project.Name} now.";

    private NewCollaborator Terms => new("", _role ?? "", _isExternal && AllowsExternal)
    {
        ExpiresUtc = _end.At(Clock.GetUtcNow().UtcDateTime),
        RestrictionId = _restriction,
    };

    private void Close()
    {
        _closed = true;
        Dialogs.Close(_added.Count == 0 ? null : new DoneAct(Done, _added.Count == 1 ? _added[0].EntryId : null));
    }

    private Task RoleAsync(string? role)
    {
        _role = role;
        return PreviewAsync();
    }

    private Task EndAsync(EndChoice end)
    {
        _end = end;
        return PreviewAsync();
    }

    private Task RestrictionAsync(Guid? restriction)
    {
        _restriction = restriction;
        return PreviewAsync();
    }

    // Whether somebody outside has an account is told by the act alone, whose tries are counted.
    private async Task PreviewAsync()
    {
        var mine = ++_previews;
        _change = null;
        if (_busy || _closed || _isExternal || string.IsNullOrWhiteSpace(_addresses))
        {
            return;
        }

        var result = await Collaborators.AddAllAsync((await CurrentActor.GetAsync()) with { DryRun = true }, Project.Scope, _addresses, Terms);
        if (mine == _previews && result.Succeeded)
        {
            var people = result.Value.SelectMany(line => line.Change?.People ?? []).DistinctBy(person => person.UserId).ToList();
            _change = people.Count == 0 ? null : new AccessChange(people) { MorePeople = result.Value.Sum(line => line.Change?.MorePeople ?? 0) };
        }
    }

    private async Task ConfirmAsync()
    {
        // The second half of a double click can arrive after the first has closed the dialog.
        if (_busy || _closed || _role is null)
        {
            return;
        }

        _busy = true;
        _previews++;
        try
        {
            Show(await Collaborators.AddAllAsync(await CurrentActor.GetAsync(), Project.Scope, _addresses, Terms));
        }
        finally
        {
            _busy = false;
        }
    }

    private void Show(Result<IReadOnlyList<ActLine>> result)
    {
        (_lines, _change) = ([], null);
        _error = result.Error?.Message;
        if (!result.Succeeded)
        {
            return;
        }

        _added.AddRange(result.Value.Where(line => line.Refusal is null).Select(line => (line.Name, line.Change?.EntryId)));
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
            (_lines, _addresses) = (result.Value, string.Join('\n', refused.Select(line => line.Name)));
        }
    }
}
