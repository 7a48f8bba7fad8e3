using System.Linq.Expressions;
using ProjectConsole.Data;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Shared;

namespace ProjectConsole.Security;

/// <summary>
/// One row of the facts query: a person, a project and at most one grant that reaches the person there. Only the grants stand in a
/// union, because SQLite spends most of the time on preparing the statement, not on the rows.
/// </summary>
internal sealed class AccessFactRow
{
    public Guid UserId { get; init; }
    public DateTime? LockedUtc { get; init; }
    public Guid OrganizationId { get; init; }
    public string OrganizationSlug { get; init; } = "";
    public string OrganizationName { get; init; } = "";
    public DateTime? OrganizationDeletedUtc { get; init; }
    public bool AllowsExternalCollaborators { get; init; }
    public ProjectCreation ProjectCreation { get; init; }
    public long OrganizationVersion { get; init; }
    public string? MemberRole { get; init; }
    public bool? MayCreateProjects { get; init; }
    public string? RightNames { get; init; }
    public string? RoleInEveryProject { get; init; }
    public string? CeilingNames { get; init; }
    public string? MemberRoleName { get; init; }
    public Guid ProjectId { get; init; }
    public string ProjectSlug { get; init; } = "";
    public string ProjectName { get; init; } = "";
    public ProjectState State { get; init; }
    public bool IsDefault { get; init; }
    public bool SuspendedByOrganization { get; init; }
    public long ProjectVersion { get; init; }
    public Guid WorkspaceId { get; init; }
    public string WorkspaceSlug { get; init; } = "";
    public string WorkspaceName { get; init; } = "";
    public Guid? PrincipalId { get; init; }
    public Guid? GrantId { get; init; }
    public Guid? GrantWorkspaceId { get; init; }
    public string? GrantRole { get; init; }
    public DateTime? GrantExpiresUtc { get; init; }
    public bool? GrantIsUpgrade { get; init; }
    public Guid? RestrictionId { get; init; }
    public string? RestrictionName { get; init; }
    public string? RestrictionText { get; init; }
    public string? RoleName { get; init; }
    public string? RolePermissions { get; init; }
    public string? TeamName { get; init; }

    /// <summary>The rows for each pair of the given projects and people, with the grants that reach them there.</summary>
    public static readonly Expression<Func<ConsoleDbContext, IQueryable<Project>, IQueryable<User>, IQueryable<ReachingGrant>, IQueryable<AccessFactRow>>> Query =
        (db, projects, users, grants) =>
            from project in projects
            join organization in db.Organizations on project.OrganizationId equals organization.Id
            join workspace in db.Workspaces on project.WorkspaceId equals workspace.Id
            from user in users
            from member in db.Members.Where(member => member.OrganizationId == project.OrganizationId && member.UserId == user.Id).DefaultIfEmpty()
            from held in db.OrganizationRoles.Where(held => held.Key == member!.RoleKey).DefaultIfEmpty()
            from grant in grants.Where(grant => grant.UserId == user.Id && grant.InProject == project.Id).DefaultIfEmpty()
            from role in db.ProjectRoles.Where(role => role.Key == grant!.RoleKey).DefaultIfEmpty()
            from restriction in db.Restrictions.Where(restriction => restriction.Id == grant!.RestrictionId).DefaultIfEmpty()
            from team in db.Teams.Where(team => team.Id == grant!.PrincipalId).DefaultIfEmpty()
            select new AccessFactRow
            {
                UserId = user.Id,
                LockedUtc = user.LockedUtc,
                OrganizationId = organization.Id,
                OrganizationSlug = organization.Slug,
                OrganizationName = organization.Name,
                OrganizationDeletedUtc = organization.DeletedUtc,
                AllowsExternalCollaborators = organization.AllowsExternalCollaborators,
                ProjectCreation = organization.ProjectCreation,
                OrganizationVersion = organization.AccessVersion,
                MemberRole = member!.RoleKey,
                MayCreateProjects = (bool?)member!.MayCreateProjects,
                RightNames = held!.RightNames,
                RoleInEveryProject = held!.InEveryProject,
                CeilingNames = held!.CeilingNames,
                MemberRoleName = held!.Name,
                ProjectId = project.Id,
                ProjectSlug = project.Slug,
                ProjectName = project.Name,
                State = project.State,
                IsDefault = project.IsDefault,
                SuspendedByOrganization = project.SuspendedByOrganization,
                ProjectVersion = project.AccessVersion,
                WorkspaceId = workspace.Id,
                WorkspaceSlug = workspace.Slug,
                WorkspaceName = workspace.Name,
                PrincipalId = (Guid?)grant!.PrincipalId,
                GrantId = grant!.Id,
                GrantWorkspaceId = grant!.WorkspaceId,
                GrantRole = grant!.RoleKey,
                GrantExpiresUtc = grant!.ExpiresUtc,
                GrantIsUpgrade = grant!.IsUpgrade,
                RestrictionId = grant!.RestrictionId,
                RestrictionName = restriction!.Name,
                RestrictionText = restriction!.RuleText,
                RoleName = role!.Name,
                RolePermissions = role!.PermissionNames,
                TeamName = team!.Name,
            };

    /// <summary>Puts the rows of one person and one project together.</summary>
    /// <param name="rows">At least one.</param>
    /// <param name="nowUtc">The moment of the check, UTC.</param>
    /// <param name="token">The personal token through which the person asks; null without one.</param>
    public static ProjectAccess Decide(IReadOnlyList<AccessFactRow> rows, DateTime nowUtc, TokenCredential? token = null)
    {
        ConsoleMeter.Decided("project");
        var row = rows[0];
        var grants = new List<GrantFacts>(rows.Count);
        foreach (var each in rows)
        {
            if (each.ToGrant() is { } grant)
            {
                grants.Add(grant);
            }
        }

        var role = OrganizationRoleOf(row.MemberRole, row.MemberRoleName, row.RightNames, row.RoleInEveryProject, row.CeilingNames);
        var facts = new AccessFacts(
            nowUtc,
            new PersonFacts(row.UserId, row.LockedUtc is not null),
            new OrganizationFacts(row.OrganizationId, row.OrganizationDeletedUtc is not null, row.AllowsExternalCollaborators, row.ProjectCreation),
            role is null ? null : new MembershipFacts(role, row.MayCreateProjects ?? false),
            new ProjectFacts(row.ProjectId, row.State, row.IsDefault),
            grants)
        { Token = token?.Permissions, TokenEndsUtc = token?.EndsUtc };
        return new ProjectAccess(
            new OrganizationNames(row.OrganizationId, row.OrganizationSlug, row.OrganizationName),
            new ProjectNames(
                row.ProjectId, row.ProjectSlug, row.ProjectName, row.State, row.IsDefault, row.SuspendedByOrganization,
                row.WorkspaceId, row.WorkspaceSlug, row.WorkspaceName),
            AccessDecision.Decide(facts),
            new AccessVersions(row.OrganizationVersion, row.ProjectVersion));
    }

    /// <summary>
    /// The organization role of a stored name: built-in, or made from its row. A member whose role is neither has a role
    /// that gives nothing and caps everything, because a membership that cannot be read must not turn into an external person's.
    /// </summary>
    public static OrganizationRole? OrganizationRoleOf(string? key, string? name, string? rights, string? inEveryProject, string? ceiling) =>
        key is null ? null
        : OrganizationRole.Find(key) ?? OrganizationRole.Custom(key, name ?? key, "", rights ?? "", inEveryProject, ceiling ?? "");

    // A stored role that this version does not know grants nothing, and neither does a grant whose restriction cannot be read.
    private GrantFacts? ToGrant()
    {
        if (GrantId is not { } id || GrantRole is not { } key || (RestrictionId is not null && RestrictionText is null))
        {
            return null;
        }

        var builtIn = ProjectRole.Find(key);
        if (builtIn is null && RolePermissions is null)
        {
            return null;
        }

        return new GrantFacts(
            id, Source, Via, builtIn?.Title ?? RoleName!, builtIn?.Permissions ?? PermissionText.Parse(RolePermissions!),
            RestrictionText is null ? PermissionSet.Empty : RestrictionRules.Parse(RestrictionText).Denied, GrantExpiresUtc)
        {
            RoleKey = key,
            PrincipalId = PrincipalId!.Value,
            RestrictionId = RestrictionId,
            RestrictionName = RestrictionName ?? "",
            IsUpgrade = GrantIsUpgrade ?? false,
        };
    }

    private bool IsTeam => PrincipalId != UserId;

    private string Via => (GrantWorkspaceId, IsTeam) switch
    {
        (null, false) => "",
        (null, true) => TeamName ?? "",
        (_, false) => WorkspaceName,
        _ => $"{WorkspaceName} (team {TeamName})",
    };

    private AccessSourceKind Source =>
        GrantWorkspaceId is not null ? AccessSourceKind.Workspace : IsTeam ? AccessSourceKind.Team : AccessSourceKind.Direct;
}
