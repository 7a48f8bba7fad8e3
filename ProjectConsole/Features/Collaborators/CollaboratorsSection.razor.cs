using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Access;
using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Access;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Collaborators;

/// <summary>Who has access to a project. The state of the list is in the address.</summary>
public sealed partial class CollaboratorsSection
{
    private CollaboratorQuery _query = new();
    private (ProjectScope Project, AccessVersions Versions, CollaboratorQuery Query)? _asked;
    private HashSet<Guid> _changed = [];
    private DateTime _nowUtc;
    private Error? _problem;
    private string? _status;
    private bool _busy;
    private RowMenu? _menu;

    /// <summary>The rows; carried over from prerendering.</summary>
    [PersistentState]
    public LoadedCollaborators? Loaded { get; set; }

    /// <summary>The project.</summary>
    [CascadingParameter]
    public required ProjectAccess Project { get; set; }

    [Inject]
    public required CollaboratorListService Collaborators { get; init; }

    [Inject]
    public required CollaboratorDialogs Acts { get; init; }

    [Inject]
    public required ProjectConsole.Features.Invitations.InvitationDialogs Invitations { get; init; }

    [Inject]
    public required PageReads Reads { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required SearchNavigation Searches { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    private CollaboratorList? List => Loaded?.List;

    private bool MayAdd => Project.May(Permissions.CollaboratorsAdd);

    protected override async Task OnParametersSetAsync()
    {
        _query = CollaboratorAddress.Read(Asked);
        var (asked, before) = ((Project.Scope, Project.Versions, _query), _asked);
        _asked = asked;
        _nowUtc = Clock.GetUtcNow().UtcDateTime;
        _changed = before?.Query == _query ? _changed : [];
        if (before is null ? Loaded?.Versions != Project.Versions : before != asked)
        {
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        var (asked, versions, before) = (_query, Project.Versions, List);
        var actor = await CurrentActor.GetAsync();
        var result = await Reads.TryAsync(() => Collaborators.ListAsync(actor, Project.Scope, asked));
        if (asked != _query)
        {
            return;
        }

        _nowUtc = Clock.GetUtcNow().UtcDateTime;
        _problem = result.Error;
        if (result.Succeeded)
        {
            Loaded = new LoadedCollaborators(versions, result.Value);
            Mark(before, result.Value);
        }
    }

    // One's own act reads the list twice, once for the page that asks its access again: the second reading finds nothing new.
    private void Mark(CollaboratorList? before, CollaboratorList after)
    {
        HashSet<Guid> changed = before is null ? [] : [.. LoadedCollaborators.Differences(before, after)];
        _changed = changed.Count > 0 ? changed : _changed;
    }

    private void OpenMenu(CollaboratorRow row) => _menu!.Open(row.Name, CollaboratorMenu.Of(row, act => DoAsync(() => act(Acts)), Project));

    private Task AddAsync() => DoAsync(() => Invitations.AddOrInviteAsync(Project, () => Acts.AddAsync(Project)));

    private async Task DoAsync(Func<Task<string?>> act)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            if (await act() is { } done)
            {
                _status = done;
                await LoadAsync();
            }
        }
        finally
        {
            _busy = false;
        }
    }
}
