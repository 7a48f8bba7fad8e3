using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Access;
using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Undo;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Collaborators;

/// <summary>Shows what removing a collaborator, or leaving, does, and does it.</summary>
public sealed partial class RemovalDialog
{
    private RemovalPreview _preview = null!;
    private string _heir = "";
    private string? _error;
    private bool _busy;
    private bool _isAsking;
    private int _previews;

    /// <summary>The project.</summary>
    [Parameter, EditorRequired]
    public required ProjectAccess Project { get; set; }

    /// <summary>Who is removed, a person or a team; null for oneself, who leaves.</summary>
    [Parameter, EditorRequired]
    public required Guid? PrincipalId { get; set; }

    /// <summary>What it would do.</summary>
    [Parameter, EditorRequired]
    public required RemovalPreview Preview { get; set; }

    [Inject]
    public required CollaboratorsService Collaborators { get; init; }

    [Inject]
    public required RemovalPreviewService Previews { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required DialogService Dialogs { get; init; }

    private KeyChoice Keys => field ??= IsLeaving ? new KeyChoice() : KeyChoice.Revoking;

    private bool IsLeaving => PrincipalId is null;

    private bool MayConfirm => _preview.Refusal is null || _preview.MayNameHeir;

    private string Origin => $"Granted directly on {TimeText.Date(_preview.Grant.GrantedUtc)} by {_preview.Grant.GrantedByName}.";

    private int Made => _preview.Stays.Sum(kind => kind.Count);

    private string StaysTitle => $"{Numbers.Whole(Made)} {(Made == 1 ? "resource stays" : "resources stay")} with {Project.Project.Name}";

    private string StaysText => AccessWords.List([.. _preview.Stays.Select(kind =>
        $"{Numbers.Whole(kind.Count)} {ResourceKind.InSentence(kind.Title)}")]) + ".";

    private string? HeirProblem => _preview.HeirProblem is LastAdmin ? "This person cannot be Admin there." : _preview.HeirProblem?.Message;

    protected override void OnInitialized() => (_preview, _heir) = (Preview, Preview.Heir ?? "");

    private async Task ConfirmAsync()
    {
        if (_busy || _isAsking || _preview.Change is null)
        {
            return;
        }

        _busy = true;
        try
        {
            var actor = Keys.Of(await CurrentActor.GetAsync());
            var heir = _preview.MayNameHeir ? _heir : null;
            var result = PrincipalId is { } principalId
                ? await Collaborators.RemoveAsync(actor, Project.Scope, new Removal(principalId, _preview.Grant.Version, heir))
                : await Collaborators.LeaveAsync(actor, Project.Scope, heir);
            await ShowAsync(actor, result);
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task ShowAsync(Actor actor, Result<AccessChange> result)
    {
        if (result.Succeeded)
        {
            Dialogs.Close(new DoneAct(IsLeaving ? $"You left {Project.Project.Name}." : $"{_preview.Name} no longer has a grant on {Project.Project.Name}.", result.Value.EntryId));
            return;
        }

        _error = result.Error.Message;
        if (result.Error is Stale or LastAdmin)
        {
            await PreviewAsync(actor with { RevokedKeys = [] }, result.Error is Stale ? "Somebody changed this meanwhile. Below is what removal does now." : null);
        }
    }

    private async Task NameAsync(string heir)
    {
        _heir = heir;
        await PreviewAsync(await CurrentActor.GetAsync(), null);
    }

    // Only what was shown can be confirmed: with another heir something else happens.
    private async Task PreviewAsync(Actor actor, string? told)
    {
        var mine = ++_previews;
        _isAsking = true;
        var fresh = PrincipalId is { } principalId
            ? await Previews.OfRemovalAsync(actor, Project.Scope, principalId, _heir)
            : await Previews.OfLeavingAsync(actor, Project.Scope, _heir);
        if (mine == _previews)
        {
            (_preview, _error, _isAsking) = (fresh.Succeeded ? fresh.Value : _preview with { Change = null }, fresh.Error?.Message ?? told, false);
        }
    }
}
