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
public sealed partial class AccessControl(IDbContextFactory<ConsoleDbContext> databases, AccessQueries queries, SlugDirectory slugs, TimeProvider clock)
{
    // Parameters of one statement are limited too (SQL Server: 2,100).
    private const int MostCrossed = 1000;

    /// <summary>Opens a project by its address; null where it does not exist or the actor may not see it.</summary>
    public async Task<ProjectAccess?> OpenProjectAsync(Actor actor, string organization, string project, CancellationToken ct = default) =>
        await InProjectAsync(actor, organization, project, ct) is { } access && access.May(Permissions.ProjectView) ? access : null;

    /// <summary>What the actor may do in a project by its address, deleted ones too, whether or not that is anything; null where it does not exist.</summary>
    public async Task<ProjectAccess?> InProjectAsync(Actor actor, string organization, string project, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return (await FindProjectAsync(db, actor, organization, project, ct)).Access;
    }

    /// <summary>
    /// The project of an address, empty where it does not exist, and what the actor may do in it. Who may not see it learns neither by
    /// the answer nor by its cost whether it exists.
    /// </summary>
    public async Task<(ProjectScope Scope, ProjectAccess? Access)> FindProjectAsync(ConsoleDbContext db, Actor actor, string organization, string project, CancellationToken ct)
    {
        var wasKnown = slugs.Knows(organization, project);
        var scope = await slugs.FindProjectAsync(db, organization, project, ct);
        var access = await InProjectAsync(db, actor, scope, ct);
        if (wasKnown && access?.May(Permissions.ProjectView) is not true)
        {
            await slugs.ReadProjectAsync(db, organization, project, ct);
        }

        return (scope, access);
    }

    /// <summary>What the actor may do in an organization by its slug, deleted ones too, whether or not that is anything; null where it does not exist.</summary>
    public async Task<OrganizationAccess?> InOrganizationAsync(Actor actor, string organization, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var wasKnown = slugs.Knows(organization);
        var access = await InOrganizationAsync(db, actor, await slugs.FindOrganizationAsync(db, organization, ct), ct);
        if (wasKnown && access?.Access.MayEnterOrganization is not true)
        {
            await slugs.ReadOrganizationAsync(db, organization, ct);
        }

        return access;
    }

    /// <summary>Enters an organization by its slug; null where it does not exist or the actor has nothing there.</summary>
    public async Task<OrganizationAccess?> OpenOrganizationAsync(Actor actor, string organization, CancellationToken ct = default) =>
        await InOrganizationAsync(actor, organization, ct) is { Access.MayEnterOrganization: true } access ? access : null;

    /// <summary>What the actor may do in a project, whether or not that is anything; null where it does not exist.</summary>
    public async Task<ProjectAccess?> InProjectAsync(Actor actor, ProjectScope project, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await InProjectAsync(db, actor, project, ct);
    }

    /// <summary>What the actor may do in an organization, whether or not that is anything; null where it does not exist.</summary>
    public async Task<OrganizationAccess?> InOrganizationAsync(Actor actor, Guid organizationId, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await InOrganizationAsync(db, actor, organizationId, ct);
    }

    /// <summary>What the actor may do in the installation.</summary>
    public async Task<EffectiveAccess> InInstallationAsync(Actor actor, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await InInstallationAsync(db, actor);
    }

    /// <summary>What the actor may do in a project, through a key or token too, read within an open context and its transaction.</summary>
    public Task<ProjectAccess?> InProjectAsync(ConsoleDbContext db, Actor actor, ProjectScope project, CancellationToken ct) => actor.Credential switch
    {
        KeyCredential key => Task.FromResult(key.InProject(project, Now)),
        var token => InProjectAsync(db, actor.UserId, token as TokenCredential, project, ct),
    };

    /// <summary>What a person may do in a project, read within an open context and its transaction.</summary>
    public Task<ProjectAccess?> InProjectAsync(ConsoleDbContext db, Guid userId, ProjectScope project, CancellationToken ct) =>
        InProjectAsync(db, userId, null, project, ct);

    /// <summary>What the actor may do in an organization, through a token too, read within an open context. A project's key has nothing there.</summary>
    public Task<OrganizationAccess?> InOrganizationAsync(ConsoleDbContext db, Actor actor, Guid organizationId, CancellationToken ct) =>
        actor.Credential is KeyCredential ? Task.FromResult<OrganizationAccess?>(null)
        : InOrganizationAsync(db, actor.UserId, actor.Credential as TokenCredential, organizationId, ct);

    /// <summary>What a person may do in an organization, read within an open context and its transaction.</summary>
    public Task<OrganizationAccess?> InOrganizationAsync(ConsoleDbContext db, Guid userId, Guid organizationId, CancellationToken ct) =>
        InOrganizationAsync(db, userId, null, organizationId, ct);

    private async Task<ProjectAccess?> InProjectAsync(ConsoleDbContext db, Guid userId, TokenCredential? token, ProjectScope project, CancellationToken ct)
    {
        var rows = await queries.OneAsync(db, userId, project.OrganizationId, project.ProjectId, ct);
        return rows.Count == 0 ? null : AccessFactRow.Decide(rows, Now, token);
    }

    private async Task<OrganizationAccess?> InOrganizationAsync(ConsoleDbContext db, Guid userId, TokenCredential? token, Guid organizationId, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var now = Now;
        if (await queries.OrganizationAsync(db, userId, organizationId, now) is not { } row)
        {
            return null;
        }

        ConsoleMeter.Decided("organization");
        var (organization, role) = (row.Organization, AccessFactRow.OrganizationRoleOf(
            row.MemberRole, row.MemberRoleName, row.RightNames, row.RoleInEveryProject, row.CeilingNames));
        var facts = new AccessFacts(
            now,
            new PersonFacts(userId, row.LockedUtc is not null),
            new OrganizationFacts(
                organization.Id, organization.IsDeleted, organization.AllowsExternalCollaborators, organization.ProjectCreation, row.HoldsAnyGrant),
            role is null ? null : new MembershipFacts(role, row.MayCreateProjects ?? false),
            null,
            [])
        { Token = token?.Permissions, TokenEndsUtc = token?.EndsUtc };
        return new OrganizationAccess(
            new OrganizationNames(organization.Id, organization.Slug, organization.Name),
            AccessDecision.Decide(facts),
            new AccessVersions(organization.AccessVersion, 0))
        { HoldsInWorkspaces = row.HoldsInWorkspaces };
    }

    /// <summary>What the actor may do in the installation, through a token too, read within an open context and its transaction.</summary>
    public async Task<EffectiveAccess> InInstallationAsync(ConsoleDbContext db, Actor actor)
    {
        // A person whom the database does not know has nothing, like one who is locked; and so has a project's key.
        var (userId, row) = (actor.UserId, await queries.PersonAsync(db, actor.UserId));
        var person = row is null
            ? new PersonFacts(userId, IsLocked: true)
            : new PersonFacts(userId, row.LockedUtc is not null, row.IsInstallationAdministrator, row.EverybodyCreatesOrganizations);
        ConsoleMeter.Decided("installation");
        return AccessDecision.Decide(new AccessFacts(Now, person, null, null, null, []) { Token = actor.Credential?.Permissions });
    }

    /// <summary>What the actor may do in each of some projects that are known by their ids, through a key or token too, in a few queries.</summary>
    internal async Task<IReadOnlyDictionary<Guid, ProjectAccess>> OfActorAsync(ConsoleDbContext db, Actor actor, IReadOnlyCollection<Guid> projects, CancellationToken ct)
    {
        if (actor.Credential is KeyCredential key)
        {
            var own = key.Project.ProjectId;
            return projects.Contains(own) && await db.Projects.AnyAsync(project => project.Id == own, ct) && key.InProject(key.Project, Now) is { } decided
                ? new Dictionary<Guid, ProjectAccess> { [own] = decided }
                : new Dictionary<Guid, ProjectAccess>();
        }

        var decisions = new Dictionary<Guid, ProjectAccess>(projects.Count);
        foreach (var ids in projects.Chunk(MostCrossed / 4))
        {
            var (rows, now) = (await AccessQueries.ManyAsync(db, actor.UserId, ids, ct), Now);
            foreach (var group in rows.GroupBy(row => row.ProjectId))
            {
                decisions[group.Key] = AccessFactRow.Decide([.. group], now, actor.Credential as TokenCredential);
            }
        }

        return decisions;
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

    private DateTime Now => clock.GetUtcNow().UtcDateTime;
}
