using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Shared;

namespace ProjectConsole.Security;

/// <summary>
/// Loads the facts and asks the one decision function. Every answer is fresh: nothing keeps a decision beyond the call.
/// </summary>
public sealed class AccessControl(IDbContextFactory<ConsoleDbContext> databases, AccessQueries queries, SlugDirectory slugs, TimeProvider clock)
{
    // Parameters of one statement are limited too (SQL Server: 2,100).
    private const int MostCrossed = 1000;

    /// <summary>Opens a project by its address; null where it does not exist or the actor may not see it.</summary>
    public async Task<ProjectAccess?> OpenProjectAsync(Actor actor, string organization, string project, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var scope = await slugs.FindProjectAsync(db, organization, project, ct);
        return await InProjectAsync(db, actor.UserId, scope, ct) is { } access && access.May(Permissions.ProjectView) ? access : null;
    }

    /// <summary>Enters an organization by its slug; null where it does not exist or the actor has nothing there.</summary>
    public async Task<OrganizationAccess?> OpenOrganizationAsync(Actor actor, string organization, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var id = await slugs.FindOrganizationAsync(db, organization, ct);
        return await InOrganizationAsync(db, actor.UserId, id, ct) is { Access.MayEnterOrganization: true } access ? access : null;
    }

    /// <summary>What the actor may do in a project, whether or not that is anything; null where it does not exist.</summary>
    public async Task<ProjectAccess?> InProjectAsync(Actor actor, ProjectScope project, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await InProjectAsync(db, actor.UserId, project, ct);
    }

    /// <summary>What the actor may do in an organization, whether or not that is anything; null where it does not exist.</summary>
    public async Task<OrganizationAccess?> InOrganizationAsync(Actor actor, Guid organizationId, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await InOrganizationAsync(db, actor.UserId, organizationId, ct);
    }

    /// <summary>What the actor may do in the installation.</summary>
    public async Task<EffectiveAccess> InInstallationAsync(Actor actor, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await InInstallationAsync(db, actor.UserId);
    }

    /// <summary>What a person may do in a project, read within an open context and its transaction.</summary>
    public async Task<ProjectAccess?> InProjectAsync(ConsoleDbContext db, Guid userId, ProjectScope project, CancellationToken ct)
    {
        var rows = await queries.OneAsync(db, userId, project.OrganizationId, project.ProjectId, ct);
        return rows.Count == 0 ? null : AccessFactRow.Decide(rows, Now);
    }

    /// <summary>What a person may do in an organization, read within an open context and its transaction.</summary>
    public async Task<OrganizationAccess?> InOrganizationAsync(ConsoleDbContext db, Guid userId, Guid organizationId, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var now = Now;
        if (await queries.OrganizationAsync(db, userId, organizationId, now) is not { } row)
        {
            return null;
        }

        var (organization, role) = (row.Organization, AccessFactRow.OrganizationRoleOf(
            row.MemberRole, row.MemberRoleName, row.RightNames, row.RoleInEveryProject, row.CeilingNames));
        var facts = new AccessFacts(
            now,
            new PersonFacts(userId, row.LockedUtc is not null),
            new OrganizationFacts(
                organization.Id, organization.IsDeleted, organization.AllowsExternalCollaborators, organization.ProjectCreation, row.HoldsAnyGrant),
            role is null ? null : new MembershipFacts(role, row.MayCreateProjects ?? false),
            null,
            []);
        return new OrganizationAccess(
            new OrganizationNames(organization.Id, organization.Slug, organization.Name),
            AccessDecision.Decide(facts),
            new AccessVersions(organization.AccessVersion, 0));
    }

    /// <summary>What a person may do in the installation, read within an open context and its transaction.</summary>
    public async Task<EffectiveAccess> InInstallationAsync(ConsoleDbContext db, Guid userId)
    {
        // A person whom the database does not know has nothing, like one who is locked.
        var row = await queries.PersonAsync(db, userId);
        var person = row is null
            ? new PersonFacts(userId, IsLocked: true)
            : new PersonFacts(userId, row.LockedUtc is not null, row.IsInstallationAdministrator, row.EverybodyCreatesOrganizations);
        return AccessDecision.Decide(new AccessFacts(Now, person, null, null, null, []));
    }

    /// <summary>What each of the given people may do in each of the given projects, in one query.</summary>
    public async Task<IReadOnlyDictionary<(Guid UserId, Guid ProjectId), ProjectAccess>> OfManyAsync(
        ConsoleDbContext db, IQueryable<Project> projects, IQueryable<User> users, CancellationToken ct)
    {
        var (rows, now) = (await AccessQueries.ManyAsync(db, projects, users, ct), Now);
        return rows.GroupBy(row => (row.UserId, row.ProjectId)).ToDictionary(group => group.Key, group => AccessFactRow.Decide([.. group], now));
    }

    /// <summary>What the person of each pair may do in its project, in a few queries: none reads people against many projects that are not theirs.</summary>
    internal async Task<IReadOnlyDictionary<(Guid UserId, Guid ProjectId), ProjectAccess>> OfPairsAsync(
        ConsoleDbContext db, IReadOnlyCollection<(Guid UserId, Guid ProjectId)> pairs, CancellationToken ct)
    {
        var decisions = new Dictionary<(Guid UserId, Guid ProjectId), ProjectAccess>(pairs.Count);
        foreach (var (users, projects) in Crossings(pairs))
        {
            foreach (var (pair, decided) in await OfManyAsync(db, db.Projects.Where(project => projects.Contains(project.Id)), db.Users.Where(user => users.Contains(user.Id)), ct))
            {
                decisions[pair] = decided;
            }
        }

        return pairs.Where(decisions.ContainsKey).Distinct().ToDictionary(pair => pair, pair => decisions[pair]);
    }

    // One query answers for each of its people in each of its projects; pairs are put together as long as that stays small.
    private static IEnumerable<(Guid[] Users, Guid[] Projects)> Crossings(IEnumerable<(Guid UserId, Guid ProjectId)> pairs)
    {
        var (users, projects) = (new HashSet<Guid>(), new HashSet<Guid>());
        foreach (var (userId, projectId) in pairs.OrderBy(pair => pair.ProjectId).ThenBy(pair => pair.UserId))
        {
            var (people, places) = (users.Count + (users.Contains(userId) ? 0 : 1), projects.Count + (projects.Contains(projectId) ? 0 : 1));
            if (people * places > MostCrossed || people > MostCrossed / 2 || places > MostCrossed / 2)
            {
                yield return ([.. users], [.. projects]);
                users.Clear();
                projects.Clear();
            }

            users.Add(userId);
            projects.Add(projectId);
        }

        if (users.Count > 0)
        {
            yield return ([.. users], [.. projects]);
        }
    }

    /// <summary>
    /// The projects of an organization that a person sees, as one SQL predicate: neither restrictions nor ceilings take
    /// <c>project.view</c>, so no row needs the decision function. Deleted projects are left out.
    /// </summary>
    /// <param name="db">An open context.</param>
    /// <param name="organization">What the person may do in the organization.</param>
    public IQueryable<Project> VisibleProjects(ConsoleDbContext db, OrganizationAccess organization)
    {
        var (organizationId, facts) = (organization.Id, organization.Access.Facts);
        var projects = db.Projects.Where(project => project.OrganizationId == organizationId && project.State != ProjectState.Deleted);
        if (!organization.Access.MayEnterOrganization)
        {
            return projects.Where(_ => false);
        }

        if (facts.Membership is { } membership && membership.Role.InEveryProject.Contains(Permissions.ProjectView))
        {
            return projects;
        }

        var mine = GrantedProjects(db, facts.Person.UserId, organizationId);
        return facts.Membership is null
            ? projects.Where(project => mine.Contains(project.Id))
            : projects.Where(project => project.IsDefault || mine.Contains(project.Id));
    }

    /// <summary>
    /// The organizations that a person may enter, as one SQL predicate: as a member, or by a grant where people outside
    /// are allowed.
    /// </summary>
    public IQueryable<Guid> EnterableOrganizations(ConsoleDbContext db, Guid userId)
    {
        var now = Now;
        var granted = from principal in db.Principals.Where(principal => principal.UserId == userId)
                      join grant in db.Grants on principal.Id equals grant.PrincipalId
                      where (grant.ExpiresUtc == null || grant.ExpiresUtc > now)
                          && (grant.ProjectId == null || db.Projects.Any(project => project.Id == grant.ProjectId && project.State != ProjectState.Deleted))
                      select grant.OrganizationId;
        return db.Organizations
            .Where(organization => organization.DeletedUtc == null && db.Users.Any(user => user.Id == userId && user.LockedUtc == null)
                && (db.Members.Any(member => member.OrganizationId == organization.Id && member.UserId == userId)
                    || (organization.AllowsExternalCollaborators && granted.Contains(organization.Id))))
            .Select(organization => organization.Id);
    }

    /// <summary>
    /// The projects that a person sees in all organizations, by the same rule as <see cref="VisibleProjects"/> in each.
    /// </summary>
    public IQueryable<Project> VisibleProjectsEverywhere(ConsoleDbContext db, Guid userId)
    {
        var (enterable, mine) = (EnterableOrganizations(db, userId), GrantedProjects(db, userId, null));
        var everywhere = OrganizationRole.All.Where(role => role.InEveryProject.Contains(Permissions.ProjectView)).Select(role => role.Key).ToList();
        return db.Projects.Where(project => project.State != ProjectState.Deleted && enterable.Contains(project.OrganizationId)
            && (mine.Contains(project.Id)
                || db.Members.Any(member => member.OrganizationId == project.OrganizationId && member.UserId == userId
                    && (project.IsDefault || everywhere.Contains(member.RoleKey)
                        || db.OrganizationRoles.Any(role => role.Key == member.RoleKey && role.InEveryProject != null)))));
    }

    private IQueryable<Guid> GrantedProjects(ConsoleDbContext db, Guid userId, Guid? organizationId)
    {
        var now = Now;
        var grants = from principal in db.Principals.Where(principal => principal.UserId == userId)
                     join grant in db.Grants on principal.Id equals grant.PrincipalId
                     where (organizationId == null || grant.OrganizationId == organizationId) && (grant.ExpiresUtc == null || grant.ExpiresUtc > now)
                     select new { grant.ProjectId, grant.WorkspaceId };
        return grants.Where(grant => grant.ProjectId != null).Select(grant => grant.ProjectId!.Value)
            .Concat(from grant in grants
                    join project in db.Projects on grant.WorkspaceId equals project.WorkspaceId
                    select project.Id);
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;
}
