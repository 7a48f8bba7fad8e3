using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Shared;

namespace ProjectConsole.Security;

/// <summary>The restrictions that can hang on the grants of a project.</summary>
public sealed class RestrictionOptions(IDbContextFactory<ConsoleDbContext> databases, AccessControl access)
{
    /// <summary>Those of the project and of its organization, by name.</summary>
    public async Task<Result<IReadOnlyList<RestrictionOption>>> ListAsync(Actor actor, ProjectScope project, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (AccessRefusal.InProject(await access.InProjectAsync(db, actor, project, ct), Permissions.RolesView) is { } refusal)
        {
            return refusal;
        }

        return await OptionsAsync(Usable(db, project), ct);
    }

    /// <summary>Those of the organization itself, which is what grants on its workspaces can have: a workspace is of no single project.</summary>
    public async Task<Result<IReadOnlyList<RestrictionOption>>> ListForWorkspacesAsync(Actor actor, Guid organizationId, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (AccessRefusal.InOrganization(await access.InOrganizationAsync(db, actor, organizationId, ct), Permissions.WorkspacesManage) is { } refusal)
        {
            return refusal;
        }

        return await OptionsAsync(UsableInWorkspaces(db, organizationId), ct);
    }

    /// <summary>The restriction of that id that a grant on a workspace can have; null where there is none.</summary>
    public static Task<Restriction?> FindForWorkspacesAsync(ConsoleDbContext db, Guid organizationId, Guid restrictionId, CancellationToken ct) =>
        UsableInWorkspaces(db, organizationId).Where(restriction => restriction.Id == restrictionId).AsNoTracking().FirstOrDefaultAsync(ct);

    /// <summary>The restriction of that id that this project may use; null where there is none.</summary>
    public static Task<Restriction?> FindAsync(ConsoleDbContext db, ProjectScope project, Guid restrictionId, CancellationToken ct) =>
        Usable(db, project).Where(restriction => restriction.Id == restrictionId).AsNoTracking().FirstOrDefaultAsync(ct);

    private static Task<List<RestrictionOption>> OptionsAsync(IQueryable<Restriction> restrictions, CancellationToken ct) =>
        restrictions.OrderBy(restriction => restriction.NameFolded)
            .Select(restriction => new RestrictionOption(restriction.Id, restriction.Name, restriction.Description, restriction.RuleText, restriction.ProjectId == null))
            .ToListAsync(ct);

    private static IQueryable<Restriction> UsableInWorkspaces(ConsoleDbContext db, Guid organizationId) =>
        db.Restrictions.Where(restriction => restriction.OrganizationId == organizationId && restriction.ProjectId == null);

    private static IQueryable<Restriction> Usable(ConsoleDbContext db, ProjectScope project)
    {
        var (organizationId, projectId) = project;
        return db.Restrictions.Where(restriction =>
            restriction.OrganizationId == organizationId && (restriction.ProjectId == null || restriction.ProjectId == projectId));
    }
}

/// <summary>A restriction as a choice.</summary>
/// <param name="Id">The restriction.</param>
/// <param name="Name">For people.</param>
/// <param name="Description">What it is for, possibly empty.</param>
/// <param name="RuleText">Its rules, one on each line.</param>
/// <param name="IsOfOrganization">Whether all projects of the organization know it.</param>
public sealed record RestrictionOption(Guid Id, string Name, string Description, string RuleText, bool IsOfOrganization)
{
    /// <summary>What it takes.</summary>
    public PermissionSet Denied => RestrictionRules.Parse(RuleText).Denied;
}
