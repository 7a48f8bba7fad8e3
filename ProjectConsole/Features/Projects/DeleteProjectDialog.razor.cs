using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Security;
using Radzen;

namespace ProjectConsole.Features.Projects;

/// <summary>Shows what a project holds and deletes it once its Project ID was typed.</summary>
public sealed partial class DeleteProjectDialog
{
    private const int MostNames = 20;

    private bool _isConfirmed;
    private bool _stopsRunning;
    private bool _busy;
    private string? _error;

    /// <summary>The project.</summary>
    [Parameter, EditorRequired]
    public required ProjectTarget Project { get; set; }

    /// <summary>What is inside.</summary>
    [Parameter, EditorRequired]
    public required ProjectInventory Inventory { get; set; }

    [Inject]
    public required DialogService Dialogs { get; init; }

    [Inject]
    public required ProjectLifeService Life { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    private string Description =>
        $"Nobody can open it any more. It can be restored until {TimeText.Date(Inventory.RestorableUntilUtc)}; its Project ID is never given out again.";

    private string PeopleText => Inventory.Collaborators switch
    {
        0 => "Nobody but the organization's own roles has access to it.",
        1 => "1 collaborator loses access.",
        var count => $"{Numbers.Whole(count)} collaborators lose access.",
    };

    private string SharesText => Inventory.SharesGiven == 1
        ? "1 share of it ends: others lose what they have from here."
        : $"{Numbers.Whole(Inventory.SharesGiven)} shares of it end: others lose what they have from here.";

    private bool MayDelete => _isConfirmed && (_stopsRunning || Inventory.Running.Count == 0);

    private static string Named(RunningKind kind) => kind.Names.Count <= MostNames
        ? string.Join(", ", kind.Names)
        : $"{string.Join(", ", kind.Names.Take(MostNames))} and {Numbers.Whole(kind.Names.Count - MostNames)} more";

    private async Task DeleteAsync()
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            var result = await Life.DeleteAsync(await CurrentActor.GetAsync(), Project.Scope, Project.Slug, _stopsRunning);
            _error = result.Error?.Message;
            if (result.Succeeded)
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
