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
    private readonly KeyChoice _keys = new();
    private string _heir = "";
    private string? _guard;
    private int _previews;
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

    /// <summary>Whether the actor may name who becomes Admin where nobody would be left.</summary>
    [Parameter]
    public bool MayNameHeir { get; set; }

    /// <summary>Whether it takes more than it gives, so that the button warns.</summary>
    [Parameter]
    public bool IsDanger { get; set; } = true;

    /// <summary>What else to show of a preview.</summary>
    [Parameter]
    public RenderFragment<AccessChange>? Further { get; set; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required DialogService Dialogs { get; init; }

    // What is wrong with the heir stands beside the field.
    private Error? Refusal => _guard is not null && _error is (Invalid or LastAdmin) ? null : _error;

    private string? HeirProblem => _error is LastAdmin && _heir != "" ? "This person cannot be Admin there." : (_error as Invalid)?.Message;

    /// <summary>Opens it; answers what was carried out, or null for nothing.</summary>
    public static async Task<AccessChange?> AskAsync(
        DialogService dialogs, string title, string description, string confirm, string after, Func<Actor, string, Task<Result<AccessChange>>> act,
        bool mayNameHeir = false, bool isDanger = true, RenderFragment<AccessChange>? further = null) =>
        await dialogs.OpenAsync<AccessChangeDialog>(
            title,
            new()
            {
                [nameof(Description)] = description,
                [nameof(ConfirmLabel)] = confirm,
                [nameof(AfterLabel)] = after,
                [nameof(Act)] = act,
                [nameof(MayNameHeir)] = mayNameHeir,
                [nameof(IsDanger)] = isDanger,
                [nameof(Further)] = further,
            },
            DialogLook.Question()) as AccessChange;

    /// <inheritdoc/>
    protected override Task OnInitializedAsync() => PreviewAsync();

    private Task NameAsync(string heir)
    {
        _heir = heir;
        return PreviewAsync();
    }

    // Only what was shown can be confirmed: with another heir something else happens.
    private async Task PreviewAsync()
    {
        var mine = ++_previews;
        _preview = null;
        var actor = await CurrentActor.GetAsync() with { DryRun = true };
        var result = await Act(actor, _heir);
        if (result.Error is LastAdmin && _guard is null && MayNameHeir)
        {
            (_guard, _heir) = (result.Error.Message, actor.Name);
            result = await Act(actor, _heir);
        }

        if (mine == _previews)
        {
            (_preview, _error) = (result.Succeeded ? result.Value : null, result.Error);
        }
    }

    private async Task ConfirmAsync()
    {
        if (_busy || _preview is null)
        {
            return;
        }

        _busy = true;
        try
        {
            var result = await Act(_keys.Of(await CurrentActor.GetAsync()), _heir);
            _error = result.Error;
            if (result.Succeeded)
            {
                Dialogs.Close(result.Value);
            }
            else
            {
                _preview = null;
            }
        }
        finally
        {
            _busy = false;
        }
    }
}
