using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Features.Undo;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Collaborators;

/// <summary>
/// What the dialogs that change one grant have in common: each choice runs the very command as a dry run and shows what it
/// would do, and only that can be confirmed.
/// </summary>
public abstract class GrantDialog : ComponentBase
{
    private int _previews;

    /// <summary>The project.</summary>
    [Parameter, EditorRequired]
    public required ProjectAccess Project { get; set; }

    /// <summary>The person or team as the list showed it.</summary>
    [Parameter, EditorRequired]
    public required CollaboratorRow Row { get; set; }

    /// <summary>What can be chosen.</summary>
    [Parameter, EditorRequired]
    public required CollaboratorChoices Choices { get; set; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required DialogService Dialogs { get; init; }

    /// <summary>What would change; null until something is chosen that can be done.</summary>
    internal AccessChange? Change { get; private set; }

    /// <summary>Why it cannot be done.</summary>
    internal string? Problem { get; private set; }

    /// <summary>The project would be left without an Admin, and the actor may name one.</summary>
    internal string? Guard { get; private set; }

    /// <summary>Somebody changed the grant meanwhile; confirming replaces that.</summary>
    internal bool IsStale { get; private set; }

    /// <summary>What becomes of the API keys of those who lose something.</summary>
    internal KeyChoice Keys { get; } = new();

    internal bool IsBusy { get; private set; }

    internal bool MayConfirm => !IsBusy && Change is not null;

    /// <summary>Address of the heir.</summary>
    internal string Heir { get; set; } = "";

    /// <summary>Whether what is chosen differs from what there is.</summary>
    protected abstract bool IsChanged { get; }

    /// <summary>The sentence for what was done.</summary>
    protected abstract string Done { get; }

    /// <summary>The version of what is changed, as the list showed it.</summary>
    protected abstract Guid? Seen { get; }

    /// <summary>Carries the command out.</summary>
    protected abstract Task<Result<AccessChange>> RunAsync(Actor actor, Guid? seen, string? heir);

    /// <summary>Shows what the present choice would do.</summary>
    internal async Task PreviewAsync()
    {
        var mine = ++_previews;
        (Change, Problem) = (null, null);
        if (!IsChanged)
        {
            Guard = null;
            return;
        }

        var actor = await CurrentActor.GetAsync();
        var result = await RunAsync(actor with { DryRun = true }, IsStale ? null : Seen, Guard is null ? null : Heir);
        if (result.Error is LastAdmin && Guard is null && AdminSuccession.MayAppoint(Project.Access))
        {
            (Guard, Heir) = (result.Error.Message, Row.IsYou ? "" : actor.Name);
            result = await RunAsync(actor with { DryRun = true }, IsStale ? null : Seen, Heir);
        }

        if (mine == _previews)
        {
            await ShowAsync(result);
        }
    }

    /// <summary>Does it.</summary>
    internal async Task ConfirmAsync()
    {
        if (!MayConfirm)
        {
            return;
        }

        IsBusy = true;
        try
        {
            var result = await RunAsync(Keys.Of(await CurrentActor.GetAsync()), IsStale ? null : Seen, Guard is null ? null : Heir);
            if (result.Succeeded)
            {
                Dialogs.Close(new DoneAct(Done, result.Value.EntryId));
            }
            else
            {
                await ShowAsync(result);
            }
        }
        finally
        {
            IsBusy = false;
        }
    }

    private async Task ShowAsync(Result<AccessChange> result)
    {
        if (result.Succeeded)
        {
            Change = result.Value;
        }
        else if (result.Error is Stale && !IsStale)
        {
            IsStale = true;
            await PreviewAsync();
        }
        else
        {
            Change = null;
            Problem = result.Error is LastAdmin && Guard is not null ? "This person cannot be the project's Admin." : result.Error.Message;
        }
    }
}
