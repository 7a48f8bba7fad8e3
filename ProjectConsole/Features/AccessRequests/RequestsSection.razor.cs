using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Access;
using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.AccessRequests;

/// <summary>The requests for access to a project, and the answers to them.</summary>
public sealed partial class RequestsSection
{
    private (ProjectScope, AccessVersions, AccessRequestState?, PageRequest)? _shown;
    private PageRequest _page;
    private Guid _actorId;
    private DateTime _nowUtc;
    private bool _busy;
    private Error? _problem;
    private string? _status;

    /// <summary>The project.</summary>
    [CascadingParameter]
    public required ProjectAccess Project { get; set; }

    /// <summary>The requests shown, carried over from prerendering.</summary>
    [PersistentState]
    public LoadedRequests? Loaded { get; set; }

    [SupplyParameterFromQuery(Name = "state")]
    private string? StateText { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    private string? PageText { get; set; }

    [SupplyParameterFromQuery(Name = "size")]
    private string? SizeText { get; set; }

    [Inject]
    public required AccessRequestListService Requests { get; init; }

    [Inject]
    public required PageReads Reads { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required DialogService Dialogs { get; init; }

    [Inject]
    public required NotificationService Notifications { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    private AccessRequestState? State => QueryText.Named<AccessRequestState>(StateText);

    private Page<AccessRequestRow>? Rows => Loaded?.Rows;

    private IReadOnlyList<FilterOption> StateOptions =>
        [.. Enum.GetValues<AccessRequestState>().Select(state => new FilterOption(state.ToString(), Url(state), State == state))];

    protected override async Task OnParametersSetAsync()
    {
        _page = new PageRequest(QueryText.WholeNumber(PageText), QueryText.WholeNumber(SizeText));
        var (asked, before) = ((Project.Scope, Project.Versions, State, _page), _shown);
        _shown = asked;
        _nowUtc = Clock.GetUtcNow().UtcDateTime;
        _actorId = (await CurrentActor.GetAsync()).UserId;
        if (before is null ? Loaded?.Versions != Project.Versions : before != asked)
        {
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        var (asked, versions) = (_shown, Project.Versions);
        var result = await Reads.TryAsync(async () => await Requests.ListAsync(await CurrentActor.GetAsync(), Project.Scope, State, _page));
        if (_shown == asked)
        {
            _nowUtc = Clock.GetUtcNow().UtcDateTime;
            (Loaded, _problem) = (result.Succeeded ? new LoadedRequests(versions, result.Value.Page) : Loaded, result.Error);
        }
    }

    private async Task AnswerAsync(AccessRequestRow row)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            // Fresh, because roles may have changed since the list was read.
            var list = await Requests.ListAsync(await CurrentActor.GetAsync(), Project.Scope, State, _page);
            var answered = list.Succeeded ? await Dialogs.OpenAsync<AnswerRequestDialog>($"Answer {row.Email}", new()
            {
                [nameof(AnswerRequestDialog.Project)] = Project,
                [nameof(AnswerRequestDialog.Row)] = row,
                [nameof(AnswerRequestDialog.Roles)] = list.Value.Roles,
            }, DialogLook.Form()) as string : null;
            if (answered is not null)
            {
                Notifications.Notify(NotificationSeverity.Success, answered);
                _status = answered;
            }

            await LoadAsync();
        }
        finally
        {
            _busy = false;
        }
    }

    private string Url(AccessRequestState? state, int page = 1, int? size = null) => ConsoleUrls.WithQuery(
        ConsoleUrls.ProjectRequests(Project.Organization.Slug, Project.Project.Slug),
        ("state", state), ("page", page == 1 ? null : page), ("size", size ?? (_page.Size == PageRequest.Sizes[0] ? null : _page.Size)));
}

/// <summary>A page of requests, and the access versions it was read under.</summary>
public sealed record LoadedRequests(AccessVersions Versions, Page<AccessRequestRow> Rows);
