using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Projects;

namespace ProjectConsole.Features.Projects;

/// <summary>The filters of the Projects tab, in words and as links.</summary>
public sealed partial class ProjectsSection
{
    private string? CountText => List is not { } list ? null
        : WorkspaceName is { } workspace ? $"{TotalText(list)} in {workspace}"
        : TotalText(list);

    private static string TotalText(ProjectList list) => Numbers.Whole(list.Projects.Total) + (list.Projects.IsCapped ? "+" : null);

    private string WithoutFilters => Href(new ProjectQuery { Search = _query.Search, Sort = _query.Sort, IsDescending = _query.IsDescending, Page = _query.Page });

    private string NothingFound => _query switch
    {
        { Search: "" } => "No project matches these filters",
        { FiltersSet: 0 } => $"No project matches “{_query.Search}”",
        _ => $"No project matches “{_query.Search}” with these filters",
    };

    private string StatesText => string.Join(", ", _query.States);

    private string? StateRemoval => _query.HasOtherStates ? Href(_query with { States = ProjectQuery.UsualStates }) : null;

    private List<FilterOption> StateOptions => [.. States.Select(state => new FilterOption(state.ToString(), Href(_query with { States = Turned(state) }), _query.States.Contains(state)))];

    // Whoever could restore nothing is not offered an empty list.
    private IEnumerable<ProjectState> States => List is { MaySeeDeleted: true } || _query.States.Contains(ProjectState.Deleted)
        ? Enum.GetValues<ProjectState>()
        : ProjectQuery.UsualStates;

    private List<FilterOption> RoleOptions =>
        [.. ProjectRole.All.Reverse().Select(role => new FilterOption(role.Title, Href(_query with { Role = role }), _query.Role == role))];

    private string? WorkspaceName => List?.Workspaces.FirstOrDefault(workspace => workspace.Slug == _query.Workspace)?.Name;

    private List<FilterOption> WorkspaceOptions =>
        [.. List!.Workspaces.Select(workspace => new FilterOption(workspace.Name, Href(_query with { Workspace = workspace.Slug }), workspace.Slug == _query.Workspace))];

    private string? StructureName => ProjectStructure.Find(_query.Structure)?.Title;

    private List<FilterOption> StructureOptions =>
        [.. ProjectStructure.All.Select(structure => new FilterOption(structure.Title, Href(_query with { Structure = structure.Key }), structure.Key == _query.Structure))];

    private IReadOnlyList<ProjectState> Turned(ProjectState state)
    {
        var turned = _query.States.Contains(state) ? [.. _query.States.Where(other => other != state)] : (List<ProjectState>)[.. _query.States, state];
        return turned.Count == 0 ? ProjectQuery.UsualStates : turned;
    }
}
