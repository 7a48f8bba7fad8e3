using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Access;
using ProjectConsole.Components.Controls;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Keys;

/// <summary>The personal tokens of whoever is signed in.</summary>
public sealed partial class TokensPage
{
    private Error? _error;
    private Error? _refusal;

    /// <summary>What is shown, carried over from prerendering.</summary>
    [PersistentState]
    public TokenList? Loaded { get; set; }

    [Inject]
    public required TokensService Tokens { get; init; }

    [Inject]
    public required PageReads Reads { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required DialogService Dialogs { get; init; }

    private IReadOnlyList<KeyListRow>? Rows => Loaded?.Rows;

    protected override async Task OnInitializedAsync()
    {
        if (Loaded is null)
        {
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        var actor = await CurrentActor.GetAsync();
        var result = await Reads.TryAsync(() => Tokens.ListAsync(actor));
        (_error, Loaded) = (result.Error, result.Succeeded ? result.Value : null);
    }

    private async Task RotateAsync(KeyListRow row)
    {
        var actor = await CurrentActor.GetAsync();
        if (await Dialogs.RotateAsync(row.Name, grace => Tokens.RotateAsync(actor, row.Id, grace)))
        {
            await LoadAsync();
        }
    }

    private async Task RevokeAsync(KeyListRow row)
    {
        if (await Dialogs.AskAsync($"Revoke {row.Name}?", "What uses it is refused from the next call on. A revoked token stays listed and cannot be brought back.", "Revoke token", isDanger: true))
        {
            _refusal = (await Tokens.RevokeAsync(await CurrentActor.GetAsync(), row.Id)).Error;
            await LoadAsync();
        }
    }
}
