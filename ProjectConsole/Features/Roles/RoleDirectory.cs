using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Roles;

/// <summary>Reads the project roles that an organization or a project may use, and how many hold them.</summary>
public sealed class RoleDirectory(IDbContextFactory<ConsoleDbContext> databases, AccessControl access)
{
    /// <summary>Where counting the holders of a built-in role in an organization stops.</summary>
    public const int MostCounted = 1000;

    /// <summary>The built-in roles by size, then custom ones by name.</summary>
    public async Task<Result<IReadOnlyList<RoleRow>>> ListAsync(Actor actor, RoleOwner owner, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await RoleRules.RefuseToViewAsync(access, db, actor, owner, ct) is { } refusal)
        {
            return refusal;
        }

        var holders = await CountAsync(db, owner, ct);
        var custom = await Usable(db, owner).OrderBy(role => role.NameFolded).AsNoTracking().ToListAsync(ct);
        RoleRow[] rows =
        [
            .. ProjectRole.All.Select(role => new RoleRow(
                role.Key, role.Title, role.Sentence, RoleOrigin.BuiltIn, PermissionText.Of(role.Permissions), Math.Min(holders.GetValueOrDefault(role.Key), MostCounted))
            {
                HoldersAreMore = holders.GetValueOrDefault(role.Key) > MostCounted,
            }),
            .. custom.Select(role => RowOf(role, holders.GetValueOrDefault(role.Key))),
        ];
        return rows;
    }

    /// <summary>One role that may be used here.</summary>
    public async Task<Result<RoleRow>> GetAsync(Actor actor, RoleOwner owner, string key, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await RoleRules.RefuseToViewAsync(access, db, actor, owner, ct) is { } refusal)
        {
            return refusal;
        }

        if (ProjectRole.Find(key) is { } builtIn)
        {
            return new RoleRow(builtIn.Key, builtIn.Title, builtIn.Sentence, RoleOrigin.BuiltIn, PermissionText.Of(builtIn.Permissions), 0);
        }

        return await Usable(db, owner).AsNoTracking().FirstOrDefaultAsync(role => role.Key == key, ct) is { } role
            ? RowOf(role, await Grants(db, owner).CountAsync(grant => grant.RoleKey == key, ct))
            : new NoSuchRole();
    }

    private static RoleRow RowOf(CustomProjectRole role, int holders) => new(
        role.Key, role.Name, role.Description, role.ProjectId is null ? RoleOrigin.Organization : RoleOrigin.Project, role.PermissionNames, holders)
    {
        BasedOn = role.BasedOn,
        Version = role.Version,
    };

    private static async Task<Dictionary<string, int>> CountAsync(ConsoleDbContext db, RoleOwner owner, CancellationToken ct)
    {
        if (owner.ProjectId is not null)
        {
            return await GroupedAsync(Grants(db, owner), ct);
        }

        // A large organization has a million grants of built-in roles, which nobody waits for.
        var (organizationId, builtIn) = (owner.OrganizationId, ProjectRole.All.Select(role => role.Key).ToArray());
        var custom = db.ProjectRoles.Where(role => role.OrganizationId == organizationId && role.ProjectId == null).Select(role => role.Key);
        var holders = await GroupedAsync(Grants(db, owner).Where(grant => custom.Contains(grant.RoleKey)), ct);
        foreach (var key in builtIn)
        {
            holders[key] = await Grants(db, owner).Where(grant => grant.RoleKey == key).Take(MostCounted + 1).CountAsync(ct);
        }

        return holders;
    }

    private static Task<Dictionary<string, int>> GroupedAsync(IQueryable<Grant> grants, CancellationToken ct) =>
        grants.GroupBy(grant => grant.RoleKey).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, ct);

    private static IQueryable<Grant> Grants(ConsoleDbContext db, RoleOwner owner)
    {
        var (organizationId, projectId) = owner;
        return projectId is null
            ? db.Grants.Where(grant => grant.OrganizationId == organizationId)
            // Two searches: for one with an OR no database uses an index, and reads the grants of everybody.
            : db.Grants.Where(grant => grant.ProjectId == projectId).Concat(
                from project in db.Projects.Where(project => project.Id == projectId)
                join grant in db.Grants on (Guid?)project.WorkspaceId equals grant.WorkspaceId
                select grant);
    }

    private static IQueryable<CustomProjectRole> Usable(ConsoleDbContext db, RoleOwner owner)
    {
        var (organizationId, projectId) = owner;
        return db.ProjectRoles.Where(role => role.OrganizationId == organizationId && (role.ProjectId == null || role.ProjectId == projectId));
    }
}
