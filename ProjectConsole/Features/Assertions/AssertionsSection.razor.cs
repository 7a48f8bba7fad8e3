using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Access;
using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Access;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Assertions;

/// <summary>The assertions of the organization, each with whether it holds.</summary>
public sealed partial class AssertionsSection
{
    private OrganizationAccess? _shown;
    private Error? _error;
    private RowMenu? _menu;

    [CascadingParameter]
    public required OrganizationAccess Access { get; set; }

    [Inject]
    public required AssertionsService Assertions { get; init; }

    [Inject]
    public required PageReads Reads { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required DialogService Dialogs { get; init; }

    [Inject]
    public required NotificationService Notifications { get; init; }

    /// <summary>What is shown, carried over from prerendering.</summary>
    [PersistentState]
    public LoadedAssertions? Loaded { get; set; }

    private IReadOnlyList<AssertionRow>? Rows => Loaded?.Rows;

    private bool MayManage => Access.May(Permissions.AssertionsManage);

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == Access)
        {
            return;
        }

        var isCarriedOver = _shown is null && Loaded?.Versions == Access.Versions;
        _shown = Access;
        if (!isCarriedOver)
        {
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        var versions = Access.Versions;
        var actor = await CurrentActor.GetAsync();
        var result = await Reads.TryAsync(() => Assertions.ListAsync(actor, Access.Id));
        (Loaded, _error) = (result.Succeeded ? new LoadedAssertions(versions, result.Value) : null, result.Error);
    }

    private void OpenMenu(AssertionRow row)
    {
        var items = new List<MenuItem> { new("Who breaks it?", "person_search") { OnClick = () => OpenAsync(row) } };
        if (MayManage)
        {
            items.Add(new MenuItem("Delete", "delete") { OnClick = () => DeleteAsync(row), IsDanger = true, StartsGroup = true });
        }

        _menu!.Open(row.Sentence, items);
    }

    private async Task OpenAsync(AssertionRow row) => await Dialogs.OpenSideAsync<AssertionPanel>(
        "Who breaks it?", new() { [nameof(AssertionPanel.Access)] = Access, [nameof(AssertionPanel.AssertionId)] = row.Id }, DialogLook.Panel());

    private async Task CreateAsync()
    {
        if (await Dialogs.OpenAsync<AssertionDialog>("Write assertion", new() { [nameof(AssertionDialog.Access)] = Access }, DialogLook.Form()) is true)
        {
            await ReloadAsync();
        }
    }

    private async Task DeleteAsync(AssertionRow row)
    {
        if (!await Dialogs.AskAsync("Delete this assertion?", $"{row.Sentence} From then on nothing is checked against it. Nobody's access changes.", "Delete assertion", isDanger: true))
        {
            return;
        }

        var result = await Assertions.DeleteAsync(await CurrentActor.GetAsync(), Access.Id, row.Id);
        Notifications.Notify(result.Succeeded ? NotificationSeverity.Success : NotificationSeverity.Error, result.Error?.Message ?? "The assertion was deleted.");
        await ReloadAsync();
    }

    private async Task ReloadAsync()
    {
        await LoadAsync();
        StateHasChanged();
    }
}

/// <summary>The assertions, and the access versions they were read under.</summary>
public sealed record LoadedAssertions(AccessVersions Versions, IReadOnlyList<AssertionRow> Rows);
