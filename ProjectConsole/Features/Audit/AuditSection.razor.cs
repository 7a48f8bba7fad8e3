using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Access;
using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Features.Undo;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Audit;

/// <summary>The audit log of the project or organization around it. Filters and place are in the address.</summary>
public sealed partial class AuditSection
{
    private AuditQuery _query = new();
    private (string Page, AccessVersions Versions, AuditQuery Query)? _asked;
    private AuditDetail? _detail;
    private Error? _refusal;
    private string? _entryRefusal;
    private long? _open;
    private DateTime _now;

    /// <summary>The entries shown; carried over from prerendering.</summary>
    [PersistentState]
    public AuditList? List { get; set; }

    /// <summary>Set inside a project.</summary>
    [CascadingParameter]
    public ProjectAccess? Project { get; set; }

    /// <summary>Set on a page of an organization.</summary>
    [CascadingParameter]
    public OrganizationAccess? Organization { get; set; }

    [SupplyParameterFromQuery(Name = "actor")]
    private string? Actor { get; set; }

    [SupplyParameterFromQuery(Name = "action")]
    private string? ActionName { get; set; }

    [SupplyParameterFromQuery(Name = "object")]
    private string? ObjectName { get; set; }

    [SupplyParameterFromQuery(Name = "result")]
    private string? ResultName { get; set; }

    [SupplyParameterFromQuery(Name = "from")]
    private string? From { get; set; }

    [SupplyParameterFromQuery(Name = "to")]
    private string? To { get; set; }

    [SupplyParameterFromQuery(Name = "older")]
    private string? Older { get; set; }

    [SupplyParameterFromQuery(Name = "newer")]
    private string? Newer { get; set; }

    [Inject]
    public required AuditService Audit { get; init; }

    [Inject]
    public required UndoDialogs Undo { get; init; }

    [Inject]
    public required PageReads Reads { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required SearchNavigation Searches { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    private string Page => Project is { } project
        ? ConsoleUrls.ProjectAudit(project.Organization.Slug, project.Project.Slug)
        : ConsoleUrls.OrganizationAudit(Organization!.Organization.Slug);

    private IReadOnlyList<FilterOption> ActionOptions =>
        [.. AuditWords.Actions.Select(row => new FilterOption(row.Title, Href(_query.FromStart with { Action = row.Action }), row.Action == _query.Action))];

    private IReadOnlyList<FilterOption> ResultOptions =>
        [.. Enum.GetValues<AuditResult>().Select(result => new FilterOption(result.ToString(), Href(_query.FromStart with { Result = result }), result == _query.Result))];

    protected override async Task OnParametersSetAsync()
    {
        (_query, _now) = (Read(), Clock.GetUtcNow().UtcDateTime);
        var before = _asked;
        _asked = (Page, Project?.Versions ?? Organization!.Versions, _query);
        if (before is null ? List is null : before != _asked)
        {
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        var asked = _asked;
        Close();
        var actor = await CurrentActor.GetAsync();
        var result = await Reads.TryAsync(() => Project is { } project
            ? Audit.ListAsync(actor, project.Scope, _query)
            : Audit.ListAsync(actor, Organization!.Id, _query));
        if (_asked == asked)
        {
            (List, _refusal) = (result.Succeeded ? result.Value : null, result.Error);
        }
    }

    private static string Summary(AuditList list) =>
        $"{Numbers.Whole(list.Lines.Count)} of {(list.Total >= AuditService.MostCounted ? "1,000+" : Numbers.Whole(list.Total))} entries";

    private AuditQuery Read() => new()
    {
        Actor = Actor,
        Action = ActionName,
        ObjectName = ObjectName,
        Result = QueryText.Named<AuditResult>(ResultName),
        From = AuditQuery.ReadDay(From),
        To = AuditQuery.ReadDay(To),
        Older = QueryText.LongNumber(Older),
        Newer = QueryText.LongNumber(Newer),
    };

    private string Href(AuditQuery query) => query.Href(Page);

    private void Search(AuditQuery query) => Searches.Go(Href(query.FromStart));

    private async Task ToggleAsync(long id)
    {
        if (_open == id)
        {
            Close();
            return;
        }

        var actor = await CurrentActor.GetAsync();
        var result = await Reads.TryAsync(() => Project is { } project
            ? Audit.OpenAsync(actor, project.Scope, id)
            : Audit.OpenAsync(actor, Organization!.Id, id));
        (_open, _detail, _entryRefusal) = (id, result.Succeeded ? result.Value : null, result.Error?.Message);
    }

    private void Close() => (_open, _detail, _entryRefusal) = (null, null, null);
}
