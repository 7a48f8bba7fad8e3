using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Projects;

/// <summary>What Add a New Project reads before the project is created.</summary>
public sealed class ProjectStartService(IDbContextFactory<ConsoleDbContext> databases, AccessControl access, ProjectCreationQueries creation)
{
    private const int MostNames = 3;
    private const int MostProposals = 2;
    private const int MostCompared = 500;
    private const int MostInWorkspaces = 200;

    /// <summary>What the form must know; refused to those who may not create projects.</summary>
    public async Task<Result<ProjectStart>> StartAsync(Actor actor, Guid organizationId, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var organization = await access.InOrganizationAsync(db, actor, organizationId, ct);
        if (AccessRefusal.InOrganization(organization, Permissions.ProjectsCreate) is { } refusal)
        {
            return refusal;
        }

        var settings = await db.Organizations.AsNoTracking().SingleAsync(row => row.Id == organizationId, ct);
        return new ProjectStart(
            await creation.AllowanceAsync(db, organizationId, actor.UserId, ct),
            await ProjectListService.WorkspacesAsync(db, organizationId, ct),
            settings.ProjectIdPattern,
            settings.ProjectIdHint,
            settings.AllowsExternalCollaborators,
            await HoldersAsync(db, organizationId, actor, ct))
        {
            IsByInvitation = settings.Joining == Joining.Invitation,
            InWorkspaces = await InWorkspacesAsync(db, organizationId, organization!.Access.Facts.Now, ct),
        };
    }

    /// <summary>Whether a Project ID could be used. Of other projects it tells that the ID is taken, and nothing more.</summary>
    public async Task<Result<ProjectIdAnswer>> CheckAsync(Actor actor, Guid organizationId, string typed, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (AccessRefusal.InOrganization(await access.InOrganizationAsync(db, actor, organizationId, ct), Permissions.ProjectsCreate) is { } refusal)
        {
            return refusal;
        }

        var cleaned = Slug.Clean(typed);
        var rules = await db.Organizations.Where(organization => organization.Id == organizationId)
            .Select(organization => new { organization.ProjectIdPattern, organization.ProjectIdHint }).SingleAsync(ct);
        if (ProjectIdRules.Error(cleaned, rules.ProjectIdPattern, rules.ProjectIdHint) is { } wrong)
        {
            return new ProjectIdAnswer(cleaned, wrong, []);
        }

        var similar = ProjectIdRules.Similar(cleaned, rules.ProjectIdPattern);
        string[] asked = [Slug.Fold(cleaned), .. similar.Select(Slug.Fold)];
        var taken = await db.ProjectSlugs.Where(slug => slug.OrganizationId == organizationId && asked.Contains(slug.Folded))
            .Select(slug => slug.Folded).ToListAsync(ct);
        return taken.Contains(Slug.Fold(cleaned))
            ? new ProjectIdAnswer(cleaned, new SlugTaken(cleaned).Message, [.. similar.Where(slug => !taken.Contains(Slug.Fold(slug))).Take(MostProposals)])
            : new ProjectIdAnswer(cleaned, null, []);
    }

    /// <summary>The projects that the person sees whose name looks the same. It is allowed, and people should know.</summary>
    public async Task<Result<IReadOnlyList<ProjectNamedAlike>>> FindAlikeAsync(Actor actor, Guid organizationId, string name, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var organization = await access.InOrganizationAsync(db, actor, organizationId, ct);
        if (AccessRefusal.InOrganization(organization, Permissions.ProjectsCreate) is { } refusal)
        {
            return refusal;
        }

        var skeleton = LookAlike.Skeleton(name);
        if (skeleton is "" or { Length: > ProjectDetails.LongestName })
        {
            return Array.Empty<ProjectNamedAlike>();
        }

        // The name is the first line of the search text.
        var pattern = $"{LookAlike.Pattern(skeleton)}\n%";
        var rows = await access.VisibleProjects(db, organization!).Where(project => EF.Functions.Like(project.SearchText, pattern, @"\"))
            .OrderBy(project => project.SearchText)
            .Select(project => new ProjectNamedAlike(project.Name, project.Slug)).Take(MostCompared).ToListAsync(ct);
        return rows.Where(row => LookAlike.Skeleton(row.Name) == skeleton).Take(MostNames).ToArray();
    }

    private static async Task<IReadOnlyList<RoleHolders>> HoldersAsync(ConsoleDbContext db, Guid organizationId, Actor actor, CancellationToken ct)
    {
        var everywhere = (await RoleCatalogue.OrganizationRolesAsync(db, organizationId, ct)).Where(role => !(role.InEveryProject & role.Ceiling).IsEmpty).ToList();
        var keys = everywhere.Select(role => role.Key).ToArray();
        var holders = from member in db.Members
                      where member.OrganizationId == organizationId && keys.Contains(member.RoleKey) && member.UserId != actor.UserId
                      join user in db.Users on member.UserId equals user.Id
                      where user.LockedUtc == null
                      select new { member.RoleKey, user.Email };
        var counts = await holders.GroupBy(holder => holder.RoleKey)
            .Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, ct);
        var answer = new List<RoleHolders>(counts.Count);
        foreach (var role in everywhere.Where(role => counts.ContainsKey(role.Key)))
        {
            var names = await holders.Where(holder => holder.RoleKey == role.Key).OrderBy(holder => holder.Email).Take(MostNames).Select(holder => holder.Email ?? "").ToListAsync(ct);
            answer.Add(new RoleHolders(role.Title, (ProjectRole.LargestIn(role.InEveryProject & role.Ceiling) ?? ProjectRole.Viewer).Title, counts[role.Key], names));
        }

        return answer;
    }

    private static async Task<IReadOnlyList<WorkspaceRoleHolder>> InWorkspacesAsync(ConsoleDbContext db, Guid organizationId, DateTime nowUtc, CancellationToken ct)
    {
        // From the workspaces on: those of the organization's grants that name none are a million.
        var rows = await (from workspace in db.Workspaces.Where(workspace => workspace.OrganizationId == organizationId)
                          join grant in db.Grants.Where(grant => !grant.IsUpgrade && (grant.ExpiresUtc == null || grant.ExpiresUtc > nowUtc))
                              on (Guid?)workspace.Id equals grant.WorkspaceId
                          from user in db.Users.Where(user => user.Id == grant.PrincipalId).DefaultIfEmpty()
                          from team in db.Teams.Where(team => team.Id == grant.PrincipalId).DefaultIfEmpty()
                          from role in db.ProjectRoles.Where(role => role.Key == grant.RoleKey).DefaultIfEmpty()
                          orderby team!.NameFolded, user!.NormalizedEmail
                          select new { WorkspaceId = workspace.Id, grant.RoleKey, user!.Email, Team = team!.Name, Role = role!.Name }).Take(MostInWorkspaces).ToListAsync(ct);
        return [.. rows.Select(row => new WorkspaceRoleHolder(
            row.WorkspaceId, row.Team ?? row.Email ?? "", row.Team is not null, ProjectRole.Find(row.RoleKey)?.Title ?? row.Role ?? row.RoleKey))];
    }
}
