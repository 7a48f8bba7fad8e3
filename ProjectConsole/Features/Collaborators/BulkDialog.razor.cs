using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Access;
using ProjectConsole.Components.Controls;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Collaborators;

/// <summary>One act on several collaborators: shows a line for each and what changes, and asks what to do about those that cannot.</summary>
public sealed partial class BulkDialog
{
    private readonly RadioCard<bool>[] _ways =
        [new(false, "Those that can", "The others stay as they are."), new(true, "All or nothing", "Nothing is changed unless all can be.")];

    private string? _role;
    private EndChoice _end = new(EndChoice.Never);
    private Guid? _from;
    private bool _isAllOrNothing;
    private bool _busy;
    private int _previews;
    private string? _problem;
    private BulkAnswer? _answer;

    /// <summary>The project.</summary>
    [Parameter, EditorRequired]
    public required ProjectAccess Project { get; set; }

    /// <summary>What is done.</summary>
    [Parameter, EditorRequired]
    public required BulkKind Kind { get; set; }

    /// <summary>To whom.</summary>
    [Parameter]
    public IReadOnlyList<Guid> Principals { get; set; } = [];

    /// <summary>What can be chosen.</summary>
    [Parameter, EditorRequired]
    public required CollaboratorChoices Choices { get; set; }

    [Inject]
    public required BulkService Bulk { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required DialogService Dialogs { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    private KeyChoice Keys => field ??= Kind == BulkKind.Removal ? KeyChoice.Revoking : new KeyChoice();

    private bool IsComplete => Kind switch
    {
        BulkKind.Role => _role is not null,
        BulkKind.Expiry => _end.IsComplete,
        BulkKind.Copy => _from is not null,
        _ => true,
    };

    private bool MayConfirm => !_busy && IsComplete && _answer is { Change: not null };

    private string Can => Kind switch { BulkKind.Removal => "is removed", BulkKind.Copy => "is added", _ => "is changed" };

    private string Confirm => Kind switch
    {
        BulkKind.Role => "Change roles",
        BulkKind.Expiry => "Set expiry",
        BulkKind.Copy => "Add collaborators",
        _ => "Confirm removal",
    };

    protected override async Task OnInitializedAsync()
    {
        _role = Kind == BulkKind.Role ? Choices.Roles.FirstOrDefault(role => role.Key == "developer")?.Key : null;
        await PreviewAsync();
    }

    private async Task PreviewAsync()
    {
        var mine = ++_previews;
        (_answer, _problem) = (null, null);
        if (!IsComplete)
        {
            return;
        }

        var result = await RunAsync((await CurrentActor.GetAsync()) with { DryRun = true });
        if (mine == _previews)
        {
            _answer = result.Succeeded ? result.Value : null;
            _problem = result.Error?.Message;
        }
    }

    private Task<Result<BulkAnswer>> RunAsync(Actor actor) => Kind switch
    {
        BulkKind.Copy => Bulk.CopyAsync(actor, Project.Scope, new CollaboratorCopy(_from!.Value, _isAllOrNothing)),
        BulkKind.Role => Bulk.ChangeAsync(actor, Project.Scope, new BulkChange(Principals, new BulkAct.Role(_role!), _isAllOrNothing)),
        BulkKind.Expiry => Bulk.ChangeAsync(actor, Project.Scope, new BulkChange(Principals, new BulkAct.Expiry(_end.At(Clock.GetUtcNow().UtcDateTime)), _isAllOrNothing)),
        _ => Bulk.ChangeAsync(actor, Project.Scope, new BulkChange(Principals, new BulkAct.Removal(), _isAllOrNothing)),
    };

    private async Task ConfirmAsync()
    {
        if (!MayConfirm)
        {
            return;
        }

        _busy = true;
        try
        {
            var result = await RunAsync(Keys.Of(await CurrentActor.GetAsync()));
            if (result is { Succeeded: true, Value.Change: not null })
            {
                var done = result.Value;
                Dialogs.Close(done.Refused == 0 ? $"{Numbers.Whole(done.Done)} done." : $"{Numbers.Whole(done.Done)} done, {Numbers.Whole(done.Refused)} left as they are.");
                return;
            }

            (_answer, _problem) = (result.Succeeded ? result.Value : null, result.Error?.Message ?? "Nothing was changed: something is different from what was shown.");
        }
        finally
        {
            _busy = false;
        }
    }

    private Task ChooseAsync(Action choose)
    {
        choose();
        return PreviewAsync();
    }
}
