using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Access;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Collaborators;

/// <summary>The rows of collaborators; one plain table.</summary>
public sealed partial class CollaboratorsTable
{
    /// <summary>The rows; null while they load.</summary>
    [Parameter, EditorRequired]
    public required CollaboratorList? List { get; set; }

    /// <summary>What was asked for.</summary>
    [Parameter, EditorRequired]
    public required CollaboratorQuery Query { get; set; }

    /// <summary>The project.</summary>
    [Parameter, EditorRequired]
    public required ProjectAccess Project { get; set; }

    /// <summary>When the rows were read, UTC.</summary>
    [Parameter, EditorRequired]
    public required DateTime NowUtc { get; set; }

    /// <summary>People whose rows changed just now.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlySet<Guid> Changed { get; set; }

    /// <summary>Opens the menu of a row.</summary>
    [Parameter, EditorRequired]
    public required Action<CollaboratorRow> OnMenu { get; set; }

    /// <summary>Whether rows can be picked for one act on several.</summary>
    [Parameter]
    public bool MayPick { get; set; }

    /// <summary>The rows that are picked.</summary>
    [Parameter]
    public IReadOnlySet<Guid> Picked { get; set; } = new HashSet<Guid>();

    /// <summary>Picks a row, or not any more. A callback, so that the section draws what it offers for the picked rows.</summary>
    [Parameter]
    public EventCallback<(Guid PrincipalId, bool IsPicked)> OnPick { get; set; }

    /// <summary>Picks every row of the page, or none of them.</summary>
    [Parameter]
    public EventCallback<bool> OnPickPage { get; set; }

    private int Columns => MayPick ? 8 : 7;

    private bool IsPagePicked => List is { Page.Rows: { Count: > 0 } rows } && rows.Any(row => row.Grant is not null) && rows.All(row => row.Grant is null || Picked.Contains(row.PrincipalId));

    private string EmptyTitle => Query.Search == "" ? "No collaborator matches these filters" : $"No collaborator matches “{Query.Search}”";

    private string SortHref(CollaboratorSort sort) =>
        CollaboratorAddress.Of(Project, Query.FromStart() with { Sort = sort, IsReversed = Query.Sort == sort && !Query.IsReversed });

    // Roles and grants start at their other end: the largest and the latest first.
    private SortDirection Direction(CollaboratorSort sort) =>
        Query.Sort != sort ? SortDirection.None
        : (sort is CollaboratorSort.Address or CollaboratorSort.Expires) != Query.IsReversed ? SortDirection.Ascending : SortDirection.Descending;

    private string TeamHref(CollaboratorRow row) => CollaboratorAddress.Of(Project, Query with { Team = row.People.Count > 0 ? "" : row.TeamId! });

    // Somebody from outside sees neither the organization's members nor its workspaces.
    private string? ManagedHref(CollaboratorRow row) => Project.Access.Facts.Membership is null ? null : row.Managed switch
    {
        ManagedIn.Members => ConsoleUrls.Members(Project.Organization.Slug),
        ManagedIn.Workspaces => ConsoleUrls.Workspace(Project.Organization.Slug, Project.Project.WorkspaceSlug),
        _ => null,
    };

    private bool ReadsTeams => Project.Access.Facts.Membership?.Role.Rights.Contains(Permissions.TeamsView) ?? false;

    private static string Size(int people) => people == 1 ? "1 person" : $"{Numbers.Whole(people)} people";

    // A time of today or tomorrow says more than its date.
    private string Until(DateTime endUtc) => $"until {endUtc.ToString(endUtc - NowUtc < TimeSpan.FromDays(1) ? "HH:mm 'UTC'" : "d MMM", System.Globalization.CultureInfo.InvariantCulture)}";

    private RenderFragment Expiry(DateTime? endUtc) => endUtc switch
    {
        null => Times.Date(null),
        { } end when end <= NowUtc => Marks.Chip("Expired", Tone.Danger, "schedule"),
        { } end when end - NowUtc <= CollaboratorQuery.Soon => Marks.Chip(TimeText.Relative(end, NowUtc), Tone.Warning, "schedule"),
        { } end => Times.Date(end),
    };

    private static string ShortName(string address) => address.IndexOf('@', StringComparison.Ordinal) is > 0 and var at ? address[..at] : address;

    private static string? IconOf(AccessSourceKind kind) => kind switch
    {
        AccessSourceKind.OrganizationRole => "corporate_fare",
        AccessSourceKind.DefaultProject => "public",
        AccessSourceKind.Team => "group",
        AccessSourceKind.Workspace => "workspaces",
        _ => null,
    };
}
