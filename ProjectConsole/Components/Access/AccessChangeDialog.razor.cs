using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Components.Access;

/// <summary>
/// Asks before an act that takes access: shows what it changes for whom, and where it would leave projects without an Admin,
/// asks who becomes one.
/// </summary>
public sealed partial class AccessChangeDialog
{
    private string _heir = "";
    private bool _needsHeir;
    private bool _busy;
    private Error? _error;
    private AccessChange? _preview;

    /// <summary>What happens, in a sentence.</summary>
    [Parameter, EditorRequired]
    public required string Description { get; set; }

    /// <summary>The act's verb.</summary>
    [Parameter, EditorRequired]
    public required string ConfirmLabel { get; set; }

    /// <summary>Names the state to come.</summary>
    [Parameter, EditorRequired]
    public required string AfterLabel { get; set; }

    /// <summary>The command: who acts, and the address of the heir, possibly empty.</summary>
    [Parameter, EditorRequired]
    public required Func<Actor, string, Task<Result<AccessChange>>> Act { get; set; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required DialogService Dialogs { get; init; }

    // With an heir to name the act may still pass.
    private bool IsBlocked => _error is not null && !_needsHeir;

    /// <summary>Opens it; true when the act was carried out.</summary>
    public static async Task<bool> AskAsync(
        DialogService dialogs, string title, string description, string confirm, string after, Func<Actor, string, Task<Result<AccessChange>>> act) =>
        await dialogs.OpenAsync<AccessChangeDialog>(
            title,
            new() { [nameof(Description)] = description, [nameof(ConfirmLabel)] = confirm, [nameof(AfterLabel)] = after, [nameof(Act)] = act },
            DialogLook.Question()) is true;

    /// <inheritdoc/>
    protected override Task OnInitializedAsync() => RunAsync(preview: true);

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
            var result = await Act(actor, _heir);
            _error = result.Error;
            _preview = preview && result.Succeeded ? result.Value : null;
            if (result.Error is LastAdmin && !_needsHeir)
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
