using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Moving;

/// <summary>Reads into which projects a person may move resources.</summary>
public sealed class MoveTargets(IDbContextFactory<ConsoleDbContext> databases, AccessControl access)
{
    /// <summary>The most projects that are looked at together; who has more of them searches.</summary>
    public const int Most = 50;

    /// <summary>The active projects, by name, in which the actor may create resources of all these kinds.</summary>
    public async Task<Result<MoveTargetList>> ListAsync(
        Actor actor, ResourceOwner from, IReadOnlyCollection<string> kinds, string search, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await access.InOrganizationAsync(db, actor, from.OrganizationId, ct) is not { Access.MayEnterOrganization: true } organization)
        {
            return new NotFound();
        }

        var (fromId, pattern) = (from.Id, TextRules.LikePattern(TextRules.Fold(TextRules.Clean(search))));
        var seen = await access.VisibleProjects(db, organization)
            .Where(project => project.Id != fromId && project.State == ProjectState.Active && EF.Functions.Like(project.SearchText, pattern, @"\"))
            .OrderBy(project => project.NameFolded).ThenBy(project => project.Slug).Take(Most).Select(project => project.Id).ToListAsync(ct);
        var decided = await access.OfActorAsync(db, actor, seen, ct);
        var made = kinds.Select(ResourceKinds.Get).Where(kind => !kind.IsOfCatalogue).ToList();
        var open = seen.Select(id => decided.GetValueOrDefault(id)).OfType<ProjectAccess>()
            .Where(project => made.TrueForAll(kind => project.Access.May(kind, "create", null)));
        return new MoveTargetList([.. open.Select(project => new MoveTarget(project.Project.Slug, project.Project.Name))], seen.Count < Most);
    }
}

/// <summary>Projects into which resources may be moved.</summary>
/// <param name="Rows">The projects.</param>
/// <param name="IsWhole">Whether none was left out.</param>
public sealed record MoveTargetList(IReadOnlyList<MoveTarget> Rows, bool IsWhole);

/// <summary>A project into which resources may be moved.</summary>
/// <param name="Slug">Its Project ID.</param>
/// <param name="Name">Its name.</param>
public sealed record MoveTarget(string Slug, string Name);
