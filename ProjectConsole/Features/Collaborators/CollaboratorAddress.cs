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
        ("role", query.Role),
        ("source", query.Source?.ToString().ToLowerInvariant()),
        ("external", Yes(query.IsExternal)),
        ("expiring", Yes(query.IsExpiring)),
        ("restricted", Yes(query.IsRestricted)),
        ("blocked", Yes(query.IsBlocked)),
        ("team", query.Team),
        ("sort", query.Sort == CollaboratorSort.Role ? null : query.Sort.ToString().ToLowerInvariant()),
        ("reversed", Yes(query.IsReversed)),
        ("page", query.Page.Number == 1 ? null : query.Page.Number),
        ("size", query.Page.Size == PageRequest.Sizes[0] ? null : query.Page.Size));

    /// <summary>The address of the same list as a file.</summary>
    /// <param name="project">The project.</param>
    /// <param name="query">Which rows, in which order; the page does not count.</param>
    /// <param name="format">csv or jsonl.</param>
    public static string OfExport(ProjectAccess project, CollaboratorQuery query, string format) => ConsoleUrls.WithQuery(
        Of(project.Organization.Slug, project.Project.Slug, query.FromStart() with { Team = "" })
            .Replace(ConsoleUrls.Collaborators(project.Organization.Slug, project.Project.Slug), ConsoleUrls.CollaboratorsExport(project.Organization.Slug, project.Project.Slug), StringComparison.Ordinal),
        ("format", format));

    /// <summary>Reads a query by the names of its parameters; what an address says wrongly counts as not said.</summary>
    public static CollaboratorQuery Read(Func<string, string?> value) => new()
    {
        Search = TextRules.Clean(value("search")),
        Role = QueryText.Key(value("role")),
        Source = QueryText.Named<CollaboratorSource>(value("source")),
        IsExternal = QueryText.Flag(value("external")),
        IsExpiring = QueryText.Flag(value("expiring")),
        IsRestricted = QueryText.Flag(value("restricted")),
        IsBlocked = QueryText.Flag(value("blocked")),
        Team = QueryText.Key(value("team")),
        Sort = QueryText.Named<CollaboratorSort>(value("sort")) ?? CollaboratorSort.Role,
        IsReversed = QueryText.Flag(value("reversed")),
        Page = new PageRequest(QueryText.WholeNumber(value("page")), QueryText.WholeNumber(value("size"))),
    };

    /// <summary>The same list from its first page.</summary>
    public static CollaboratorQuery FromStart(this CollaboratorQuery query) => query with { Page = new PageRequest(1, query.Page.Size) };

    private static string? Yes(bool flag) => flag ? "yes" : null;
}
