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
    private HeirChoice _choice;
    private string? _heir;
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

    protected override void OnInitialized()
    {
        _role = Row.Grant?.RoleKey;
        _choice = Row.IsYou ? HeirChoice.Another : HeirChoice.Myself;
    }

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
            var heir = !_asksHeir ? null : _choice == HeirChoice.Myself ? actor.Name : _heir;
            // Once told that somebody else changed it, saving again is the choice to replace that.
            var change = new RoleChange(Row.UserId, role, _isStale ? null : Row.Grant?.Version, heir);
            Show((await Collaborators.ChangeRoleAsync(actor, Project.Scope, change)).Error, role);
        }
        finally
        {
            _busy = false;
        }
    }

    private void Show(Error? refusal, ProjectRole role)
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
            case LastAdmin when CollaboratorRules.MayNameHeir(Project.Access):
                (_error, _guard, _asksHeir) = (_asksHeir ? "This person cannot be the project's Admin." : null, refusal.Message, true);
                break;
            default:
                _error = refusal.Message;
                break;
        }
    }
}
