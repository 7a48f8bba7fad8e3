using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Keys;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Keys;

/// <summary>Lists the keys of a project, ended ones included. The Organization Default Key is shown to the organization's Owner alone.</summary>
public sealed class KeyDirectory(IDbContextFactory<ConsoleDbContext> databases, AccessControl access, TimeProvider clock)
{
    private const int Most = 1000;

    /// <summary>The keys of a project.</summary>
    public async Task<Result<KeyList>> ListAsync(Actor actor, ProjectScope scope, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var reader = await access.InProjectAsync(db, actor, scope, ct);
        if (AccessRefusal.InProject(reader, Permissions.KeysView) is { } refusal)
        {
            return refusal;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        var keys = await db.ProjectKeys.AsNoTracking().Where(key => key.OrganizationId == scope.OrganizationId && key.ProjectId == scope.ProjectId && !key.IsOrganizationDefault)
            .OrderBy(key => key.RevokedUtc == null && (key.ExpiresUtc == null || key.ExpiresUtc > now) ? 0 : 1).ThenByDescending(key => key.CreatedUtc).ThenBy(key => key.Id)
            .Take(Most).ToListAsync(ct);
        var gone = await GoneAsync(db, scope, [.. keys.Select(key => key.CreatedBy).Where(id => id != Guid.Empty).Distinct()], ct);
        var rows = keys.Select(key => Row(key, reader!, now, gone)).ToList();
        if (reader!.Project.IsDefault && (await access.InOrganizationAsync(db, actor, scope.OrganizationId, ct))?.May(Permissions.DefaultKeyView) == true)
        {
            rows.Insert(0, await DefaultAsync(db, scope, now, ct));
        }

        var days = await db.Organizations.Where(row => row.Id == scope.OrganizationId).Select(row => row.LongestKeyLifeDays).SingleAsync(ct);
        return new KeyList(
            rows, PermissionText.Of(reader.Access.Held & KeyTerms.OfProjectKeys), days, AccessRefusal.InProject(reader, Permissions.KeysCreate)?.Message);
    }

    private static KeyListRow Row(ProjectKey key, ProjectAccess reader, DateTime now, HashSet<Guid> gone) => new(
        key.Id, key.Name, KeyText.Shown(KeyPrefix.ProjectKey, key.Id), key.PermissionNames, key.CreatedByName, gone.Contains(key.CreatedBy), key.CreatedUtc,
        key.ExpiresUtc, key.LastUsedUtc, key.StateAt(now), key.RevokedByName, IsOrganizationDefault: false,
        (AccessRefusal.InProject(reader, Permissions.KeysCreate) ?? KeysService.RefuseToGive(reader.Access, key.Permissions, key.ExpiresUtc))?.Message,
        KeyRevocation.Refuse(reader, key)?.Message);

    // Until its first rotation there is nothing to store of it.
    private static async Task<KeyListRow> DefaultAsync(ConsoleDbContext db, ProjectScope scope, DateTime now, CancellationToken ct)
    {
        var key = await db.ProjectKeys.AsNoTracking().SingleOrDefaultAsync(row => row.ProjectId == scope.ProjectId && row.IsOrganizationDefault, ct)
            ?? ProjectKey.OfOrganization(scope, now);
        return new KeyListRow(
            key.Id, key.Name, key.SecretHash is null ? "" : KeyText.Shown(KeyPrefix.ProjectKey, key.Id), key.PermissionNames, "", IsCreatorGone: false, key.CreatedUtc,
            key.ExpiresUtc, key.LastUsedUtc, key.StateAt(now), "", IsOrganizationDefault: true, null,
            "The Organization Default Key cannot be revoked. Rotate it, and what knew the former secret is locked out.");
    }

    private async Task<HashSet<Guid>> GoneAsync(ConsoleDbContext db, ProjectScope scope, Guid[] creators, CancellationToken ct)
    {
        if (creators.Length == 0)
        {
            return [];
        }

        var decisions = await access.OfManyAsync(
            db, db.Projects.Where(project => project.Id == scope.ProjectId), db.Users.Where(user => creators.Contains(user.Id)), ct);
        return [.. creators.Where(id => decisions.GetValueOrDefault((id, scope.ProjectId))?.Access.Held.Contains(Permissions.ProjectView) != true)];
    }
}
