using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Resources;

/// <summary>The filters of the list over several projects, in words and as links, and the rows that are picked.</summary>
public sealed partial class AllResourcesSection
{
    private readonly HashSet<Guid> _picked = [];

    private string? CountText => List is { } list ? $"{Numbers.Whole(list.Page.Total)}{(list.Page.IsCapped ? "+" : null)}" : null;

    private string WithoutFilters => Href(new AllResourcesQuery { Search = _query.Search, Sort = _query.Sort, IsReversed = _query.IsReversed, Page = _query.Page });

    private string NothingFound => _query.Search == "" ? "No resource matches these filters" : $"No resource matches “{_query.Search}”{(_query.FiltersSet > 0 ? " with these filters" : null)}";

    private string? KindName => _query.Kind is { } kind ? ResourceKinds.Get(kind).PluralTitle : null;

    private string? ProjectName => _query.Project is { } slug ? List?.Projects.FirstOrDefault(project => project.Slug == slug)?.Name ?? slug : null;

    private string? StateName => _query.State is { } state ? States.FirstOrDefault(known => known.Name == state)?.Title ?? state : null;

    private string? CreatorName => _query.CreatedBy is { } id ? List?.Creators.FirstOrDefault(creator => creator.Id == id)?.Name ?? "Somebody else" : null;

    private IReadOnlyList<FilterOption> KindOptions => [.. (List?.Kinds ?? []).Select(name => new FilterOption(
        ResourceKinds.Get(name).PluralTitle, Href(_query with { Kind = name, State = null }), _query.Kind == name))];

    private IReadOnlyList<FilterOption> ProjectOptions =>
        [.. (List?.Projects ?? []).Select(project => new FilterOption(project.Name, Href(_query with { Project = project.Slug }), _query.Project == project.Slug))];

    // Of several kinds with the same state one entry is enough.
    private IEnumerable<ResourceState> States => (_query.Kind is { } kind ? [ResourceKinds.Get(kind)] : ResourceKinds.All).SelectMany(shown => shown.Life.States).DistinctBy(state => state.Name);

    private IReadOnlyList<FilterOption> StateOptions => [.. States.Select(state => new FilterOption(state.Title, Href(_query with { State = state.Name }), _query.State == state.Name))];

    private IReadOnlyList<FilterOption> LabelOptions =>
        [.. (List?.Labels ?? []).Select(label => new FilterOption(label, Href(_query with { Label = label }), _query.Label == label))];

    private IReadOnlyList<FilterOption> CreatorOptions =>
        [.. (List?.Creators ?? []).Select(creator => new FilterOption(creator.Name, Href(_query with { CreatedBy = creator.Id }), _query.CreatedBy == creator.Id))];

    private IReadOnlyList<PickedResource> Picked => [.. (List?.Page.Rows ?? []).Where(row => _picked.Contains(row.Resource.Id))
        .Select(row => new PickedResource(ResourceOwner.Of(new ProjectScope(Organization.Id, row.ProjectId)), row.Resource))];

    private IEnumerable<ResourceAction> PickedActions => Picked.Where(picked => picked.Row.Acts.MayOperate)
        .SelectMany(picked => picked.Kind.Life.In(picked.Row.State)).DistinctBy(action => action.Name);

    // Any other filter or order begins at the first page.
    private string Href(AllResourcesQuery query) => (query with { Page = new PageRequest(1, query.Page.Size) }).Href(Address);

    private void Search(string text) => Searches.Go(Href(_query with { Search = text }));

    private void Pick((Guid Id, bool IsPicked) pick) => _ = pick.IsPicked ? _picked.Add(pick.Id) : _picked.Remove(pick.Id);

    private void PickPage(bool isPicked) =>
        List!.Page.Rows.Where(row => ResourceTable.IsPickable(row.Resource)).ToList().ForEach(row => Pick((row.Resource.Id, isPicked)));
}
