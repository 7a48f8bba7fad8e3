using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Projects;

namespace ProjectConsole.Security;

/// <summary>Which projects of an organization suit a person, as SQL predicates that agree with the decision.</summary>
public sealed class ProjectSets(TimeProvider clock)
{
    private static readonly string[] BuiltInKeys = [.. ProjectRole.All.Select(role => role.Key)];

    /// <summary>Of the given projects of an organization those in which the person's effective role is at least this one.</summary>
    public async Task<IQueryable<Project>> WithRoleAsync(
        ConsoleDbContext db, OrganizationAccess organization, IQueryable<Project> projects, ProjectRole least, CancellationToken ct)
    {
        bool Suffices(PermissionSet given) => ProjectRole.LargestIn(given) is { } role && role.Rank >= least.Rank;
        var granted = await GrantedAsync(db, organization, Suffices, ct);
        return granted is null ? projects : projects.Where(granted.Among);
    }

    /// <summary>The deleted projects of an organization that the person can still restore.</summary>
    public async Task<IQueryable<Project>> RestorableAsync(ConsoleDbContext db, OrganizationAccess organization, CancellationToken ct)
    {
        var (organizationId, oldest) = (organization.Id, clock.GetUtcNow().UtcDateTime - Project.RestorableFor);
        var projects = db.Projects.Where(project =>
            project.OrganizationId == organizationId && project.State == ProjectState.Deleted && project.DeletedUtc > oldest);
        if (!organization.Access.MayEnterOrganization)
        {
            return projects.Where(_ => false);
        }

        var granted = await GrantedAsync(db, organization, given => given.Contains(Permissions.ProjectDelete), ct);
        return granted is null ? projects : projects.Where(granted.Among);
    }

    // Null where the organization role alone suffices in every project.
    private async Task<SufficientProjects?> GrantedAsync(
        ConsoleDbContext db, OrganizationAccess organization, Func<PermissionSet, bool> suffices, CancellationToken ct)
    {
        var facts = organization.Access.Facts;
        var ceiling = facts.Membership?.Role.Ceiling ?? OrganizationRole.ExternalCeiling;
        var everywhere = facts.Membership?.Role.InEveryProject ?? PermissionSet.Empty;
        if (suffices(everywhere & ceiling))
        {
            return null;
        }

        var (userId, organizationId, now) = (facts.Person.UserId, organization.Id, clock.GetUtcNow().UtcDateTime);
        var grants = from principal in db.Principals.Where(principal => principal.UserId == userId)
                     join grant in db.Grants on principal.Id equals grant.PrincipalId
                     where grant.OrganizationId == organizationId && (grant.ExpiresUtc == null || grant.ExpiresUtc > now)
                     select grant;
        var ofMembers = facts.Membership is null ? everywhere : everywhere | ProjectRole.Developer.Permissions;
        // The built-in roles contain each other, so the union of several is the largest, and the ceiling turns each into one role.
        // Where a role is custom, restricted or held in every project, only the union of all paths tells.
        var needsUnion = !everywhere.IsEmpty
            || await grants.AnyAsync(grant => grant.RestrictionId != null || !BuiltInKeys.Contains(grant.RoleKey), ct);
        return needsUnion
            ? await UnitedAsync(db, organizationId, grants, new Bases(everywhere, ofMembers, ceiling), suffices, ct)
            : OfBuiltIn(db, grants, [.. ProjectRole.All.Where(role => suffices(role.Permissions & ceiling)).Select(role => role.Key)], suffices(ofMembers & ceiling));
    }

    private static SufficientProjects OfBuiltIn(ConsoleDbContext db, IQueryable<Grant> grants, string[] keys, bool isDefaultEnough)
    {
        var sufficient = grants.Where(grant => keys.Contains(grant.RoleKey));
        var mine = sufficient.Where(grant => grant.ProjectId != null).Select(grant => grant.ProjectId!.Value)
            .Concat(from grant in sufficient
                    join project in db.Projects on grant.WorkspaceId equals project.WorkspaceId
                    select project.Id);
        return new SufficientProjects(isDefaultEnough
            ? project => project.IsDefault || mine.Contains(project.Id)
            : project => mine.Contains(project.Id));
    }

    private static async Task<SufficientProjects> UnitedAsync(
        ConsoleDbContext db, Guid organizationId, IQueryable<Grant> grants, Bases bases, Func<PermissionSet, bool> suffices, CancellationToken ct)
    {
        var held = await (from grant in grants
                          from role in db.ProjectRoles.Where(role => role.Key == grant.RoleKey).DefaultIfEmpty()
                          from restriction in db.Restrictions.Where(restriction => restriction.Id == grant.RestrictionId).DefaultIfEmpty()
                          from project in db.Projects.Where(project => project.Id == grant.ProjectId).DefaultIfEmpty()
                          select new
                          {
                              grant.ProjectId,
                              WorkspaceId = grant.WorkspaceId ?? project!.WorkspaceId,
                              IsDefault = (bool?)project!.IsDefault ?? false,
                              grant.RoleKey,
                              Names = (string?)role!.PermissionNames,
                              Rules = (string?)restriction!.RuleText,
                          }).ToListAsync(ct);
        var sets = held.Select(row => (row.ProjectId, row.WorkspaceId, row.IsDefault,
            Given: (ProjectRole.Find(row.RoleKey)?.Permissions ?? PermissionText.Parse(row.Names ?? "")) - RestrictionRules.Parse(row.Rules ?? "").Denied)).ToList();
        PermissionSet Union(IEnumerable<PermissionSet> given, PermissionSet start) => given.Aggregate(start, (all, set) => all | set) & bases.Ceiling;
        var inWorkspaces = sets.Where(row => row.ProjectId is null).ToLookup(row => row.WorkspaceId, row => row.Given);
        var workspaces = inWorkspaces.Where(group => suffices(Union(group, bases.Everywhere))).Select(group => group.Key).ToArray();
        var projects = sets.Where(row => row.ProjectId is not null).GroupBy(row => (Id: row.ProjectId!.Value, row.WorkspaceId, row.IsDefault))
            .Where(group => suffices(Union(group.Select(row => row.Given).Concat(inWorkspaces[group.Key.WorkspaceId]), group.Key.IsDefault ? bases.InDefault : bases.Everywhere)))
            .Select(group => group.Key.Id).ToList();
        var home = await db.Projects.Where(project => project.OrganizationId == organizationId && project.IsDefault)
            .Select(project => new { project.Id, project.WorkspaceId }).FirstOrDefaultAsync(ct);
        if (home is not null && suffices(Union(inWorkspaces[home.WorkspaceId], bases.InDefault)))
        {
            projects.Add(home.Id);
        }

        return new SufficientProjects(project => projects.Contains(project.Id) || workspaces.Contains(project.WorkspaceId));
    }

    // What a person has without any grant: in every project, in the Default Project, and at most.
    private sealed record Bases(PermissionSet Everywhere, PermissionSet InDefault, PermissionSet Ceiling);

    private sealed record SufficientProjects(System.Linq.Expressions.Expression<Func<Project, bool>> Among);
}
