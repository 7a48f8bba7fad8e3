using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Collaborators;

/// <summary>By what a row of the list is there.</summary>
internal enum CollaboratorPath
{
    /// <summary>A grant on the project, standing or temporary.</summary>
    Project,

    /// <summary>A grant on the project's workspace and none on the project.</summary>
    Workspace,

    /// <summary>An organization role, or the rule of the Default Project, and no grant.</summary>
    Membership,
}

/// <summary>
/// One row of the collaborators' query: a person or a team. Every path is a part of one union, so that the database sorts,
/// searches and pages them together. What it sorts and filters by is what is granted; what becomes of that is decided per page.
/// </summary>
internal sealed class CollaboratorEntry
{
    public Guid PrincipalId { get; init; }
    public string? SortName { get; init; }
    public bool IsTeam { get; init; }
    public CollaboratorPath Path { get; init; }
    public string? RoleKey { get; init; }
    public Guid? RestrictionId { get; init; }
    public DateTime? GrantedUtc { get; init; }
    public DateTime? ExpiresUtc { get; init; }
    public string? MemberRole { get; init; }
    public DateTime? LockedUtc { get; init; }

    /// <summary>Everybody and every team with a way into the project.</summary>
    public static IQueryable<CollaboratorEntry> Of(ConsoleDbContext db, CollaboratorScope scope)
    {
        var (onProject, onWorkspace) = (OnProject(db, scope), OnWorkspace(db, scope));
        return People(db, scope, onProject, CollaboratorPath.Project).Concat(Teams(db, scope, onProject, CollaboratorPath.Project))
            .Concat(People(db, scope, onWorkspace, CollaboratorPath.Workspace)).Concat(Teams(db, scope, onWorkspace, CollaboratorPath.Workspace))
            .Concat(ThroughMembership(db, scope));
    }

    /// <summary>The grants on the project, one for each person and team: the standing one, or else a temporary one in force.</summary>
    public static IQueryable<Grant> OnProject(ConsoleDbContext db, CollaboratorScope scope)
    {
        var (projectId, now) = (scope.Project.ProjectId, scope.NowUtc);
        return db.Grants.Where(grant => grant.ProjectId == projectId
            && (!grant.IsUpgrade
                || (grant.ExpiresUtc > now && !db.Grants.Any(other => other.ProjectId == projectId && other.PrincipalId == grant.PrincipalId && !other.IsUpgrade))));
    }

    /// <summary>The grants on the workspace of those who have none on the project.</summary>
    public static IQueryable<Grant> OnWorkspace(ConsoleDbContext db, CollaboratorScope scope)
    {
        var (projectId, workspaceId, now) = (scope.Project.ProjectId, scope.WorkspaceId, scope.NowUtc);
        return db.Grants.Where(grant => grant.WorkspaceId == workspaceId && (grant.ExpiresUtc == null || grant.ExpiresUtc > now)
            && !db.Grants.Any(other => other.ProjectId == projectId && other.PrincipalId == grant.PrincipalId && (!other.IsUpgrade || other.ExpiresUtc > now)));
    }

    /// <summary>The members whom only their membership lets in.</summary>
    public static IQueryable<Guid> MembersWithoutGrant(ConsoleDbContext db, CollaboratorScope scope)
    {
        var (projectId, workspaceId, now) = (scope.Project.ProjectId, scope.WorkspaceId, scope.NowUtc);
        var (organizationId, isDefault, everywhere) = (scope.Project.OrganizationId, scope.IsDefault, scope.Everywhere);
        return db.Members
            .Where(member => member.OrganizationId == organizationId && (isDefault || everywhere.Contains(member.RoleKey))
                && !db.Grants.Any(grant => grant.PrincipalId == member.UserId && grant.ProjectId == projectId && (!grant.IsUpgrade || grant.ExpiresUtc > now))
                && !db.Grants.Any(grant => grant.PrincipalId == member.UserId && grant.WorkspaceId == workspaceId && (grant.ExpiresUtc == null || grant.ExpiresUtc > now)))
            .Select(member => member.UserId);
    }

    private static IQueryable<CollaboratorEntry> People(ConsoleDbContext db, CollaboratorScope scope, IQueryable<Grant> grants, CollaboratorPath path)
    {
        var organizationId = scope.Project.OrganizationId;
        return from grant in grants
               join user in db.Users on grant.PrincipalId equals user.Id
               select new CollaboratorEntry
               {
                   PrincipalId = grant.PrincipalId,
                   SortName = user.NormalizedEmail,
                   IsTeam = false,
                   Path = path,
                   RoleKey = grant.RoleKey,
                   RestrictionId = grant.RestrictionId,
                   GrantedUtc = (DateTime?)grant.GrantedUtc,
                   ExpiresUtc = grant.ExpiresUtc,
                   // Not a join: the database leaves it out where nothing asks for it, and there are as many as grants.
                   MemberRole = db.Members.Where(member => member.OrganizationId == organizationId && member.UserId == user.Id).Select(member => member.RoleKey).FirstOrDefault(),
                   LockedUtc = user.LockedUtc,
               };
    }

    // Of one organization, which its grants say already: so a database may begin at the few teams instead of ten thousand grants.
    private static IQueryable<CollaboratorEntry> Teams(ConsoleDbContext db, CollaboratorScope scope, IQueryable<Grant> grants, CollaboratorPath path)
    {
        var organizationId = scope.Project.OrganizationId;
        return from grant in grants
               join team in db.Teams.Where(team => team.OrganizationId == organizationId) on grant.PrincipalId equals team.Id
               select new CollaboratorEntry
               {
                   PrincipalId = grant.PrincipalId,
                   // Addresses are stored in upper case; so teams stand among the people, not after them.
#pragma warning disable CA1304, CA1311 // The database does it, without a culture.
                   SortName = team.NameFolded.ToUpper(),
#pragma warning restore CA1304, CA1311
                   IsTeam = true,
                   Path = path,
                   RoleKey = grant.RoleKey,
                   RestrictionId = grant.RestrictionId,
                   GrantedUtc = (DateTime?)grant.GrantedUtc,
                   ExpiresUtc = grant.ExpiresUtc,
                   MemberRole = null,
                   LockedUtc = null,
               };
    }

    private static IQueryable<CollaboratorEntry> ThroughMembership(ConsoleDbContext db, CollaboratorScope scope)
    {
        var (organizationId, only) = (scope.Project.OrganizationId, MembersWithoutGrant(db, scope));
        var (admin, manager, developer, contributor) =
            (scope.GivenBy(ProjectRole.Admin), scope.GivenBy(ProjectRole.Manager), scope.GivenBy(ProjectRole.Developer), scope.GivenBy(ProjectRole.Contributor));
        var least = scope.IsDefault ? ProjectRole.Developer.Key : ProjectRole.Viewer.Key;
        return from member in db.Members.Where(member => member.OrganizationId == organizationId && only.Contains(member.UserId))
               join user in db.Users on member.UserId equals user.Id
               select new CollaboratorEntry
               {
                   PrincipalId = user.Id,
                   SortName = user.NormalizedEmail,
                   IsTeam = false,
                   Path = CollaboratorPath.Membership,
                   RoleKey = admin.Contains(member.RoleKey) ? "admin" : manager.Contains(member.RoleKey) ? "manager"
                       : developer.Contains(member.RoleKey) ? "developer" : contributor.Contains(member.RoleKey) ? "contributor" : least,
                   RestrictionId = null,
                   GrantedUtc = null,
                   ExpiresUtc = null,
                   MemberRole = member.RoleKey,
                   LockedUtc = user.LockedUtc,
               };
    }
}

/// <summary>Where the list looks, and what organization roles give there.</summary>
internal sealed record CollaboratorScope(
    ProjectScope Project, Guid WorkspaceId, bool IsDefault, bool AllowsExternal, DateTime NowUtc, IReadOnlyList<ProjectRole> Roles, IReadOnlyList<OrganizationRole> OrganizationRoles)
{
    /// <summary>Stored names of the organization roles that let their holders into every project.</summary>
    public string[] Everywhere { get; } = [.. OrganizationRoles.Where(role => !role.InEveryProject.IsEmpty).Select(role => role.Key)];

    /// <summary>Reads what the list needs to know about roles.</summary>
    public static async Task<CollaboratorScope> ReadAsync(ConsoleDbContext db, ProjectAccess reader, DateTime nowUtc, CancellationToken ct) => new(
        reader.Scope, reader.Project.WorkspaceId, reader.Project.IsDefault, reader.Access.Facts.Organization!.AllowsExternalCollaborators, nowUtc,
        await RoleCatalogue.ProjectRolesAsync(db, reader.Scope, ct), await RoleCatalogue.OrganizationRolesAsync(db, reader.Organization.Id, ct));

    /// <summary>Stored names of the organization roles by which a member without a grant has this role here.</summary>
    public string[] GivenBy(ProjectRole given) =>
        [.. OrganizationRoles.Where(role => ProjectRole.LargestIn(role.InEveryProject) == given).Select(role => role.Key)];

    /// <summary>Stored names of the roles whose largest built-in part has that rank.</summary>
    public string[] OfRank(int rank) => [.. Roles.Where(role => (ProjectRole.LargestIn(role.Permissions)?.Rank ?? 0) == rank).Select(role => role.Key)];
}
