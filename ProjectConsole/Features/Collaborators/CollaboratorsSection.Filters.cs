using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Access;

namespace ProjectConsole.Features.Collaborators;

/// <summary>The filters of the list, in words and as links.</summary>
public sealed partial class CollaboratorsSection
{
    private string? CountText => List is null ? null : List.People == 1 ? "1 person" : $"{Numbers.Whole(List.People)} people";

    private int FiltersSet => (_query.Role is null ? 0 : 1) + (_query.Source is null ? 0 : 1) + (_query.IsExternal ? 1 : 0);

    private IReadOnlyList<FilterOption> RoleOptions =>
        [.. ProjectRole.All.Reverse().Select(role => new FilterOption(role.Title, Href(_query.FromStart() with { Role = role }), _query.Role == role))];

    private IReadOnlyList<FilterOption> SourceOptions =>
        [.. Enum.GetValues<CollaboratorSource>().Where(source => source != CollaboratorSource.DefaultProject || Project.Project.IsDefault)
            .Select(source => new FilterOption(SourceText(source), Href(_query.FromStart() with { Source = source }), _query.Source == source))];

    private string Href(CollaboratorQuery query) => CollaboratorAddress.Of(Project, query);

    private void Search(string text) => Navigation.NavigateTo(Href(_query.FromStart() with { Search = text }), replace: true);

    private static string SourceText(CollaboratorSource source) => source switch
    {
        CollaboratorSource.Direct => "Direct",
        CollaboratorSource.Organization => "Organization role",
        _ => "Default Project",
    };
}
