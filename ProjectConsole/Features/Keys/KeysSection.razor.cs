using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Access;
using ProjectConsole.Components.Controls;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Keys;

/// <summary>The API keys of a project.</summary>
public sealed partial class KeysSection
{
    private Error? _error;
    private Error? _refusal;

    /// <summary>The project as this person may open it.</summary>
    [CascadingParameter]
    public required ProjectAccess Project { get; set; }

    /// <summary>What is shown, carried over from prerendering.</summary>
    [PersistentState]
    public LoadedKeys? Loaded { get; set; }

    [Inject]
    public required KeyDirectory Directory { get; init; }

    [Inject]
    public required KeysService Keys { get; init; }

    [Inject]
    public required PageReads Reads { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required DialogService Dialogs { get; init; }

    private KeyList? Shown => Loaded?.Versions == Project.Versions ? Loaded.List : null;

    protected override async Task OnParametersSetAsync()
    {
        if (Shown is null)
        {
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        var (scope, versions) = (Project.Scope, Project.Versions);
        var actor = await CurrentActor.GetAsync();
        var result = await Reads.TryAsync(() => Directory.ListAsync(actor, scope));
        (_error, Loaded) = (result.Error, result.Succeeded ? new LoadedKeys(versions, result.Value) : null);
    }

    private async Task RotateAsync(KeyListRow row)
    {
        var (actor, scope) = (await CurrentActor.GetAsync(), Project.Scope);
        if (await Dialogs.RotateAsync(row.Name, grace => row.IsOrganizationDefault
            ? Keys.RotateDefaultAsync(actor, scope.OrganizationId, grace)
            : Keys.RotateAsync(actor, scope, row.Id, grace)))
        {
            await LoadAsync();
        }
    }

    private async Task RevokeAsync(KeyListRow row)
    {
        if (await Dialogs.AskAsync($"Revoke {row.Name}?", "What uses it is refused from the next call on. A revoked key stays listed and cannot be brought back.", "Revoke key", isDanger: true))
        {
            _refusal = (await Keys.RevokeAsync(await CurrentActor.GetAsync(), Project.Scope, row.Id)).Error;
            await LoadAsync();
        }
    }
}

/// <summary>The keys of a project, and the access versions they were read under.</summary>
public sealed record LoadedKeys(AccessVersions Versions, KeyList List);
