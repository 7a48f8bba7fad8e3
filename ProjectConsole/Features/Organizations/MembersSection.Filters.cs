using ProjectConsole.Components.Controls;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Organizations;

/// <summary>The filters of the list, in words and as links.</summary>
public sealed partial class MembersSection
{
    private string? CountText => List is null ? null : $"{Numbers.Whole(List.Members)} in {Access.Organization.Name}";

    private string? RoleTitle => List?.Roles.FirstOrDefault(role => role.Key == Role)?.Title;

    private string TableLabel => _query.IsExternal ? "External people" : "Members";

    private string NothingTitle => string.IsNullOrEmpty(Search) ? "No member has this role" : $"No address matches “{Search}” with these filters";

    private IReadOnlyList<FilterOption> RoleOptions =>
        [.. (List?.Roles ?? []).Select(role => new FilterOption(role.Title, Url(_query with { Role = role.Key }), Role == role.Key))];

    private static string TeamsText(MemberRow row) => string.Join(", ", row.Teams);

    private static string ProjectsText(MemberRow row) => row.Projects == 1 ? "1 project" : $"{Numbers.Whole(row.Projects)} projects";

    private void SearchAsync(string text) => Searches.Go(Url(_query with { Search = text }));

    private string SortUrl(MemberSort sort) => Url(_query with { Sort = sort, Descending = _query.Sort == sort && !_query.Descending });

    private SortDirection DirectionOf(MemberSort sort) =>
        _query.Sort != sort ? SortDirection.None : _query.Descending ? SortDirection.Descending : SortDirection.Ascending;

    private string Url(MemberQuery query, int page = 1, int? size = null) => ConsoleUrls.WithQuery(
        ConsoleUrls.Members(Access.Organization.Slug),
        ("search", query.Search),
        ("role", query.Role),
        ("sort", query.Sort == MemberSort.Address ? null : query.Sort),
        ("reversed", query.Descending ? true : null),
        ("page", page == 1 ? null : page),
        ("size", size ?? Size));
}
