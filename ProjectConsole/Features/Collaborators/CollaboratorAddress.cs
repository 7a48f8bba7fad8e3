using ProjectConsole.Domain.Access;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Collaborators;

/// <summary>The list's state in its address, and the address for another state.</summary>
public static class CollaboratorAddress
{
    /// <summary>The address of the list with this query.</summary>
    public static string Of(ProjectAccess project, CollaboratorQuery query) => Of(project.Organization.Slug, project.Project.Slug, query);

    /// <summary>The address of the list of a project that is known by its address alone.</summary>
    public static string Of(string organization, string project, CollaboratorQuery query) => ConsoleUrls.WithQuery(
        ConsoleUrls.Collaborators(organization, project),
        ("search", query.Search),
        ("role", query.Role?.Key),
        ("source", query.Source?.ToString().ToLowerInvariant()),
        ("external", query.IsExternal ? "yes" : null),
        ("sort", query.Sort == CollaboratorSort.Role ? null : query.Sort.ToString().ToLowerInvariant()),
        ("reversed", query.IsReversed ? "yes" : null),
        ("page", query.Page.Number == 1 ? null : query.Page.Number),
        ("size", query.Page.Size == PageRequest.Sizes[0] ? null : query.Page.Size));

    /// <summary>Reads a query; what an address says wrongly counts as not said.</summary>
    public static CollaboratorQuery Read(
        string? search, string? role, string? source, string? external, string? sort, string? reversed, string? page, string? size) => new()
        {
            Search = TextRules.Clean(search),
            Role = ProjectRole.Find(QueryText.Key(role)),
            Source = QueryText.Named<CollaboratorSource>(source),
            IsExternal = QueryText.Flag(external),
            Sort = QueryText.Named<CollaboratorSort>(sort) ?? CollaboratorSort.Role,
            IsReversed = QueryText.Flag(reversed),
            Page = new PageRequest(QueryText.WholeNumber(page), QueryText.WholeNumber(size)),
        };

    /// <summary>The same list from its first page.</summary>
    public static CollaboratorQuery FromStart(this CollaboratorQuery query) => query with { Page = new PageRequest(1, query.Page.Size) };
}
