using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Resources;

/// <summary>One act on several resources: says beforehand for which it is possible, and afterwards what became of each.</summary>
public sealed partial class BulkResourcesDialog
{
    private List<Line> _lines = [];
    private bool _busy;
    private bool _isDone;

    /// <summary>Whose resources.</summary>
    [Parameter, EditorRequired]
    public required ResourcePlace Place { get; set; }

    /// <summary>Their kind.</summary>
    [Parameter, EditorRequired]
    public required ResourceKind Kind { get; set; }

    /// <summary>The resources.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<ResourceRow> Rows { get; set; }

    /// <summary>What is done to each; null to delete them.</summary>
    [Parameter]
    public ResourceAction? Action { get; set; }

    [Inject]
    public required ResourcesService Resources { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required DialogService Dialogs { get; init; }

    private bool IsDanger => Action is null or { IsDestructive: true };

    private string Verb => Action?.Title ?? "Delete";

    private int Possible => _lines.Count(line => line.IsPossible);

    protected override void OnInitialized() => _lines = [.. Rows.Select(Before)];

    private Line Before(ResourceRow row)
    {
        var state = Kind.Life.Of(row.State);
        return (Action is null ? !row.Acts.MayDelete : !row.Acts.MayOperate) ? new Line(row, "you may not do this to it", "block", "muted")
            : Action is null && state.IsRunning ? new Line(row, $"it is {state.Title}, so it stays", "block", "muted")
            : Action is { } action && !action.From.Contains(row.State) ? new Line(row, $"it is {state.Title}, so nothing is done", "block", "muted")
            : new Line(row, Action is { } to ? $"{state.Title} → {Kind.Life.Of(to.To).Title}" : "is deleted", "arrow_forward", "secondary") { IsPossible = true };
    }

    private async Task RunAsync()
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            var actor = await CurrentActor.GetAsync();
            for (var index = 0; index < _lines.Count; index++)
            {
                _lines[index] = _lines[index].IsPossible ? After(_lines[index].Row, await RunAsync(actor, _lines[index].Row)) : _lines[index];
            }

            _isDone = true;
        }
        finally
        {
            _busy = false;
        }
    }

    private Task<Result> RunAsync(Actor actor, ResourceRow row) => Action is { } action
        ? Resources.ActAsync(actor, Place.Owner, Kind, row.Id, action.Name, version: null)
        : Resources.DeleteAsync(actor, Place.Owner, Kind, row.Id, version: null);

    private Line After(ResourceRow row, Result result) => result.Succeeded
        ? new Line(row, Action is { } action ? $"{Kind.Life.Of(action.To).Title} now" : "deleted", "check_circle", "text-success") { IsPossible = true }
        : new Line(row, result.Error.Message, "error", "text-danger");

    private void Close()
    {
        var left = _lines.Count - Possible;
        Dialogs.Close(left == 0 ? $"{Numbers.Whole(Possible)} done." : $"{Numbers.Whole(Possible)} done, {Numbers.Whole(left)} left as they are.");
    }

    private sealed record Line(ResourceRow Row, string Text, string Icon, string Class)
    {
        public bool IsPossible { get; init; }
    }
}
