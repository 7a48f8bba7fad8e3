using Microsoft.AspNetCore.Components;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Collaborators;

/// <summary>Gives a collaborator another role.</summary>
public sealed partial class ChangeRoleDialog
{
    private string? _role;
    private string? _error;
    private string? _guard;
    private bool _isStale;
    private bool _asksHeir;
    private string _heir = "";
    private bool _busy;

    /// <summary>The project.</summary>
    [Parameter, EditorRequired]
    public required ProjectAccess Project { get; set; }

    /// <summary>The collaborator as the list showed them.</summary>
    [Parameter, EditorRequired]
    public required CollaboratorRow Row { get; set; }

    [Inject]
    public required CollaboratorsService Collaborators { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required DialogService Dialogs { get; init; }

    protected override void OnInitialized() => _role = Row.Grant?.RoleKey;

    private async Task SaveAsync()
    {
        if (_busy || ProjectRole.Find(_role) is not { } role)
        {
            return;
        }

        _busy = true;
        try
        {
            var actor = await CurrentActor.GetAsync();
            // Once told that somebody else changed it, saving again is the choice to replace that.
            var change = new RoleChange(Row.UserId, role, _isStale ? null : Row.Grant?.Version, _asksHeir ? _heir : null);
            Show((await Collaborators.ChangeRoleAsync(actor, Project.Scope, change)).Error, role, actor);
        }
        finally
        {
            _busy = false;
        }
    }

    private void Show(Error? refusal, ProjectRole role, Actor actor)
    {
        _error = null;
        switch (refusal)
        {
            case null:
                Dialogs.Close($"{Row.Email} is {role.Title} of {Project.Project.Name} now.");
                break;
            case Stale:
                _isStale = true;
                break;
            case LastAdmin when _asksHeir:
                (_error, _guard) = ("This person cannot be the project's Admin.", refusal.Message);
                break;
            case LastAdmin when AdminSuccession.MayAppoint(Project.Access):
                (_guard, _asksHeir, _heir) = (refusal.Message, true, Row.IsYou ? "" : actor.Name);
                break;
            default:
                _error = refusal.Message;
                break;
        }
    }
}
