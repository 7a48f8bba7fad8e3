using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Access;
using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Invitations;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Invitations;

/// <summary>The invitations of a project or an organization, and what can be done with each.</summary>
public sealed partial class InvitationsSection
{
    private (InvitationPlace, AccessVersions, InvitationQuery)? _shown;
    private InvitationQuery _query = new(null, null, default);
    private RowMenu? _menu;
    private DateTime _nowUtc;
    private bool _busy;
    private Error? _problem;
    private string? _status;

    /// <summary>The project, on a page of one.</summary>
    [CascadingParameter]
    public ProjectAccess? Project { get; set; }

    /// <summary>The organization, on a page of one.</summary>
    [CascadingParameter]
    public OrganizationAccess? Organization { get; set; }

    /// <summary>The rows shown, carried over from prerendering.</summary>
    [PersistentState]
    public LoadedInvitations? Loaded { get; set; }

    [SupplyParameterFromQuery(Name = "search")]
    private string? SearchText { get; set; }

    [SupplyParameterFromQuery(Name = "state")]
    private string? StateText { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    private string? PageText { get; set; }

    [SupplyParameterFromQuery(Name = "size")]
    private string? SizeText { get; set; }

    [Inject]
    public required InvitationListService Invitations { get; init; }

    [Inject]
    public required InvitationDialogs Acts { get; init; }

    [Inject]
    public required PageReads Reads { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required SearchNavigation Searches { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    private InvitationPlace Place => Project is null ? new InvitationPlace(Organization!.Id) : InvitationPlace.In(Project.Scope);

    private string Name => Project?.Project.Name ?? Organization!.Organization.Name;

    private AccessVersions Versions => Project?.Versions ?? Organization!.Versions;

    private string Href => Project is null
        ? ConsoleUrls.MemberInvitations(Organization!.Organization.Slug)
        : ConsoleUrls.ProjectInvitations(Project.Organization.Slug, Project.Project.Slug);

    private Page<InvitationRow>? Rows => Loaded?.Rows;

    private InvitationState? State => _query.State;

    private IReadOnlyList<FilterOption> StateOptions =>
        [.. Enum.GetValues<InvitationState>().Select(state => new FilterOption(state.ToString(), Url(state), State == state))];

    protected override async Task OnParametersSetAsync()
    {
        _query = new InvitationQuery(
            QueryText.Named<InvitationState>(StateText), SearchText, new PageRequest(QueryText.WholeNumber(PageText), QueryText.WholeNumber(SizeText)));
        var (asked, before) = ((Place, Versions, _query), _shown);
        _shown = asked;
        _nowUtc = Clock.GetUtcNow().UtcDateTime;
        if (before is null ? Loaded?.Versions != Versions : before != asked)
        {
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        var (asked, versions) = (_shown, Versions);
        var result = await Reads.TryAsync(async () => await Invitations.ListAsync(await CurrentActor.GetAsync(), Place, _query));
        if (_shown == asked)
        {
            _nowUtc = Clock.GetUtcNow().UtcDateTime;
            (Loaded, _problem) = (result.Succeeded ? new LoadedInvitations(versions, result.Value) : Loaded, result.Error);
        }
    }

    private void OpenMenu(InvitationRow row) => _menu!.Open(row.Email,
    [
        new MenuItem("Resend", "send") { OnClick = () => DoAsync(() => Acts.ResendAsync(Place, row)) },
        new MenuItem("Copy link", "link") { OnClick = () => DoAsync(() => Acts.CopyLinkAsync(Place, row)) },
        new MenuItem("Cancel", "cancel")
        {
            OnClick = () => DoAsync(() => Acts.CancelAsync(Place, row)), IsDanger = true, StartsGroup = true,
            DisabledReason = row.MayBeCancelled ? null : "It has expired already.",
        },
    ]);

    private Task InviteAsync() => DoAsync(() => Acts.InviteAsync(Place, Name));

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
                StateHasChanged();
            }
        }
        finally
        {
            _busy = false;
        }
    }

    private void Search(string text) => Searches.Go(ConsoleUrls.WithQuery(Href, ("search", text), ("state", State), ("size", _query.Page.Size == PageRequest.Sizes[0] ? null : _query.Page.Size)));

    private string Url(InvitationState? state, int page = 1, int? size = null) => ConsoleUrls.WithQuery(
        Href, ("search", SearchText), ("state", state), ("page", page == 1 ? null : page), ("size", size ?? (_query.Page.Size == PageRequest.Sizes[0] ? null : _query.Page.Size)));
}

/// <summary>A page of invitations, and the access versions it was read under.</summary>
public sealed record LoadedInvitations(AccessVersions Versions, Page<InvitationRow> Rows);
