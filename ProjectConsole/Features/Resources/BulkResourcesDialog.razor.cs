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
    private readonly RadioCard<bool>[] _ways =
        [new(false, "Those that can", "The others stay as they are."), new(true, "All or nothing", "Nothing is changed unless all can be.")];

    private List<Line> _lines = [];
    private bool _isAllOrNothing;
    private bool _busy;
    private bool _isDone;
    private string? _problem;

    /// <summary>The resources; of one owner, or of several projects.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<PickedResource> Picked { get; set; }

    /// <summary>What is done to each; null to delete them.</summary>
    [Parameter]
    public ResourceAction? Action { get; set; }

    /// <summary>What runs, for those who wait after the dialog was closed.</summary>
    [Parameter, EditorRequired]
    public required BulkRun Run { get; set; }

    [Inject]
    public required ResourceBulkService Bulk { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required DialogService Dialogs { get; init; }

    private string Effect => Action?.Effect ?? "Each is deleted for good, with its history, unless something depends on it.";

    private bool IsDanger => Action is null or { IsDestructive: true };

    private bool IsOfOneOwner => Picked.Select(picked => picked.Owner).Distinct().Count() == 1;

    private string Verb => Action?.Title ?? "Delete";

    private int Possible => _lines.Count(line => line.IsPossible);

    private bool MayRun => Possible > 0 && (!_isAllOrNothing || Possible == _lines.Count);

    private int Done => _lines.Count(line => line.IsDone);

    private string Summary => Done == _lines.Count ? $"{Numbers.Whole(Done)} done." : $"{Numbers.Whole(Done)} done, {Numbers.Whole(_lines.Count - Done)} left as they are.";

    protected override async Task OnInitializedAsync()
    {
        _lines = [.. Picked.Select(Before)];
        await ActAsync((await CurrentActor.GetAsync()) with { DryRun = true }, Before);
    }

    private async Task RunAsync()
    {
        if (_busy || !MayRun)
        {
            return;
        }

        _busy = true;
        try
        {
            var running = ActAsync(await CurrentActor.GetAsync(), After);
            // Escape closes the dialog and ends nothing: whoever opened it waits for what was begun.
            Run.Ends = SummaryAsync(running);
            _isDone = await running;
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task<string> SummaryAsync(Task running)
    {
        await running;
        return Summary;
    }

    // A transaction for each owner: what is of several projects is several acts, and where one is refused the others are done.
    private async Task<bool> ActAsync(Actor actor, Func<PickedResource, Line> done)
    {
        (_problem, var isAnyDone) = (null, false);
        foreach (var group in Picked.Where(picked => _lines.Exists(line => line.Id == picked.Row.Id && line.IsPossible)).GroupBy(picked => picked.Owner).ToList())
        {
            var picked = group.ToDictionary(row => row.Row.Id);
            var result = await Bulk.RunAsync(actor, group.Key, new BulkResources([.. picked.Keys], Action?.Name, _isAllOrNothing && !actor.DryRun));
            _problem ??= result.Error?.Message;
            var answer = result.Succeeded ? result.Value : new BulkOutcome([.. picked.Keys.Select(id => new BulkLine(id, result.Error))], IsDone: false);
            isAnyDone |= answer.IsDone;
            foreach (var outcome in answer.Lines.Where(outcome => outcome.Refusal is not null || answer.IsDone))
            {
                var index = _lines.FindIndex(line => line.Id == outcome.Id);
                _lines[index] = outcome.Refusal is null ? done(picked[outcome.Id]) : Refused(_lines[index], outcome.Refusal);
            }
        }

        return isAnyDone;
    }

    private Line Before(PickedResource picked)
    {
        var (row, kind) = (picked.Row, picked.Kind);
        var state = kind.Life.Of(row.State);
        return (Action is null ? !row.Acts.MayDelete : !row.Acts.MayOperate) ? new Line(row.Id, row.Name, "you may not do this to it", "block", "muted")
            : Action is null && state.IsRunning ? new Line(row.Id, row.Name, $"it is {state.Title}, so it stays", "block", "muted")
            : Action is not null && kind.Life.Find(Action.Name)?.From.Contains(row.State) is not true ? new Line(row.Id, row.Name, $"it is {state.Title}, so nothing is done", "block", "muted")
            : new Line(row.Id, row.Name, Action is null ? "is deleted" : $"{state.Title} → {StateAfter(kind)}", "arrow_forward", "secondary") { IsPossible = true };
    }

    private Line After(PickedResource picked) =>
        new(picked.Row.Id, picked.Row.Name, Action is null ? "deleted" : $"{StateAfter(picked.Kind)} now", "check_circle", "text-success") { IsDone = true };

    private string StateAfter(ResourceKind kind) => kind.Life.Of(kind.Life.Find(Action!.Name)!.To).Title;

    private static Line Refused(Line line, Error refusal) => new(line.Id, line.Name, refusal.Message, "error", "text-danger");

    private sealed record Line(Guid Id, string Name, string Text, string Icon, string Class)
    {
        public bool IsPossible { get; init; }

        public bool IsDone { get; init; }

        // Most refusals begin with the name.
        public string Sentence => Text.StartsWith(Name, StringComparison.Ordinal) ? Text : $"{Name}: {Text}";
    }
}

/// <summary>What a dialog has begun.</summary>
public sealed class BulkRun
{
    /// <summary>Answers what was done, once it is; null while nothing was begun.</summary>
    public Task<string>? Ends { get; set; }
}
