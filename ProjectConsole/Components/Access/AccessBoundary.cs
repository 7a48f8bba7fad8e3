using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Controls;
using ProjectConsole.Components.Layout;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Components.Access;

/// <summary>
/// What the boundaries of projects and of organizations have in common: they open what the address names, answer 404 where
/// that fails, and ask the decision again while the page is open.
/// </summary>
/// <typeparam name="TAccess">What the page inside may know of where it is.</typeparam>
public abstract partial class AccessBoundary<TAccess> : ComponentBase, IDisposable
    where TAccess : class
{
    private string? _address;
    private string? _workspaceKey;
    private AccessSubscription? _watched;
    private bool _disposed;
    private Actor? _owedFarewell;

    /// <summary>The page.</summary>
    [Parameter, EditorRequired]
    public required RenderFragment ChildContent { get; set; }

    [Inject]
    public required AccessControl Decisions { get; init; }

    [Inject]
    public required AccessWatch Watch { get; init; }

    [Inject]
    public required ScopeFinder Scopes { get; init; }

    [Inject]
    public required ScopeSwitchers Switchers { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required OwnDeparture Departure { get; init; }

    [Inject]
    public required RefusedVisits RefusedVisits { get; init; }

    [Inject]
    public required PagePlace Header { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required NotificationService Notifications { get; init; }

    [CascadingParameter]
    private HttpContext? Http { get; set; }

    /// <summary>The decision that the page shows; null until it is made and after it was lost.</summary>
    protected TAccess? Access { get; private set; }

    /// <summary>Why the section is not shown; null when it is.</summary>
    protected Error? Refusal { get; private set; }

    /// <summary>Whether the header shows workspaces, and which.</summary>
    protected WorkspaceLevel Workspace { get; private set; }

    /// <summary>What of the address names where the page is; a change of it opens anew.</summary>
    protected abstract string Address { get; }

    /// <summary>The organization's slug and the Project ID of the address; no Project ID on a page of the organization.</summary>
    protected abstract (string Organization, string? Project) Place { get; }

    /// <summary>What of the address names the workspace; a change of it reads only that anew.</summary>
    protected virtual string? WorkspaceKey => null;

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        Departure.Stayed -= OnStayed;
        _watched?.Dispose();
        Header.Leave(this);
        GC.SuppressFinalize(this);
    }

    /// <summary>Asks the decision; null where there is none.</summary>
    protected abstract Task<TAccess?> DecideAsync(Actor actor);

    /// <summary>Reads which workspace the header shows.</summary>
    protected abstract Task<WorkspaceLevel> FindWorkspaceAsync(TAccess access);

    /// <summary>Watches what the decision was made from.</summary>
    protected abstract AccessSubscription Subscribe(TAccess access, Func<Task> changed, Func<Task> lost);

    /// <summary>Tells the watch which decision the page shows now.</summary>
    protected abstract void Update(AccessSubscription watched, TAccess access);

    /// <summary>Why the person may not open the section; null where it is open.</summary>
    protected abstract Error? Refuse(TAccess access);

    /// <summary>The scope path of the header.</summary>
    protected abstract IEnumerable<ScopeLevel> LevelsOf(TAccess access);

    /// <summary>The tabs that the person may open.</summary>
    protected abstract IReadOnlyList<NavigationItem> TabsOf(TAccess access);

    /// <summary>Where to and with which words a page leaves that must go.</summary>
    protected abstract Task<(NotificationMessage Message, string Href)> FarewellAsync(Actor actor);

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        // A page is drawn again for every change of its query, and then it is still in the same place.
        if (_address != Address)
        {
            await OpenAsync();
        }
        else if (_workspaceKey != WorkspaceKey && Access is { } access)
        {
            _workspaceKey = WorkspaceKey;
            Workspace = await FindWorkspaceAsync(access);
        }

        var before = Refusal;
        Arrange();
        if (Refusal is { } refusal && refusal.Message != before?.Message)
        {
            NoteRefused(await CurrentActor.GetAsync(), refusal);
        }
    }

    /// <summary>A page was opened by the person.</summary>
    protected virtual void OnOpened(Actor actor, TAccess access)
    {
    }

    private async Task OpenAsync()
    {
        Departure.Arrive();
        var address = _address = Address;
        _workspaceKey = WorkspaceKey;
        (Access, Refusal) = (null, null);
        _owedFarewell = null;
        _watched?.Dispose();
        Header.Leave(this);
        var actor = await CurrentActor.GetAsync();
        var access = await DecideAsync(actor);
        var workspace = access is null ? default : await FindWorkspaceAsync(access);
        if (_disposed || _address != address)
        {
            return;
        }

        if (access is null)
        {
            NoteRefused(actor, new NotFound());
            Navigation.NotFound();
            return;
        }

        (Access, Workspace) = (access, workspace);
        OnOpened(actor, access);
        if (RendererInfo.IsInteractive)
        {
            _watched = Subscribe(access, () => InvokeAsync(AskAgainAsync), () => InvokeAsync(LoseAsync));
            Departure.Stayed -= OnStayed;
            Departure.Stayed += OnStayed;
        }
    }

    private void NoteRefused(Actor actor, Error refusal) => RefusedVisits.Note(actor, RendererInfo.IsInteractive, Place.Organization, Place.Project, refusal);

    private void Arrange()
    {
        if (_disposed)
        {
            return;
        }

        if (Access is not { } access)
        {
            Header.Leave(this);
            return;
        }

        Refusal = Refuse(access);
        if (Refusal is not null && Http is { Response.HasStarted: false })
        {
            Http.Response.StatusCode = StatusCodes.Status403Forbidden;
        }

        Header.Show(this, [.. LevelsOf(access)], TabsOf(access));
    }
}
