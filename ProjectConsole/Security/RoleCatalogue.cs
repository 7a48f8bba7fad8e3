using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Shared;

namespace ProjectConsole.Security;

/// <summary>Finds roles by their stored names, built-in and custom ones alike.</summary>
public static class RoleCatalogue
{
    /// <summary>The project role of that stored name that this project may use; null where there is none.</summary>
    public static async Task<ProjectRole?> FindProjectRoleAsync(ConsoleDbContext db, ProjectScope project, string? key, CancellationToken ct)
    {
        if (key is null || ProjectRole.Find(key) is { } builtIn)
        {
            return ProjectRole.Find(key);
        }

        return (await Usable(db, project).Where(role => role.Key == key).AsNoTracking().FirstOrDefaultAsync(ct))?.ToRole();
    }

    /// <summary>The role of that stored name that is known to the whole organization; null where there is none.</summary>
    public static async Task<ProjectRole?> FindProjectRoleAsync(ConsoleDbContext db, Guid organizationId, string? key, CancellationToken ct)
    {
        if (key is null || ProjectRole.Find(key) is { } builtIn)
        {
            return ProjectRole.Find(key);
        }

        return (await db.ProjectRoles.Where(role => role.OrganizationId == organizationId && role.ProjectId == null && role.Key == key)
            .AsNoTracking().FirstOrDefaultAsync(ct))?.ToRole();
    }

    /// <summary>Every project role that a project may use: the built-in ones by size, then custom ones by name.</summary>
    public static async Task<IReadOnlyList<ProjectRole>> ProjectRolesAsync(ConsoleDbContext db, ProjectScope project, CancellationToken ct) =>
        [.. ProjectRole.All, .. (await Usable(db, project).OrderBy(role => role.NameFolded).AsNoTracking().ToListAsync(ct)).Select(role => role.ToRole())];

    /// <summary>The organization role of that stored name; null where there is none.</summary>
    public static async Task<OrganizationRole?> FindOrganizationRoleAsync(ConsoleDbContext db, Guid organizationId, string? key, CancellationToken ct)
    {
        if (key is null || OrganizationRole.Find(key) is { } builtIn)
        {
            return OrganizationRole.Find(key);
        }

        return (await db.OrganizationRoles.Where(role => role.OrganizationId == organizationId && role.Key == key)
            .AsNoTracking().FirstOrDefaultAsync(ct))?.ToRole();
    }

    /// <summary>Every organization role: the built-in ones, largest first, then custom ones by name.</summary>
    public static async Task<IReadOnlyList<OrganizationRole>> OrganizationRolesAsync(ConsoleDbContext db, Guid organizationId, CancellationToken ct) =>
    [
        .. OrganizationRole.All,
        .. (await db.OrganizationRoles.Where(role => role.OrganizationId == organizationId).OrderBy(role => role.NameFolded).AsNoTracking().ToListAsync(ct))
            .Select(role => role.ToRole()),
    ];

    /// <summary>What a stored grant gives after its restriction; everything where role or restriction cannot be read, so that nobody touches it unseen.</summary>
    public static async Task<PermissionSet> GivenAsync(
        ConsoleDbContext db, Guid organizationId, string roleKey, Guid? restrictionId, CancellationToken ct)
    {
        var given = ProjectRole.Find(roleKey)?.Permissions
            ?? (await db.ProjectRoles.Where(role => role.OrganizationId == organizationId && role.Key == roleKey).AsNoTracking().FirstOrDefaultAsync(ct))?.Permissions
            ?? PermissionCatalogue.Project;
        if (restrictionId is not { } id)
        {
            return given;
        }

        var restriction = await db.Restrictions.Where(row => row.OrganizationId == organizationId && row.Id == id).AsNoTracking().FirstOrDefaultAsync(ct);
        return restriction is null ? given : given - restriction.Rules.Denied;
    }

    private static IQueryable<CustomProjectRole> Usable(ConsoleDbContext db, ProjectScope project)
    {
        var (organizationId, projectId) = project;
        return db.ProjectRoles.Where(role => role.OrganizationId == organizationId && (role.ProjectId == null || role.ProjectId == projectId));
    }
}
