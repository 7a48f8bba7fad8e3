using Microsoft.EntityFrameworkCore;
using ProjectConsole.Components.Access;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Security;

namespace ProjectConsole.Features.Collaborators;

/// <summary>Reads the rows of a page in full, in a constant number of statements.</summary>
internal sealed class CollaboratorRows(ConsoleDbContext db, AccessControl access, ProjectAccess reader, CollaboratorScope scope)
{
    /// <summary>The most people of an opened team that are listed.</summary>
    public const int MostPeople = 50;

    /// <summary>The rows, in the order of their keys.</summary>
    /// <param name="page">Who is on the page.</param>
    /// <param name="openTeam">Team ID of the team whose people are asked for; empty for none.</param>
    /// <param name="ct">Ends the reading.</param>
    internal async Task<IReadOnlyList<CollaboratorRow>> OfAsync(IReadOnlyList<CollaboratorKey> page, string openTeam, CancellationToken ct)
    {
        if (page.Count == 0)
        {
            return [];
        }

        var ids = page.Select(key => key.PrincipalId).ToArray();
        var teams = await db.Teams.Where(team => ids.Contains(team.Id)).Select(team => new TeamFacts(
            team.Id, team.Name, team.Slug, db.Principals.Count(principal => principal.Id == team.Id))).ToDictionaryAsync(team => team.Id, ct);
        var opened = teams.Values.FirstOrDefault(team => team.Slug == openTeam)?.Id;
        var inside = opened is null ? [] : await db.Principals.Where(principal => principal.Id == opened)
            .Join(db.Users, principal => principal.UserId, user => user.Id, (_, user) => user).OrderBy(user => user.NormalizedEmail).Select(user => user.Id).Take(MostPeople).ToListAsync(ct);
        Guid[] people = [.. ids.Concat(inside).Distinct()];
        var facts = new PageFacts(
            teams,
            await GrantsAsync(ids, ct),
            await db.Users.Where(user => people.Contains(user.Id)).Select(user => new { user.Id, user.Email }).ToDictionaryAsync(user => user.Id, user => user.Email ?? "", ct),
            await DecideAsync(people, ct),
            await ActivityAsync(people, ct));
        return [.. page.Select(key => key.IsTeam
            ? OfTeam(facts, key, key.PrincipalId == opened ? [.. inside.Select(userId => OfPerson(facts, userId, null))] : [])
            : OfPerson(facts, key.PrincipalId, key))];
    }

    private CollaboratorRow OfPerson(PageFacts facts, Guid userId, CollaboratorKey? key)
    {
        var decided = facts.Decisions[userId];
        var (standing, upgrade) = key is null ? (null, null) : facts.Of(userId);
        var row = new CollaboratorRow(
            userId, facts.Emails.GetValueOrDefault(userId, ""), AccessWords.Role(decided),
            [.. decided.Sources.OrderBy(source => source.Kind != AccessSourceKind.Direct).Select(Source).Distinct()])
        {
            Grant = standing?.ToGrant(),
            Upgrade = upgrade?.ToGrant(),
            RestrictedBy = [.. decided.Sources.Where(source => source.After != source.Before).Select(source => source.Grant!.RestrictionName).Distinct()],
            CappedBy = AccessWords.CappedBy(decided),
            Managed = key?.Path switch { CollaboratorPath.Workspace => ManagedIn.Workspaces, CollaboratorPath.Membership => ManagedIn.Members, _ => ManagedIn.Project },
            IsExternal = decided.Facts.Membership is null,
            IsBlocked = decided.Block == AccessBlock.ExternalsSwitchedOff,
            IsLocked = decided.Block == AccessBlock.Locked,
            IsYou = reader.Access.Facts.Person.UserId == userId,
            LastActivityUtc = facts.Activity.TryGetValue(userId, out var last) ? last : null,
        };
        return key is null ? row : row with { Acts = CollaboratorRules.ActsOn(reader, row, standing?.Given, upgrade?.Given) };
    }

    private CollaboratorRow OfTeam(PageFacts facts, CollaboratorKey key, IReadOnlyList<CollaboratorRow> people)
    {
        var (team, (standing, upgrade)) = (facts.Teams[key.PrincipalId], facts.Of(key.PrincipalId));
        var shared = facts.Grants[key.PrincipalId].FirstOrDefault(grant => grant.Grant.WorkspaceId is not null);
        var shown = upgrade ?? (standing?.IsInForce(scope.NowUtc) == true ? standing : null) ?? shared;
        var row = new CollaboratorRow(
            team.Id, team.Name, shown?.Title ?? "No access",
            key.Path == CollaboratorPath.Workspace ? [new RoleSource(AccessSourceKind.Workspace, $"Workspace {reader.Project.WorkspaceName}")] : [new RoleSource(AccessSourceKind.Direct, "Direct")])
        {
            Grant = standing?.ToGrant(),
            Upgrade = upgrade?.ToGrant(),
            TeamId = team.Slug,
            TeamSize = team.Size,
            People = people,
            RestrictedBy = shown?.RestrictionName is { } restriction ? [restriction] : [],
            Managed = key.Path == CollaboratorPath.Workspace ? ManagedIn.Workspaces : ManagedIn.Project,
            LastActivityUtc = facts.Activity.TryGetValue(team.Id, out var last) ? last : null,
        };
        return row with { Acts = CollaboratorRules.ActsOn(reader, row, standing?.Given, upgrade?.Given) };
    }

    private async Task<ILookup<Guid, HeldGrant>> GrantsAsync(Guid[] ids, CancellationToken ct)
    {
        var (projectId, workspaceId, now) = (scope.Project.ProjectId, scope.WorkspaceId, scope.NowUtc);
        var rows = await (from grant in db.Grants.Where(grant => ids.Contains(grant.PrincipalId) && (grant.ProjectId == projectId || grant.WorkspaceId == workspaceId))
                          where !grant.IsUpgrade || grant.ExpiresUtc > now
                          from restriction in db.Restrictions.Where(restriction => restriction.Id == grant.RestrictionId).DefaultIfEmpty()
                          select new { Grant = grant, Restriction = restriction }).AsNoTracking().ToListAsync(ct);
        var roles = scope.Roles.ToDictionary(role => role.Key);
        return rows.ToLookup(row => row.Grant.PrincipalId, row => new HeldGrant(
            row.Grant, roles.GetValueOrDefault(row.Grant.RoleKey), row.Restriction?.Name, row.Restriction?.Rules.Denied ?? PermissionSet.Empty));
    }

    private async Task<IReadOnlyDictionary<Guid, EffectiveAccess>> DecideAsync(Guid[] people, CancellationToken ct)
    {
        var projectId = scope.Project.ProjectId;
        var decisions = await access.OfManyAsync(
            db, db.Projects.Where(project => project.Id == projectId), db.Users.Where(user => people.Contains(user.Id)), ct);
        return decisions.ToDictionary(decision => decision.Key.UserId, decision => decision.Value.Access);
    }

    // A user is a principal too, so that people and teams are read alike.
    private Task<Dictionary<Guid, DateTime>> ActivityAsync(Guid[] principals, CancellationToken ct)
    {
        var projectId = scope.Project.ProjectId;
        return (from principal in db.Principals.Where(principal => principals.Contains(principal.Id))
                join visit in db.ProjectVisits on principal.UserId equals visit.UserId
                where visit.ProjectId == projectId
                group visit by principal.Id into visits
                select new { visits.Key, Last = visits.Max(visit => visit.LastUtc) }).ToDictionaryAsync(visits => visits.Key, visits => visits.Last, ct);
    }

    private static RoleSource Source(AccessSource source) => new(source.Kind, source.Kind switch
    {
        AccessSourceKind.Direct => "Direct",
        AccessSourceKind.OrganizationRole => $"Organization {source.RoleTitle}",
        AccessSourceKind.DefaultProject => "Default Project",
        AccessSourceKind.Workspace => $"Workspace {source.Via}",
        _ => source.Via,
    });

    private sealed record TeamFacts(Guid Id, string Name, string Slug, int Size);

    private sealed record PageFacts(
        IReadOnlyDictionary<Guid, TeamFacts> Teams, ILookup<Guid, HeldGrant> Grants, IReadOnlyDictionary<Guid, string> Emails,
        IReadOnlyDictionary<Guid, EffectiveAccess> Decisions, IReadOnlyDictionary<Guid, DateTime> Activity)
    {
        public (HeldGrant? Standing, HeldGrant? Upgrade) Of(Guid principalId)
        {
            var own = Grants[principalId].Where(grant => grant.Grant.ProjectId is not null).ToList();
            return (own.Find(grant => !grant.Grant.IsUpgrade), own.Find(grant => grant.Grant.IsUpgrade));
        }
    }

    private sealed record HeldGrant(Grant Grant, ProjectRole? Role, string? RestrictionName, PermissionSet Denied)
    {
        public string Title => Role?.Title ?? "Unknown role";

        // A role that cannot be read gives everything here, so that nobody touches it unseen.
        public PermissionSet Given => (Role?.Permissions ?? PermissionCatalogue.Project) - Denied;

        public bool IsInForce(DateTime nowUtc) => Grant.ExpiresUtc is not { } end || end > nowUtc;

        public DirectGrant ToGrant() =>
            new(Grant.RoleKey, Title, Grant.GrantedByName, Grant.GrantedUtc, Grant.ExpiresUtc, Grant.Version) { RestrictionId = Grant.RestrictionId };
    }
}
