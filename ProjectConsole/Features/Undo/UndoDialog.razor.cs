using Microsoft.AspNetCore.Components;
using ProjectConsole.Security;
using Radzen;

namespace ProjectConsole.Features.Undo;

/// <summary>Shows what undoing an entry changes, and undoes it.</summary>
public sealed partial class UndoDialog
{
    private AccessChange? _preview;
    private string? _problem;
    private bool _busy;

    /// <summary>What is undone.</summary>
    [Parameter, EditorRequired]
    public required UndoableAct Act { get; set; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required DialogService Dialogs { get; init; }

    protected override Task OnInitializedAsync() => RunAsync(dry: true);

    private async Task RunAsync(bool dry)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            var result = await Act.RunAsync(await CurrentActor.GetAsync() with { DryRun = dry });
            (_preview, _problem) = (result.Succeeded && dry ? result.Value : null, result.Error?.Message);
            if (result.Succeeded && !dry)
            {
                Dialogs.Close(new DoneAct("It was undone.", result.Value.EntryId));
            }
        }
        finally
        {
            _busy = false;
        }
    }
}
