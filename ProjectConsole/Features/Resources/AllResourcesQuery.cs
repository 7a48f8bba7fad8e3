using ProjectConsole.Domain.Resources;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Resources;

/// <summary>By what the list over several projects is ordered.</summary>
public enum AllResourcesSort
{
    /// <summary>Last used first.</summary>
    Used,

    /// <summary>By name, then kind and project.</summary>
    Name,

    /// <summary>Newest first.</summary>
    Created,
}

/// <summary>Which resources of all projects are shown. Everything comes from an address, so anything may stand in it.</summary>
public sealed record AllResourcesQuery
{
    /// <summary>Part of a name.</summary>
    public string Search { get; init; } = "";

    /// <summary>Only those of a kind; null for all.</summary>
    public string? Kind { get; init; }

    /// <summary>Only those in a state; null for all.</summary>
    public string? State { get; init; }

    /// <summary>Only those of the project with this Project ID; null for all.</summary>
    public string? Project { get; init; }

    /// <summary>Only those with a label; null for all.</summary>
    public string? Label { get; init; }

    /// <summary>Who made them; null for all.</summary>
    public Guid? CreatedBy { get; init; }

    /// <summary>By what it is ordered.</summary>
    public AllResourcesSort Sort { get; init; }

    /// <summary>Against the order's own direction.</summary>
    public bool IsReversed { get; init; }

    /// <summary>Which page.</summary>
    public PageRequest Page { get; init; } = new(null, null);

    /// <summary>What is left out, apart from kinds and projects.</summary>
    internal ResourceFilter Filter => new(Search, State, Label, CreatedBy);

    /// <summary>How many filters are set.</summary>
    public int FiltersSet => (Kind is null ? 0 : 1) + (State is null ? 0 : 1) + (Project is null ? 0 : 1) + (Label is null ? 0 : 1) + (CreatedBy is null ? 0 : 1);

    /// <summary>The address of this query on a page.</summary>
    public string Href(string page) => ConsoleUrls.WithQuery(
        page,
        ("q", Search), ("kind", Kind is null ? null : ResourceKinds.Get(Kind).Plural), ("state", State), ("project", Project), ("label", Label), ("creator", CreatedBy),
        ("sort", this is { Sort: AllResourcesSort.Used, IsReversed: false } ? null : $"{(IsReversed ? "-" : "")}{Sort.ToString().ToLowerInvariant()}"),
        ("page", Page.Number == 1 ? null : Page.Number), ("size", Page.Size == PageRequest.Sizes[0] ? null : Page.Size));
}

/// <summary>What stands in the address of the list over several projects, as it came.</summary>
public sealed record AllResourcesAddress(string? Search, string? Kind, string? State, string? Project, string? Label, string? Creator, string? Sort, string? Page, string? Size)
{
    /// <summary>Reads it; whatever makes no sense counts as not there.</summary>
    public AllResourcesQuery Read()
    {
        var sort = QueryText.Key(Sort);
        return new AllResourcesQuery
        {
            Search = TextRules.Clean(Search),
            Kind = ResourceKinds.FindByPlural(QueryText.Key(Kind)) is { IsOfCatalogue: false } kind ? kind.Name : null,
            State = QueryText.Key(State) is { Length: > 0 } state ? state : null,
            Project = QueryText.Key(Project) is { Length: > 0 } project ? project : null,
            Label = TextRules.Clean(Label) is { Length: > 0 } label ? label : null,
            CreatedBy = QueryText.Id(Creator) is var creator && creator != Guid.Empty ? creator : null,
            Sort = QueryText.Named<AllResourcesSort>(sort.TrimStart('-')) ?? AllResourcesSort.Used,
            IsReversed = sort.StartsWith('-'),
            Page = new PageRequest(QueryText.WholeNumber(Page), QueryText.WholeNumber(Size)),
        };
    }
}

/// <summary>A resource with its project.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="ProjectId">Id of its project.</param>
/// <param name="ProjectSlug">Its Project ID.</param>
/// <param name="ProjectName">Its name.</param>
public sealed record ProjectResourceRow(ResourceRow Resource, Guid ProjectId, string ProjectSlug, string ProjectName);

/// <summary>A project that the list can be narrowed to.</summary>
/// <param name="Slug">Its Project ID.</param>
/// <param name="Name">Its name.</param>
public sealed record ProjectChoice(string Slug, string Name);

/// <summary>The resources of all projects in which the reader sees their kinds.</summary>
/// <param name="Page">The rows.</param>
/// <param name="Kinds">Names of the kinds that the reader sees anywhere.</param>
/// <param name="Projects">Projects with the latest activity, at most <see cref="ResourceListService.MostChoices"/>.</param>
/// <param name="Labels">Labels of what was used lately, at most <see cref="ResourceListService.MostChoices"/>.</param>
/// <param name="Creators">Who made what was used lately, at most <see cref="ResourceListService.MostChoices"/>.</param>
public sealed record AllResourcesList(
    Page<ProjectResourceRow> Page, IReadOnlyList<string> Kinds, IReadOnlyList<ProjectChoice> Projects, IReadOnlyList<string> Labels, IReadOnlyList<ResourceCreator> Creators);
