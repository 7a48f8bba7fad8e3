using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Resources;

/// <summary>The filters of the list, in words and as links, and the rows that are picked.</summary>
public sealed partial class ResourceListSection
{
    private readonly HashSet<Guid> _picked = [];

    private int FiltersSet => (_query.State is null ? 0 : 1) + (_query.Label is null ? 0 : 1) + (_query.CreatedBy is null ? 0 : 1);

    private string WithoutFilters => Href(new ResourceQuery { Search = _query.Search, Sort = _query.Sort, IsReversed = _query.IsReversed, Page = _query.Page });

    private string NothingFound => _query.Search == ""
        ? $"No {Kind.InSentence()} matches these filters"
        : $"No {Kind.InSentence()} matches “{_query.Search}”{(FiltersSet > 0 ? " with these filters" : null)}";

    private IReadOnlyList<FilterOption> StateOptions =>
    [
        .. Kind.Life.States.Select(state => new FilterOption(
            state.Title, Href(_query with { State = state.Name }), _query.State == state.Name, List?.States.FirstOrDefault(count => count.State == state.Name)?.Count ?? 0)),
    ];

    private IReadOnlyList<FilterOption> LabelOptions =>
        [.. (List?.Labels ?? []).Select(label => new FilterOption(label, Href(_query with { Label = label }), _query.Label == label))];

    private IReadOnlyList<FilterOption> CreatorOptions =>
        [.. (List?.Creators ?? []).Select(creator => new FilterOption(creator.Name, Href(_query with { CreatedBy = creator.Id }), _query.CreatedBy == creator.Id))];

    private string? CreatorName => _query.CreatedBy is not { } id ? null : List?.Creators.FirstOrDefault(creator => creator.Id == id)?.Name ?? "Somebody else";

    private IReadOnlyList<ResourceRow> Picked => [.. (List?.Page.Rows ?? []).Where(row => _picked.Contains(row.Id))];

    private IEnumerable<ResourceAction> PickedActions =>
        Kind.Life.Actions.Where(action => Picked.Any(row => row.Acts.MayOperate && action.From.Contains(row.State)));

    // Any other filter or order begins at the first page.
    private string Href(ResourceQuery query) => ResourceAddress.Href(Place.ListHref(Kind), query with { Page = new PageRequest(1, query.Page.Size) });

    private void Search(string text) => Searches.Go(Href(_query with { Search = text }));

    private void Pick((Guid Id, bool IsPicked) pick)
    {
        if (pick.IsPicked)
        {
            _picked.Add(pick.Id);
        }
        else
        {
            _picked.Remove(pick.Id);
        }
    }

    private void PickPage(bool isPicked)
    {
        foreach (var row in List!.Page.Rows.Where(ResourceTable.IsPickable))
        {
            Pick((row.Id, isPicked));
        }
    }

    private Task BulkAsync(ResourceAction? action) => PickedAsync(() => Acts.BulkAsync(Place, Kind, Picked, action));

    private Task MoveAsync() => PickedAsync(() => Acts.MoveAsync(Place.Owner, [.. Picked.Where(row => row.Acts.MayMove)]));

    private Task PickedAsync(Func<Task<string?>> act) => DoAsync(async () =>
    {
        var done = await act();
        if (done is not null)
        {
            _picked.Clear();
        }

        return done;
    });
}
