using ProjectConsole.Shared;

namespace ProjectConsole.Features.Resources;

/// <summary>What stands in the address of a list of resources, as it came.</summary>
public sealed record ResourceAddress(string? Search, string? State, string? Label, string? Creator, string? Sort, string? Page, string? Size)
{
    private static readonly (ResourceSort Sort, string Name)[] Sorts =
        [(ResourceSort.Name, "name"), (ResourceSort.State, "state"), (ResourceSort.Created, "created"), (ResourceSort.LastUsed, "used")];

    /// <summary>Reads it; whatever makes no sense counts as not there.</summary>
    public ResourceQuery Read()
    {
        var sort = QueryText.Key(Sort);
        var name = sort.TrimStart('-');
        return new ResourceQuery
        {
            Search = TextRules.Clean(Search),
            State = NullIfEmpty(QueryText.Key(State)),
            Label = NullIfEmpty(TextRules.Clean(Label)),
            CreatedBy = QueryText.Id(Creator) is { } creator && creator != Guid.Empty ? creator : null,
            Sort = Array.Find(Sorts, known => known.Name == name).Sort,
            IsReversed = sort.StartsWith('-'),
            Page = new PageRequest(QueryText.WholeNumber(Page), QueryText.WholeNumber(Size)),
        };
    }

    /// <summary>The address of a list.</summary>
    /// <param name="list">The list's address without what it shows.</param>
    /// <param name="query">What it shows.</param>
    public static string Href(string list, ResourceQuery query) => ConsoleUrls.WithQuery(
        list,
        ("q", query.Search),
        ("state", query.State),
        ("label", query.Label),
        ("creator", query.CreatedBy),
        ("sort", query is { Sort: ResourceSort.Name, IsReversed: false } ? null : $"{(query.IsReversed ? "-" : "")}{Sorts.First(sort => sort.Sort == query.Sort).Name}"),
        ("page", query.Page.Number == 1 ? null : query.Page.Number),
        ("size", query.Page.Size == PageRequest.Sizes[0] ? null : query.Page.Size));

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
