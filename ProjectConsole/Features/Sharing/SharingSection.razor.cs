using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Access;
using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Sharing;

/// <summary>Both sides of a project's sharing: what waits for an answer, what it has from others, what others have from it.</summary>
public sealed partial class SharingSection
{
    private AccessVersions? _shown;
    private DateTime _nowUtc;
    private Error? _error;
    private Error? _refusal;
    private string? _status;
    private bool _busy;
    private RowMenu? _menu;

    /// <summary>The project.</summary>
    [CascadingParameter]
    public required ProjectAccess Project { get; set; }

    /// <summary>What is shown, carried over from prerendering.</summary>
    [PersistentState]
    public LoadedSharing? Loaded { get; set; }

    [Inject]
    public required SharingDirectory Directory { get; init; }

    [Inject]
    public required SharingService Shares { get; init; }

    [Inject]
    public required PageReads Reads { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required Radzen.DialogService Dialogs { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    private ProjectSharing? Sharing => Loaded?.Sharing;

    protected override async Task OnParametersSetAsync()
    {
        _nowUtc = Clock.GetUtcNow().UtcDateTime;
        if (_shown == Project.Versions)
        {
            return;
        }

        var isCarriedOver = _shown is null && Loaded?.Versions == Project.Versions;
        _shown = Project.Versions;
        if (!isCarriedOver)
        {
            await LoadAsync();
        }
    }

    private static ResourceKind KindOf(string name) => ResourceKinds.Get(name);

    private async Task LoadAsync()
    {
        var versions = Project.Versions;
        var actor = await CurrentActor.GetAsync();
        var result = await Reads.TryAsync(() => Directory.GetAsync(actor, Project.Scope));
        (Loaded, _error) = (result.Succeeded ? new LoadedSharing(versions, result.Value) : Loaded, result.Error);
    }

    private void OpenMenu(ShareRow row) => _menu!.Open(row.Name, [.. ItemsOf(row)]);

    private IEnumerable<MenuItem> ItemsOf(ShareRow row)
    {
        var isGiven = Sharing!.Given.Contains(row);
        if (row.MayAnswer)
        {
            yield return new MenuItem("Accept", "check") { OnClick = () => DoAsync(actor => Shares.AnswerAsync(actor, Project.Scope, row.Id, accepts: true), $"{row.Name} is accepted") };
            yield return new MenuItem("Decline", "close") { OnClick = () => DoAsync(actor => Shares.AnswerAsync(actor, Project.Scope, row.Id, accepts: false), $"{row.Name} is declined") };
        }
        else if (row.MayEnd)
        {
            yield return new MenuItem("End share", "link_off") { IsDanger = true, OnClick = () => EndAsync(row, isGiven) };
        }
    }

    private async Task EndAsync(ShareRow row, bool isGiven)
    {
        if (await Dialogs.AskToEndAsync(row, isGiven))
        {
            await DoAsync(actor => isGiven ? Shares.EndAsync(actor, ResourceOwner.Of(Project.Scope), KindOf(row.Kind), row.Id) : Shares.LeaveAsync(actor, Project.Scope, row.Id), $"The share of {row.Name} is ended");
        }
    }

    private Task HideAsync(VisibleResource resource) => DoAsync(
        actor => Shares.ShowToOrganizationAsync(actor, Project.Scope, KindOf(resource.Kind), resource.Id, isVisible: false), $"{resource.Name} is hidden from the organization");

    private async Task DoAsync(Func<Actor, Task<Result>> act, string done)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            var result = await act(await CurrentActor.GetAsync());
            (_refusal, _status) = (result.Error, result.Succeeded ? done : null);
            await LoadAsync();
            StateHasChanged();
        }
        finally
        {
            _busy = false;
        }
    }
}

/// <summary>What is shared, and the access versions it was read under.</summary>
public sealed record LoadedSharing(AccessVersions Versions, ProjectSharing Sharing);
