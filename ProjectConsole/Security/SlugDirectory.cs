using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Shared;

namespace ProjectConsole.Security;

/// <summary>
/// Turns the slugs of an address into ids. Slugs never change and never come back, so what was found once stays true;
/// it is no decision about access. Finding what is known costs less than finding that there is nothing, so whoever answers somebody
/// without access reads it all the same.
/// </summary>
public sealed class SlugDirectory
{
    private const int Most = 200_000;

    private readonly ConcurrentDictionary<string, Guid> _organizations = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string, string), ProjectScope> _projects = new();

    /// <summary>Whether an organization is found without reading.</summary>
    public bool Knows(string organization) => _organizations.ContainsKey(organization);

    /// <summary>Whether a project is found without reading.</summary>
    public bool Knows(string organization, string project) => _projects.ContainsKey((organization, project));

    /// <summary>The organization's id, or <see cref="Guid.Empty"/>, which no organization has.</summary>
    public async Task<Guid> FindOrganizationAsync(ConsoleDbContext db, string slug, CancellationToken ct)
    {
        if (_organizations.TryGetValue(slug, out var known))
        {
            return known;
        }

        if (!MayExist(slug))
        {
            return Guid.Empty;
        }

        var id = await ReadOrganizationAsync(db, slug, ct);
        if (id != Guid.Empty && _organizations.Count < Most)
        {
            _organizations[slug] = id;
        }

        return id;
    }

    /// <summary>The project's ids, or empty ones, which no project has.</summary>
    public async Task<ProjectScope> FindProjectAsync(ConsoleDbContext db, string organization, string project, CancellationToken ct)
    {
        if (_projects.TryGetValue((organization, project), out var known))
        {
            return known;
        }

        if (!MayExist(organization) || !MayExist(project))
        {
            return default;
        }

        var found = await ReadProjectAsync(db, organization, project, ct);
        if (found != default && _projects.Count < Most)
        {
            _projects[(organization, project)] = found;
        }

        return found;
    }

    /// <summary>The organization's id as the database has it.</summary>
    public Task<Guid> ReadOrganizationAsync(ConsoleDbContext db, string slug, CancellationToken ct) =>
        db.Organizations.Where(organization => organization.Slug == slug).Select(organization => organization.Id).FirstOrDefaultAsync(ct);

    /// <summary>The project's ids as the database has them.</summary>
    public async Task<ProjectScope> ReadProjectAsync(ConsoleDbContext db, string organization, string project, CancellationToken ct)
    {
        var scope = await (from candidate in db.Projects
                           join owner in db.Organizations on candidate.OrganizationId equals owner.Id
                           where owner.Slug == organization && candidate.Slug == project
                           select new { candidate.OrganizationId, candidate.Id }).FirstOrDefaultAsync(ct);
        return scope is null ? default : new ProjectScope(scope.OrganizationId, scope.Id);
    }

    // Not cleaned but refused: one thing has one address.
    private static bool MayExist(string slug) => TextRules.Clean(slug) == slug;
}
