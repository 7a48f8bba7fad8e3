using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Collaborators;

/// <summary>What the dialogs offer in a project.</summary>
/// <param name="Roles">Roles, the largest first, custom ones after them.</param>
public sealed record CollaboratorChoices(IReadOnlyList<RoleChoice> Roles);

/// <summary>A role that can be given.</summary>
/// <param name="Key">Stored name.</param>
/// <param name="Title">For people.</param>
/// <param name="Sentence">What it is for.</param>
/// <param name="IsAbove">It goes beyond what the person holds.</param>
/// <param name="Permissions">What it gives.</param>
public sealed record RoleChoice(string Key, string Title, string Sentence, bool IsAbove, PermissionSet Permissions);

/// <summary>Reads what can be chosen for a collaborator.</summary>
public sealed class CollaboratorChoiceService(IDbContextFactory<ConsoleDbContext> databases, AccessControl access)
{
    /// <summary>The roles that a project may use.</summary>
    public async Task<Result<CollaboratorChoices>> OfAsync(Actor actor, ProjectScope project, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var reader = await access.InProjectAsync(db, actor, project, ct);
        if (AccessRefusal.InProject(reader, Permissions.CollaboratorsView) is { } refusal)
        {
            return refusal;
        }

        var roles = await RoleCatalogue.ProjectRolesAsync(db, project, ct);
        return new CollaboratorChoices(
            [.. roles.OrderByDescending(role => role.Rank).Select(role => new RoleChoice(role.Key, role.Title, role.Sentence, !reader!.Access.Exceeding(role.Permissions).IsEmpty, role.Permissions))]);
    }
}
