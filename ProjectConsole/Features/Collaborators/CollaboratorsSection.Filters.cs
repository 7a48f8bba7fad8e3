using ProjectConsole.Components.Controls;

namespace ProjectConsole.Features.Collaborators;

/// <summary>The filters of the list, in words and as links.</summary>
public sealed partial class CollaboratorsSection
{
    private string? CountText => List is not { Counts: { } counts } ? null
        : counts.Teams == 0 ? Count(counts.People, "person", "people")
        : $"{Count(counts.People, "person", "people")}, {Count(counts.Teams, "team", "teams")}";

    private int FiltersSet => (_query.Role == "" ? 0 : 1) + (_query.Source is null ? 0 : 1) + (_query.IsExternal ? 1 : 0)
        + (_query.IsExpiring ? 1 : 0) + (_query.IsRestricted ? 1 : 0) + (_query.IsBlocked ? 1 : 0);

    private string? ChosenRole => List?.Roles.FirstOrDefault(role => role.Key == _query.Role)?.Title;

    private IReadOnlyList<FilterOption> RoleOptions => List is null ? []
        : [.. List.Roles.Select(role => new FilterOption(role.Title, Href(_query.FromStart() with { Role = role.Key }), _query.Role == role.Key))];

    private IReadOnlyList<FilterOption> SourceOptions =>
        [.. Enum.GetValues<CollaboratorSource>().Where(source => source != CollaboratorSource.DefaultProject || Project.Project.IsDefault)
            .Select(source => new FilterOption(SourceText(source), Href(_query.FromStart() with { Source = source }), _query.Source == source))];

    private string Href(CollaboratorQuery query) => CollaboratorAddress.Of(Project, query);

    private void Search(string text) => Searches.Go(Href(_query.FromStart() with { Search = text }));

    private static string Count(int number, string one, string many) => number == 1 ? $"1 {one}" : $"{Numbers.Whole(number)} {many}";

    private static string SourceText(CollaboratorSource source) => source switch
    {
        CollaboratorSource.Direct => "Direct",
        CollaboratorSource.Team => "Team",
        CollaboratorSource.Workspace => "Workspace",
        CollaboratorSource.Organization => "Organization role",
        _ => "Default Project",
    };
}
