using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Access;
using ProjectConsole.Security;

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

    private string EmptyTitle => Query.Search == "" ? "No collaborator matches these filters" : $"No collaborator matches “{Query.Search}”";

    private string SortHref(CollaboratorSort sort) =>
        CollaboratorAddress.Of(Project, Query.FromStart() with { Sort = sort, IsReversed = Query.Sort == sort && !Query.IsReversed });

    // Roles and grants start at their other end: the largest and the latest first.
    private SortDirection Direction(CollaboratorSort sort) =>
        Query.Sort != sort ? SortDirection.None
        : (sort == CollaboratorSort.Address) != Query.IsReversed ? SortDirection.Ascending : SortDirection.Descending;

    private bool ManagedInMembers(CollaboratorRow row) =>
        Project.Access.Facts.Membership is not null && row.Sources.Any(source => source.Kind is AccessSourceKind.OrganizationRole or AccessSourceKind.DefaultProject);

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
