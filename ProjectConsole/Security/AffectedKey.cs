using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Keys;

namespace ProjectConsole.Security;

/// <summary>An API key in force whose maker loses something, by a change, in its project. It stays as it is unless it is revoked too.</summary>
/// <param name="Id">The key.</param>
/// <param name="Name">For people.</param>
/// <param name="Shown">Its prefix and the end of its id.</param>
/// <param name="CreatedByName">Address of who made it.</param>
/// <param name="Project">Name of its project.</param>
/// <param name="LastUsedUtc">When it was last used, UTC; null for never.</param>
/// <param name="RefusedToRevoke">Why the actor may not revoke it; null where that is allowed.</param>
public sealed record AffectedKey(Guid Id, string Name, string Shown, string CreatedByName, string Project, DateTime? LastUsedUtc, string? RefusedToRevoke)
{
    /// <summary>The most keys that a preview lists, and that are revoked with one change.</summary>
    public const int Most = 100;

    // What is not read is not counted either: then there are more keys than anybody decides about one by one.
    private const int MostRead = 1_000;

    /// <summary>The keys of those who lose something, and how many more there are that are not listed.</summary>
    /// <param name="db">The context of the change.</param>
    /// <param name="losing">Who loses something in which project.</param>
    /// <param name="actors">What the actor may do in each of the projects, before the change.</param>
    /// <param name="revoked">The keys that the change revokes: they are listed as well.</param>
    /// <param name="ct">Ends the reading.</param>
    internal static async Task<(IReadOnlyList<AffectedKey> Keys, int More)> FindAsync(
        ConsoleDbContext db, IReadOnlyCollection<(Guid UserId, Guid ProjectId)> losing, IReadOnlyDictionary<Guid, ProjectAccess> actors, IReadOnlyCollection<Guid> revoked, CancellationToken ct)
    {
        if (losing.Count == 0)
        {
            return ([], 0);
        }

        var (people, projects, pairs) = (losing.Select(pair => pair.UserId).Distinct().ToArray(), losing.Select(pair => pair.ProjectId).Distinct().ToArray(), losing.ToHashSet());
        var now = actors[projects[0]].Access.Facts.Now;
        var keys = await db.ProjectKeys.AsNoTracking()
            .Where(key => projects.Contains(key.ProjectId) && people.Contains(key.CreatedBy) && !key.IsOrganizationDefault
                && (key.RevokedUtc == null || revoked.Contains(key.Id)) && (key.ExpiresUtc == null || key.ExpiresUtc > now))
            .OrderBy(key => key.CreatedByName).ThenBy(key => key.Name).ThenBy(key => key.Id).Take(MostRead).ToListAsync(ct);
        keys.RemoveAll(key => !pairs.Contains((key.CreatedBy, key.ProjectId)));
        var listed = keys.Where(key => actors[key.ProjectId].May(Permissions.KeysView)).Take(Most).Select(key => Of(key, actors[key.ProjectId])).ToList();
        return (listed, keys.Count - listed.Count);
    }

    private static AffectedKey Of(ProjectKey key, ProjectAccess actor) => new(
        key.Id, key.Name, KeyText.Shown(KeyPrefix.ProjectKey, key.Id), key.CreatedByName, actor.Project.Name, key.LastUsedUtc, KeyRevocation.Refuse(actor, key)?.Message);
}
