using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Organizations;

/// <summary>Ends what a person has in the organization, after showing what that takes.</summary>
public sealed partial class RemoveMemberDialog
{
    private string _heir = "";
    private string? _guard;
    private int _previews;
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

    private KeyChoice Keys => field ??= IsOwn ? new KeyChoice() : KeyChoice.Revoking;

    private string Description => IsOwn
        ? "Ends your membership, your teams and every role that you were given in its projects and workspaces, at once."
        : "Ends the membership, the teams and every role given in its projects and workspaces, at once. Requests that wait and invitations that this person sent end too.";

    // What is wrong with the heir stands beside the field.
    private Error? Refusal => _guard is not null && _error is (Invalid or LastAdmin) ? null : _error;

    private string? HeirProblem =>
        _error is LastAdmin && _heir != "" ? "This person cannot be Admin there." : (_error as Invalid)?.For(nameof(MemberRemoval.Heir));

    protected override Task OnInitializedAsync() => PreviewAsync();

    private Task NameAsync(string heir)
    {
        _heir = heir;
        return PreviewAsync();
    }

    private Task<Result<AccessChange>> RunAsync(Actor actor) =>
        IsOwn ? Members.LeaveAsync(actor, Access.Id) : Members.RemoveAsync(actor, Access.Id, new MemberRemoval(Row.UserId, _heir));

    // Only what was shown can be confirmed: with another heir something else happens.
    private async Task PreviewAsync()
    {
        var mine = ++_previews;
        _preview = null;
        var actor = await CurrentActor.GetAsync() with { DryRun = true };
        var result = await RunAsync(actor);
        if (result.Error is LastAdmin && !IsOwn && _guard is null && AdminSuccession.MayAppoint(Access.Access))
        {
            (_guard, _heir) = (result.Error.Message, actor.Name);
            result = await RunAsync(actor);
        }

        if (mine == _previews)
        {
            (_preview, _error) = (result.Succeeded ? result.Value : null, result.Error);
        }
    }

    private async Task ConfirmAsync()
    {
        if (_busy || _preview is null)
        {
            return;
        }

        _busy = true;
        try
        {
            var result = await RunAsync(Keys.Of(await CurrentActor.GetAsync()));
            _error = result.Error;
            if (result.Succeeded)
            {
                Dialogs.Close(true);
            }
            else
            {
                _preview = null;
            }
        }
        finally
        {
            _busy = false;
        }
    }
}
