using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Shared;

namespace ProjectConsole.Security;

/// <summary>
/// The one guard behind two invariants, for every route that could break them: every project but the Default one keeps
/// an Admin (an active person who holds <c>collaborators.manage-admins</c> after restriction and ceiling, by a grant on
/// the project without expiry), and an organization always has an active Owner. One instance per command.
/// </summary>
internal sealed class AdminGuard(AccessControl access, Actor actor)
{
    /// <summary>How many projects one statement is asked about: its parameters are limited (SQL Server: 2,100).</summary>
    public const int Chunk = 500;

    private readonly HashSet<Guid> _projects = [];
    private readonly HashSet<Guid> _visible = [];
    private readonly HashSet<Guid> _organizations = [];
    private bool _allowsOwnerless;

    /// <summary>The projects that had an Admin before the change.</summary>
    public IReadOnlyCollection<Guid> Noted => _projects;

    /// <summary>Notes, before the change, the projects and organizations in which these people are Admin or Owner now.</summary>
    public async Task WatchAsync(ConsoleDbContext db, CommandTarget target, IReadOnlyCollection<Guid> userIds, CancellationToken ct)
    {
        var (organizationId, projectId, ownerKey) = (target.OrganizationId, target.ProjectId, OrganizationRole.Owner.Key);
        await WatchAsync(
            db, target,
            from principal in db.Principals.Where(principal => userIds.Contains(principal.UserId))
            join grant in db.Grants on principal.Id equals grant.PrincipalId
            select grant,
            ct);
        if (projectId is null)
        {
            var organizations = db.Members
                .Where(member => userIds.Contains(member.UserId) && member.RoleKey == ownerKey && (organizationId == null || member.OrganizationId == organizationId))
                .Select(member => member.OrganizationId);
            _organizations.UnionWith(await organizations.ToListAsync(ct));
        }
    }

    /// <summary>Notes, before the change, the projects that have an Admin by one of these grants now.</summary>
    public async Task WatchAsync(ConsoleDbContext db, CommandTarget target, IQueryable<Grant> grants, CancellationToken ct)
    {
        var (organizationId, projectId) = (target.OrganizationId, target.ProjectId);
        var projects = from grant in GivingAdmin(db, grants)
                       join project in db.Projects on grant.ProjectId equals project.Id
                       where !project.IsDefault && project.State != ProjectState.Deleted
                           && (organizationId == null || project.OrganizationId == organizationId)
                           && (projectId == null || project.Id == projectId)
                       select project.Id;
        var noted = (await projects.Distinct().ToListAsync(ct)).Where(_projects.Add).ToList();
        _visible.UnionWith(await SeenAsync(db, noted, ct));
    }

    /// <summary>Lets organizations go without an active Owner, and their projects without an Admin: nobody there could become one.</summary>
    public void AllowOwnerless() => _allowsOwnerless = true;

    /// <summary>The refusal after the change, or null where both invariants still hold.</summary>
    public async Task<Error?> CheckAsync(ConsoleDbContext db, CancellationToken ct)
    {
        if (!_allowsOwnerless && _organizations.Count > 0
            && await WithoutOwner(db, [.. _organizations]).Select(organization => organization.Name).ToListAsync(ct) is { Count: > 0 } organizations)
        {
            return new LastOwner(organizations);
        }

        var projects = await ProjectsWithoutAdminAsync(db, ct);
        if (_allowsOwnerless && projects.Count > 0)
        {
            var ownerless = await OwnerlessOrganizationsAsync(db, ct);
            projects = [.. (await OrganizationsOfAsync(db, projects, ct)).Where(project => !ownerless.Contains(project.Value)).Select(project => project.Key)];
        }

        return projects.Count > 0 ? await LastAdminAsync(db, projects, ct) : null;
    }

    /// <summary>
    /// The noted organizations that have no active Owner now, and those of the noted projects that have neither an Admin nor an
    /// Owner who could become one.
    /// </summary>
    public async Task<IReadOnlyCollection<Guid>> OwnerlessOrganizationsAsync(ConsoleDbContext db, CancellationToken ct)
    {
        var projects = await OrganizationsOfAsync(db, await ProjectsWithoutAdminAsync(db, ct), ct);
        Guid[] ids = [.. _organizations.Union(projects.Values)];
        return ids.Length == 0 ? [] : await WithoutOwner(db, ids).Select(organization => organization.Id).ToListAsync(ct);
    }

    /// <summary>Those of the noted projects that have no Admin now.</summary>
    public async Task<IReadOnlyCollection<Guid>> ProjectsWithoutAdminAsync(ConsoleDbContext db, CancellationToken ct)
    {
        var without = _projects.ToHashSet();
        foreach (var ids in _projects.Chunk(Chunk))
        {
            without.ExceptWith(await ProjectsWithAdminAsync(db, ids, ct));
        }

        return without;
    }

    /// <summary>Whether a project has an Admin now, also while it is deleted.</summary>
    public static async Task<bool> HasAdminAsync(ConsoleDbContext db, Guid projectId, CancellationToken ct) =>
        (await ProjectsWithAdminAsync(db, [projectId], ct)).Any();

    // Seen before the change: whoever leaves sees none of them afterwards, and is told which they are. Few are decided one by one:
    // the predicate reads all that the actor is granted.
    private async Task<IEnumerable<Guid>> SeenAsync(ConsoleDbContext db, List<Guid> projects, CancellationToken ct)
    {
        if (projects.Count <= Chunk)
        {
            var decisions = await access.OfActorAsync(db, actor, projects, ct);
            return decisions.Where(decided => decided.Value.May(Permissions.ProjectView)).Select(decided => decided.Key);
        }

        var seen = await (await access.VisibleProjectsEverywhereAsync(db, actor, ct)).Select(project => project.Id).ToListAsync(ct);
        return seen.Intersect(projects);
    }

    private static async Task<Dictionary<Guid, Guid>> OrganizationsOfAsync(ConsoleDbContext db, IReadOnlyCollection<Guid> projects, CancellationToken ct)
    {
        var organizations = new Dictionary<Guid, Guid>();
        foreach (var ids in projects.Chunk(Chunk))
        {
            foreach (var row in await db.Projects.Where(project => ids.Contains(project.Id)).Select(project => new { project.Id, project.OrganizationId }).ToListAsync(ct))
            {
                organizations[row.Id] = row.OrganizationId;
            }
        }

        return organizations;
    }

    private async Task<LastAdmin> LastAdminAsync(ConsoleDbContext db, IReadOnlyCollection<Guid> without, CancellationToken ct)
    {
        var names = new List<string>();
        foreach (var ids in without.Where(_visible.Contains).Chunk(Chunk))
        {
            names.AddRange(await db.Projects.Where(project => ids.Contains(project.Id)).OrderBy(project => project.NameFolded).Select(project => project.Name).ToListAsync(ct));
        }

        return new LastAdmin(names, without.Count - names.Count);
    }

    private static async Task<IEnumerable<Guid>> ProjectsWithAdminAsync(ConsoleDbContext db, Guid[] ids, CancellationToken ct)
    {
        var holders = await (from grant in GivingAdmin(db, db.Grants.Where(grant => grant.ProjectId != null && ids.Contains(grant.ProjectId.Value)))
                             join principal in db.Principals on grant.PrincipalId equals principal.Id
                             join user in db.Users on principal.UserId equals user.Id
                             where user.LockedUtc == null
                             // Only members can be Admin: the ceiling of people outside takes it.
                             join member in db.Members on new { grant.OrganizationId, principal.UserId } equals new { member.OrganizationId, member.UserId }
                             from custom in db.OrganizationRoles.Where(custom => custom.Key == member.RoleKey).DefaultIfEmpty()
                             select new { ProjectId = grant.ProjectId!.Value, member.RoleKey, Admits = (bool?)custom!.AdmitsAdmin }).Distinct().ToListAsync(ct);
        return holders
            .Where(holder => holder.Admits ?? OrganizationRole.Find(holder.RoleKey)?.Ceiling.Contains(Permissions.CollaboratorsManageAdmins) ?? false)
            .Select(holder => holder.ProjectId);
    }

    // After the restriction, without expiry; whether the ceiling leaves it is the holder's matter.
    private static IQueryable<Grant> GivingAdmin(ConsoleDbContext db, IQueryable<Grant> grants)
    {
        var adminKey = ProjectRole.Admin.Key;
        return grants.Where(grant => grant.ProjectId != null && grant.ExpiresUtc == null
            && (grant.RoleKey == adminKey || db.ProjectRoles.Any(role => role.Key == grant.RoleKey && role.GivesAdmin))
            && (grant.RestrictionId == null || db.Restrictions.Any(restriction => restriction.Id == grant.RestrictionId && restriction.SparesAdmin)));
    }

    private static IQueryable<Organization> WithoutOwner(ConsoleDbContext db, Guid[] ids)
    {
        var ownerKey = OrganizationRole.Owner.Key;
        return db.Organizations
            .Where(organization => ids.Contains(organization.Id) && organization.DeletedUtc == null)
            .Where(organization => !db.Members.Any(member =>
                member.OrganizationId == organization.Id && member.RoleKey == ownerKey
                && db.Users.Any(user => user.Id == member.UserId && user.LockedUtc == null)));
    }
}
