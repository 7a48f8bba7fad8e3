using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Projects;

/// <summary>What stands in the address of the list of projects, as it came.</summary>
public sealed record ProjectAddress(
    string? Search, string? State, string? Role, string? Mine, string? Workspace, string? Structure, string? Sort, string? Page, string? Size)
{
    private const string Yes = "1";

    private static readonly (ProjectSort Sort, string Name)[] Sorts =
    [
        (ProjectSort.Activity, "activity"), (ProjectSort.Name, "name"), (ProjectSort.Id, "id"), (ProjectSort.State, "state"), (ProjectSort.Created, "created"),
    ];

    /// <summary>Reads it; whatever makes no sense counts as not there.</summary>
    public ProjectQuery Read()
    {
        var states = (State ?? "").Split(',').Select(QueryText.Named<ProjectState>).OfType<ProjectState>().Distinct().Order().ToList();
        var (sort, isDescending) = SortNamed(Sort);
        return new ProjectQuery
        {
            Search = TextRules.Clean(Search),
            States = states.Count == 0 ? ProjectQuery.UsualStates : states,
            Role = ProjectRole.Find(QueryText.Key(Role)),
            Mine = QueryText.Flag(Mine),
            Workspace = QueryText.Key(Workspace),
            Structure = ProjectStructure.Find(QueryText.Key(Structure))?.Key ?? "",
            Sort = sort,
            IsDescending = isDescending,
            Page = new PageRequest(QueryText.WholeNumber(Page), QueryText.WholeNumber(Size)),
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
        var key = QueryText.Key(text);
        var name = key.TrimStart('-');
        return Array.Exists(Sorts, sort => sort.Name == name)
            ? (Array.Find(Sorts, sort => sort.Name == name).Sort, key.StartsWith('-'))
            : (ProjectSort.Activity, true);
    }
}
