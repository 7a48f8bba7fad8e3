using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Features.Roles;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Restrictions;

/// <summary>Reads the restrictions that an organization or a project may use, and on which grants they hang.</summary>
public sealed class RestrictionDirectory(IDbContextFactory<ConsoleDbContext> databases, AccessControl access)
{
    /// <summary>The most grants that are listed with one restriction.</summary>
    public const int MostListed = 50;

    /// <summary>All of them, by name.</summary>
    public async Task<Result<IReadOnlyList<RestrictionRow>>> ListAsync(Actor actor, RoleOwner owner, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await RoleRules.RefuseToViewAsync(access, db, actor, owner, ct) is { } refusal)
        {
            return refusal;
        }

        var reader = await ReaderAsync(db, actor, owner, ct);
        return await Rows(db, reader, Usable(db, owner).OrderBy(restriction => restriction.NameFolded)).ToListAsync(ct);
    }

    /// <summary>One that may be used here, with the grants on which it hangs.</summary>
    public async Task<Result<RestrictionDetails>> GetAsync(Actor actor, RoleOwner owner, Guid restrictionId, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await RoleRules.RefuseToViewAsync(access, db, actor, owner, ct) is { } refusal)
        {
            return refusal;
        }

        var reader = await ReaderAsync(db, actor, owner, ct);
        if (await Rows(db, reader, Usable(db, owner).Where(restriction => restriction.Id == restrictionId)).FirstOrDefaultAsync(ct) is not { } row)
        {
            return new NoSuchRestriction();
        }

        var named = await NamedAsync(db, actor, reader, restrictionId, ct);
        return new RestrictionDetails(row, await AttachmentsAsync(named, db, ct), reader.CountsAll ? row.Grants - await named.CountAsync(ct) : 0);
    }

    private async Task<Reader> ReaderAsync(ConsoleDbContext db, Actor actor, RoleOwner owner, CancellationToken ct)
    {
        if (owner.ProjectId is { } projectId)
        {
            return new Reader(db.Projects.Where(row => row.Id == projectId), false, false, db.Grants.Where(grant => grant.ProjectId == projectId));
        }

        var organization = (await access.InOrganizationAsync(db, actor, owner.OrganizationId, ct))!;
        var (projects, seesWorkspaces, countsAll) = (
            access.VisibleProjects(db, organization), organization.May(Permissions.WorkspacesView), organization.May(Permissions.OrganizationRolesManage));
        return new Reader(projects, seesWorkspaces, countsAll, countsAll ? db.Grants
            : db.Grants.Where(grant => grant.ProjectId == null ? seesWorkspaces : projects.Any(project => project.Id == grant.ProjectId)));
    }

    private static IQueryable<RestrictionRow> Rows(ConsoleDbContext db, Reader reader, IQueryable<Restriction> restrictions)
    {
        var counted = reader.Counted;
        return restrictions.Select(restriction => new RestrictionRow(
            restriction.Id, restriction.Name, restriction.Description, restriction.RuleText, restriction.ProjectId == null,
            counted.Count(grant => grant.RestrictionId == restriction.Id), restriction.Version));
    }

    // People of a project are named to nobody who may not see its collaborators; seeing the project is not enough.
    private async Task<IQueryable<Grant>> NamedAsync(ConsoleDbContext db, Actor actor, Reader reader, Guid restrictionId, CancellationToken ct)
    {
        var seesWorkspaces = reader.SeesWorkspaces;
        var grants = db.Grants.Where(grant => grant.RestrictionId == restrictionId);
        var visible = await reader.Projects.Where(project => grants.Any(grant => grant.ProjectId == project.Id))
            .OrderBy(project => project.NameFolded).Take(MostListed).Select(project => project.Id).ToListAsync(ct);
        var decisions = await access.OfActorAsync(db, actor, visible, ct);
        Guid[] named = [.. decisions.Where(decision => decision.Value.May(Permissions.CollaboratorsView)).Select(decision => decision.Key)];
        return grants.Where(grant => grant.ProjectId == null ? seesWorkspaces : named.Contains(grant.ProjectId.Value));
    }

    private static async Task<IReadOnlyList<RestrictionAttachment>> AttachmentsAsync(IQueryable<Grant> grants, ConsoleDbContext db, CancellationToken ct) =>
        await (from grant in grants
               from user in db.Users.Where(user => user.Id == grant.PrincipalId).DefaultIfEmpty()
               from team in db.Teams.Where(team => team.Id == grant.PrincipalId).DefaultIfEmpty()
               from project in db.Projects.Where(project => project.Id == grant.ProjectId).DefaultIfEmpty()
               from workspace in db.Workspaces.Where(workspace => workspace.Id == grant.WorkspaceId).DefaultIfEmpty()
               from role in db.ProjectRoles.Where(role => role.Key == grant.RoleKey).DefaultIfEmpty()
               orderby user!.Email, team!.Name
               select new RestrictionAttachment(
                   user!.Email ?? team!.Name, user == null, project!.Name ?? workspace!.Name, project == null, role!.Name ?? grant.RoleKey))
            .Take(MostListed).ToListAsync(ct);

    private static IQueryable<Restriction> Usable(ConsoleDbContext db, RoleOwner owner)
    {
        var (organizationId, projectId) = owner;
        return db.Restrictions.AsNoTracking().Where(restriction =>
            restriction.OrganizationId == organizationId && (restriction.ProjectId == null || restriction.ProjectId == projectId));
    }

    // What the reader sees here, and the grants that are counted; those who keep the restrictions count them all.
    private sealed record Reader(IQueryable<Domain.Projects.Project> Projects, bool SeesWorkspaces, bool CountsAll, IQueryable<Grant> Counted);
}

/// <summary>One restriction of a list.</summary>
/// <param name="Id">The restriction.</param>
/// <param name="Name">For people.</param>
/// <param name="Description">What it is for, possibly empty.</param>
/// <param name="RuleText">Its rules, one on each line.</param>
/// <param name="IsOfOrganization">Whether all projects of the organization know it.</param>
/// <param name="Grants">On how many grants it hangs here.</param>
/// <param name="Version">The edit token.</param>
public sealed record RestrictionRow(Guid Id, string Name, string Description, string RuleText, bool IsOfOrganization, int Grants, Guid Version)
{
    /// <summary>Its rules.</summary>
    public RestrictionRules Rules => RestrictionRules.Parse(RuleText);
}

/// <summary>A restriction and where it hangs.</summary>
/// <param name="Row">The restriction.</param>
/// <param name="Attachments">The grants that the reader may know.</param>
/// <param name="Elsewhere">How many further grants are counted and not named.</param>
public sealed record RestrictionDetails(RestrictionRow Row, IReadOnlyList<RestrictionAttachment> Attachments, int Elsewhere = 0);

/// <summary>A grant on which a restriction hangs.</summary>
/// <param name="Holder">Address of the person, or name of the team.</param>
/// <param name="IsTeam">Whether it is a team.</param>
/// <param name="Place">Name of the project or workspace.</param>
/// <param name="IsWorkspace">Whether it is a workspace.</param>
/// <param name="Role">The custom role's name, or the stored name of a built-in one.</param>
public sealed record RestrictionAttachment(string Holder, bool IsTeam, string Place, bool IsWorkspace, string Role)
{
    /// <summary>The role, for people.</summary>
    public string RoleTitle => ProjectRole.Find(Role)?.Title ?? Role;
}
