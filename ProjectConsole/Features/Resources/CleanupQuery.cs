using ProjectConsole.Domain.Resources;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Resources;

/// <summary>Why a resource may be one that nobody needs.</summary>
public enum CleanupReason
{
    /// <summary>Nobody used it for a while.</summary>
    Unused,

    /// <summary>It failed.</summary>
    Failed,
}

/// <summary>Which resources the Clean-up page shows. Everything comes from an address, so anything may stand in it.</summary>
public sealed record CleanupQuery
{
    /// <summary>For how many days nobody used a resource, that it counts as unused.</summary>
    public static readonly IReadOnlyList<int> Spans = [7, 30, 90, 180, 365];

    /// <summary>The span where nobody chose another.</summary>
    public const int UsualDays = 90;

    /// <summary>Part of a name.</summary>
    public string Search { get; init; } = "";

    /// <summary>One of <see cref="Spans"/>.</summary>
    public int Days { get; init; } = UsualDays;

    /// <summary>Only those of this reason; null for both.</summary>
    public CleanupReason? Reason { get; init; }

    /// <summary>Only those of a kind; null for all.</summary>
    public string? Kind { get; init; }

    /// <summary>Only those whose creator has left.</summary>
    public bool IsCreatorGone { get; init; }

    /// <summary>Which page.</summary>
    public PageRequest Page { get; init; } = new(null, null);

    /// <summary>How many filters are set.</summary>
    public int FiltersSet => (Reason is null ? 0 : 1) + (Kind is null ? 0 : 1) + (IsCreatorGone ? 1 : 0);

    /// <summary>Reads what stands in an address; whatever makes no sense counts as not there.</summary>
    public static CleanupQuery Read(string? search, string? days, string? reason, string? kind, string? gone, string? page, string? size) => new()
    {
        Search = TextRules.Clean(search),
        Days = QueryText.WholeNumber(days) is { } span && Spans.Contains(span) ? span : UsualDays,
        Reason = QueryText.Named<CleanupReason>(reason),
        Kind = ResourceKinds.FindByPlural(QueryText.Key(kind)) is { IsOfCatalogue: false } found ? found.Name : null,
        IsCreatorGone = QueryText.Key(gone) == "gone",
        Page = new PageRequest(QueryText.WholeNumber(page), QueryText.WholeNumber(size)),
    };

    /// <summary>The address of this query on a page.</summary>
    public string Href(string page) => ConsoleUrls.WithQuery(
        page,
        ("q", Search), ("days", Days == UsualDays ? null : Days), ("reason", Reason?.ToString().ToLowerInvariant()),
        ("kind", Kind is null ? null : ResourceKinds.Get(Kind).Plural), ("creator", IsCreatorGone ? "gone" : null),
        ("page", Page.Number == 1 ? null : Page.Number), ("size", Page.Size == PageRequest.Sizes[0] ? null : Page.Size));
}

/// <summary>A resource that may be one that nobody needs.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="IsCreatorGone">Whether the person who made it has nothing in the organization any more, or the key that did no longer opens anything.</param>
public sealed record CleanupRow(ResourceRow Resource, bool IsCreatorGone);

/// <summary>The resources that may be ones that nobody needs, longest unused first.</summary>
/// <param name="Page">The rows.</param>
/// <param name="Kinds">Kinds that there are some of, whatever is searched, with their number.</param>
public sealed record CleanupList(Page<CleanupRow> Page, IReadOnlyList<KindTotal> Kinds)
{
    /// <summary>All of them, whatever is searched.</summary>
    public int All => Kinds.Sum(kind => kind.Count);
}

/// <summary>How many resources of a kind there are.</summary>
/// <param name="Kind">Name of the kind.</param>
/// <param name="Count">How many.</param>
public sealed record KindTotal(string Kind, int Count);
