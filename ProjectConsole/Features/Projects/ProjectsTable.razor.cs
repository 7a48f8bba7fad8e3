using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Controls;

namespace ProjectConsole.Features.Projects;

/// <summary>The rows of the Projects tab.</summary>
public sealed partial class ProjectsTable
{
    /// <summary>What to show; null while it loads for the first time.</summary>
    [Parameter, EditorRequired]
    public ProjectList? List { get; set; }

    /// <summary>What was asked for.</summary>
    [Parameter, EditorRequired]
    public required ProjectQuery Query { get; set; }

    /// <summary>The address of another query.</summary>
    [Parameter, EditorRequired]
    public required Func<ProjectQuery, string> Href { get; set; }

    /// <summary>The address of a project.</summary>
    [Parameter, EditorRequired]
    public required Func<ProjectRow, string> ProjectHref { get; set; }

    /// <summary>Another list is on its way.</summary>
    [Parameter]
    public bool IsBusy { get; set; }

    /// <summary>Now, read once for all rows.</summary>
    [Parameter, EditorRequired]
    public DateTime NowUtc { get; set; }

    /// <summary>Opens the row's menu.</summary>
    [Parameter, EditorRequired]
    public required Action<ProjectRow> OnMenu { get; set; }

    private string SortHref(ProjectSort sort) => Href(Query with
    {
        Sort = sort,
        IsDescending = Query.Sort == sort ? !Query.IsDescending : ProjectAddress.StartsDescending(sort),
    });

    private SortDirection Direction(ProjectSort sort) =>
        Query.Sort != sort ? SortDirection.None : Query.IsDescending ? SortDirection.Descending : SortDirection.Ascending;
}
