using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Organizations;

/// <summary>Reads who has which role in all projects of a workspace.</summary>
public sealed class WorkspaceDirectory(IDbContextFactory<ConsoleDbContext> databases, AccessControl access)
{
    /// <summary>One workspace with its people and teams.</summary>
    public async Task<Result<WorkspaceDetails>> GetAsync(Actor actor, Guid organizationId, string slug, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var organization = await access.InOrganizationAsync(db, actor, organizationId, ct);
        if (AccessRefusal.InOrganization(organization, Permissions.WorkspacesView) is { } refusal)
        {
            return refusal;
        }

        var cleaned = Slug.Clean(slug);
        var workspace = await db.Workspaces.Where(row => row.OrganizationId == organizationId && row.Slug == cleaned).AsNoTracking().FirstOrDefaultAsync(ct);
        if (workspace is null)
        {
            return new NotFound();
        }

        var held = organization!.May(Permissions.WorkspacesManage)
            ? await GrantAuthority.HeldInWorkspaceAsync(db, organization.Access, workspace.Id, organization.Access.Facts.Now, ct)
            : PermissionSet.Empty;
        var rows = await Rows(db, workspace.Id).AsNoTracking().ToListAsync(ct);
        var projects = await access.VisibleProjects(db, organization).CountAsync(project => project.WorkspaceId == workspace.Id, ct);
        return new WorkspaceDetails(
            workspace.Id, workspace.Slug, workspace.Name, projects,
            [.. rows.Select(row => row.Shown(actor.UserId, held)).OrderBy(row => row.IsTeam ? 0 : 1).ThenBy(row => row.Name, StringComparer.OrdinalIgnoreCase)]);
    }

    /// <summary>The project roles that can be given on a workspace, with what the actor may not give.</summary>
    public async Task<Result<IReadOnlyList<MemberRoleChoice>>> RolesAsync(Actor actor, Guid organizationId, Guid workspaceId, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var organization = await access.InOrganizationAsync(db, actor, organizationId, ct);
        if (AccessRefusal.InOrganization(organization, Permissions.WorkspacesManage) is { } refusal)
        {
            return refusal;
        }

        var held = await GrantAuthority.HeldInWorkspaceAsync(db, organization!.Access, workspaceId, organization.Access.Facts.Now, ct);
        var custom = await db.ProjectRoles.Where(role => role.OrganizationId == organizationId && role.ProjectId == null)
            .OrderBy(role => role.NameFolded).AsNoTracking().ToListAsync(ct);
        return ProjectRole.All.Concat(custom.Select(role => role.ToRole())).Select(role => new MemberRoleChoice(
            role.Key, role.Title, role.Sentence, role.Permissions - held is { IsEmpty: false } missing ? new ExceedsOwn(missing).Message : null)
        {
            Everywhere = role.Permissions,
        }).ToList();
    }

    private static IQueryable<GrantFacts> Rows(ConsoleDbContext db, Guid workspaceId) =>
        from grant in db.Grants.Where(grant => grant.WorkspaceId == workspaceId)
        from user in db.Users.Where(user => user.Id == grant.PrincipalId).DefaultIfEmpty()
        from team in db.Teams.Where(team => team.Id == grant.PrincipalId).DefaultIfEmpty()
        from role in db.ProjectRoles.Where(role => role.Key == grant.RoleKey).DefaultIfEmpty()
        from restriction in db.Restrictions.Where(restriction => restriction.Id == grant.RestrictionId).DefaultIfEmpty()
        select new GrantFacts
        {
            Grant = grant,
            Email = user!.Email,
            TeamSlug = team!.Slug,
            TeamName = team!.Name,
            TeamPeople = db.Principals.Count(principal => principal.Id == grant.PrincipalId),
            RoleName = role!.Name,
            RolePermissions = role!.PermissionNames,
            RestrictionName = restriction!.Name,
            RestrictionText = restriction!.RuleText,
        };

    private sealed class GrantFacts
    {
        public required Grant Grant { get; init; }
        public string? Email { get; init; }
        public string? TeamSlug { get; init; }
        public string? TeamName { get; init; }
        public int TeamPeople { get; init; }
        public string? RoleName { get; init; }
        public string? RolePermissions { get; init; }
        public string? RestrictionName { get; init; }
        public string? RestrictionText { get; init; }

        // A role that cannot be read is touched by nobody who holds less than all.
        private PermissionSet Given =>
            (ProjectRole.Find(Grant.RoleKey)?.Permissions ?? (RolePermissions is null ? PermissionCatalogue.Project : PermissionText.Parse(RolePermissions)))
            - (RestrictionText is null ? PermissionSet.Empty : RestrictionRules.Parse(RestrictionText).Denied);

        public WorkspaceGrantRow Shown(Guid actorId, PermissionSet held) => new(
            Grant.Id, Grant.PrincipalId, TeamSlug is not null, TeamName ?? Email ?? "", TeamSlug ?? Email ?? "", Grant.RoleKey,
            ProjectRole.Find(Grant.RoleKey)?.Title ?? RoleName ?? Grant.RoleKey, Grant.ExpiresUtc, Grant.Version)
        {
            People = TeamSlug is null ? 1 : TeamPeople,
            RestrictionId = Grant.RestrictionId,
            RestrictionName = RestrictionName,
            IsUpgrade = Grant.IsUpgrade,
            GrantedBy = Grant.GrantedByName,
            GrantedUtc = Grant.GrantedUtc,
            Refusal = Grant.PrincipalId != actorId && Given - held is { IsEmpty: false } missing ? new ExceedsOwn(missing).Message : null,
        };
    }
}

/// <summary>One workspace.</summary>
/// <param name="Id">The workspace.</param>
/// <param name="Slug">Its Workspace ID.</param>
/// <param name="Name">Its name.</param>
/// <param name="Projects">How many of its projects the actor sees.</param>
/// <param name="Grants">Who has which role in all of its projects, teams first.</param>
public sealed record WorkspaceDetails(Guid Id, string Slug, string Name, int Projects, IReadOnlyList<WorkspaceGrantRow> Grants);

/// <summary>One role on a workspace.</summary>
/// <param name="GrantId">The grant.</param>
/// <param name="PrincipalId">The person's or team's id.</param>
/// <param name="IsTeam">Whether a team has it.</param>
/// <param name="Name">Address of the person or name of the team.</param>
/// <param name="Address">Address of the person or Team ID.</param>
/// <param name="RoleKey">Stored name of the role.</param>
/// <param name="RoleTitle">The role for people.</param>
/// <param name="ExpiresUtc">When it ends; null for never.</param>
/// <param name="Version">The edit token.</param>
public sealed record WorkspaceGrantRow(
    Guid GrantId, Guid PrincipalId, bool IsTeam, string Name, string Address, string RoleKey, string RoleTitle, DateTime? ExpiresUtc, Guid Version)
{
    /// <summary>How many people it reaches.</summary>
    public int People { get; init; } = 1;

    /// <summary>The restriction that hangs on it; null for none.</summary>
    public Guid? RestrictionId { get; init; }

    /// <summary>What takes from it; null for nothing.</summary>
    public string? RestrictionName { get; init; }

    /// <summary>A temporary upgrade beside the standing role.</summary>
    public bool IsUpgrade { get; init; }

    /// <summary>Who gave it last.</summary>
    public string GrantedBy { get; init; } = "";

    /// <summary>When it was given or changed last, UTC.</summary>
    public DateTime GrantedUtc { get; init; }

    /// <summary>Why the actor may neither change nor end it; null where that is possible.</summary>
    public string? Refusal { get; init; }
}
