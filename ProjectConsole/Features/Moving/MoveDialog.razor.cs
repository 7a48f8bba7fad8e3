using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Access;
using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Resources;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Moving;

/// <summary>Asks into which project resources move, and says beforehand what is in the way.</summary>
public sealed partial class MoveDialog
{
    private const int MostShown = 12;

    private MoveTargetList? _targets;
    private ResourceDetail? _detail;
    private string _search = "";
    private string _slug = "";
    private Error? _error;
    private bool _isPossible;
    private bool _busy;

    /// <summary>Whose resources.</summary>
    [Parameter, EditorRequired]
    public required ResourceOwner From { get; set; }

    /// <summary>The resources.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<ResourceRow> Rows { get; set; }

    [Inject]
    public required MovingService Moving { get; init; }

    [Inject]
    public required MoveTargets Targets { get; init; }

    [Inject]
    public required ResourceDetailService Details { get; init; }

    [Inject]
    public required PageReads Reads { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required DialogService Dialogs { get; init; }

    private string Description => Rows.Count == 1
        ? "It belongs to that project from then on and counts against its limits. Its history stays with it."
        : "They belong to that project from then on and count against its limits. All of them move, or none.";

    private string Title => _targets?.Rows.FirstOrDefault(target => target.Slug == _slug)?.Name ?? _slug;

    protected override async Task OnInitializedAsync()
    {
        await FindAsync();
        if (Rows is [var only])
        {
            var actor = await CurrentActor.GetAsync();
            var detail = await Reads.TryAsync(() => Details.GetAsync(actor, From, ResourceKinds.Get(only.Kind), only.Name));
            _detail = detail.Succeeded ? detail.Value : null;
        }
    }

    private async Task SearchAsync()
    {
        await FindAsync();
        if (_targets?.Rows.Any(target => target.Slug == _slug) is not true)
        {
            (_slug, _isPossible) = ("", false);
        }
    }

    private async Task FindAsync()
    {
        var (actor, asked) = (await CurrentActor.GetAsync(), _search);
        var found = await Reads.TryAsync(() => Targets.ListAsync(actor, From, [.. Rows.Select(row => row.Kind).Distinct()], asked));
        if (asked == _search)
        {
            (_targets, _error) = (found.Succeeded ? found.Value : _targets, found.Error);
        }
    }

    // The command itself says what is in the way, before anybody presses the button.
    private async Task TryAsync()
    {
        var slug = _slug;
        (_error, _isPossible) = (null, false);
        if (slug != "")
        {
            var result = await RunAsync(await CurrentActor.GetAsync() with { DryRun = true }, slug);
            (_error, _isPossible) = slug == _slug ? (result.Error, result.Succeeded) : (_error, _isPossible);
        }
    }

    private async Task MoveAsync()
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            var result = await RunAsync(await CurrentActor.GetAsync(), _slug);
            (_error, _isPossible) = (result.Error, result.Succeeded);
            if (result.Succeeded)
            {
                Dialogs.Close(Rows is [var only] ? $"{only.Name} belongs to {Title} now." : $"{Numbers.Whole(Rows.Count)} resources belong to {Title} now.");
            }
        }
        finally
        {
            _busy = false;
        }
    }

    private Task<Result> RunAsync(Actor actor, string slug) => Moving.MoveAsync(actor, From, [.. Rows.Select(row => row.Id)], slug);
}
