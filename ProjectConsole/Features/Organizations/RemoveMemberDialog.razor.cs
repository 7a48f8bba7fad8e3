using Microsoft.AspNetCore.Components;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Organizations;

/// <summary>Ends what a person has in the organization, after showing what that takes.</summary>
public sealed partial class RemoveMemberDialog
{
    private string _heir = "";
    private bool _needsHeir;
    private bool _busy;
    private Error? _error;
    private AccessChange? _preview;

    /// <summary>The organization.</summary>
    [Parameter, EditorRequired]
    public required OrganizationAccess Access { get; set; }

    /// <summary>The person as listed.</summary>
    [Parameter, EditorRequired]
    public required MemberRow Row { get; set; }

    /// <summary>Whether the person leaves by themselves.</summary>
    [Parameter]
    public bool IsOwn { get; set; }

    [Inject]
    public required MembersService Members { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required DialogService Dialogs { get; init; }

    private string Description => IsOwn
        ? "Ends your membership, your teams and every role that you were given in its projects and workspaces, at once."
        : "Ends the membership, the teams and every role given in its projects and workspaces, at once. Requests that wait and invitations that this person sent end too.";

    // With an heir to name the act may still pass.
    private bool IsBlocked => _error is not null && !_needsHeir;

    protected override Task OnInitializedAsync() => RunAsync(preview: true);

    private Task ConfirmAsync() => RunAsync(preview: false);

    private async Task RunAsync(bool preview)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            var actor = await CurrentActor.GetAsync() with { DryRun = preview };
            var result = IsOwn
                ? await Members.LeaveAsync(actor, Access.Id)
                : await Members.RemoveAsync(actor, Access.Id, new MemberRemoval(Row.UserId, _heir));
            _error = result.Error;
            _preview = preview && result.Succeeded ? result.Value : null;
            if (result.Error is LastAdmin && !IsOwn && !_needsHeir)
            {
                (_needsHeir, _heir) = (true, actor.Name);
            }
            else if (result.Succeeded && !preview)
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
