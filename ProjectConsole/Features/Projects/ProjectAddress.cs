using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Projects;

/// <summary>What stands in the address of the list of projects, as it came.</summary>
public sealed record ProjectAddress(
    string? Search, string? State, string? Role, string? Mine, string? Workspace, string? Structure, string? Sort, int? Page, int? Size)
{
    private const string Yes = "1";

    private static readonly (ProjectSort Sort, string Name)[] Sorts =
    [
        (ProjectSort.Activity, "activity"), (ProjectSort.Name, "name"), (ProjectSort.Id, "id"), (ProjectSort.State, "state"), (ProjectSort.Created, "created"),
    ];

    /// <summary>Reads it; whatever makes no sense counts as not there.</summary>
    public ProjectQuery Read()
    {
        var states = (State ?? "").Split(',').Select(StateNamed).OfType<ProjectState>().Distinct().Order().ToList();
        var (sort, isDescending) = SortNamed(Sort);
        return new ProjectQuery
        {
            Search = (Search ?? "").Trim(),
            States = states.Count == 0 ? ProjectQuery.UsualStates : states,
            Role = ProjectRole.Find(Role),
            Mine = Mine == Yes,
            Workspace = Workspace ?? "",
            Structure = ProjectStructure.Find(Structure)?.Key ?? "",
            Sort = sort,
            IsDescending = isDescending,
            Page = new PageRequest(Page, Size),
        };
    }

    /// <summary>The address of a list.</summary>
    public static string Href(string organization, ProjectQuery query) => ConsoleUrls.WithQuery(
        ConsoleUrls.Projects(organization),
        ("q", query.Search),
        ("state", query.HasOtherStates ? string.Join(',', query.States.Order().Select(state => state.ToString().ToLowerInvariant())) : null),
        ("role", query.Role?.Key),
        ("mine", query.Mine ? Yes : null),
        ("workspace", query.Workspace),
        ("structure", query.Structure),
        ("sort", SortText(query)),
        ("page", query.Page.Number == 1 ? null : query.Page.Number),
        ("size", query.Page.Size == PageRequest.Sizes[0] ? null : query.Page.Size));

    /// <summary>Newest first for times, A to Z for the rest.</summary>
    public static bool StartsDescending(ProjectSort sort) => sort is ProjectSort.Activity or ProjectSort.Created;

    private static string? SortText(ProjectQuery query) =>
        query is { Sort: ProjectSort.Activity, IsDescending: true }
            ? null
            : $"{(query.IsDescending ? "-" : "")}{Sorts.First(sort => sort.Sort == query.Sort).Name}";

    private static (ProjectSort Sort, bool IsDescending) SortNamed(string? text)
    {
        var name = text?.TrimStart('-');
        return Array.Exists(Sorts, sort => sort.Name == name)
            ? (Array.Find(Sorts, sort => sort.Name == name).Sort, text!.StartsWith('-'))
            : (ProjectSort.Activity, true);
    }

    private static ProjectState? StateNamed(string name) => name switch
    {
        "active" => ProjectState.Active,
        "suspended" => ProjectState.Suspended,
        "deleted" => ProjectState.Deleted,
        _ => null,
    };
}
