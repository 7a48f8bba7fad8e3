using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Access;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Resources;

/// <summary>Asks before a resource is deleted, names what depends on it, and says beforehand what is in the way.</summary>
public sealed partial class DeleteResourceDialog
{
    private ResourceDependents? _dependents;
    private Error? _refusal;
    private bool _isPossible;
    private bool _busy;

    /// <summary>Whose resource.</summary>
    [Parameter, EditorRequired]
    public required ResourcePlace Place { get; set; }

    /// <summary>Its kind.</summary>
    [Parameter, EditorRequired]
    public required ResourceKind Kind { get; set; }

    /// <summary>The resource.</summary>
    [Parameter, EditorRequired]
    public required ResourceRow Row { get; set; }

    [Inject]
    public required ResourcesService Resources { get; init; }

    [Inject]
    public required ResourceDetailService Details { get; init; }

    [Inject]
    public required PageReads Reads { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required DialogService Dialogs { get; init; }

    protected override async Task OnInitializedAsync()
    {
        var actor = await CurrentActor.GetAsync();
        var found = await Reads.TryAsync(() => Details.ListDependentsAsync(actor, Place.Owner, Kind, Row.Id));
        // The command itself says what is in the way, before anybody presses the button.
        var tried = found.Succeeded ? await Reads.TryAsync(async () => (await RunAsync(actor with { DryRun = true })).With(true)) : found.Error;
        (_dependents, _refusal, _isPossible) = (found.Succeeded ? found.Value : null, tried.Error, tried.Succeeded);
    }

    private async Task DeleteAsync()
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            var result = await RunAsync(await CurrentActor.GetAsync());
            (_refusal, _isPossible) = (result.Error, result.Succeeded);
            if (result.Succeeded)
            {
                Dialogs.Close($"{Row.Name} is deleted.");
            }
        }
        finally
        {
            _busy = false;
        }
    }

    private Task<Result> RunAsync(Actor actor) => Resources.DeleteAsync(actor, Place.Owner, Kind, Row.Id, version: null);
}
