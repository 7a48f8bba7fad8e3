using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Shared;

namespace ProjectConsole.Security;

/// <summary>
/// Nobody gives or takes what they do not hold, for commands of an organization that reach into several projects and
/// workspaces: what each grant gives is compared with what the actor has where it counts.
/// </summary>
public sealed class GrantAuthority(AccessControl access)
{
    /// <summary>The refusal to give more people what these grants give, or null. What the actor holds until a date is passed on at most until then.</summary>
    public async Task<Error?> RefuseToGiveAsync(Command command, IReadOnlyCollection<Grant> grants, CancellationToken ct) =>
        await RefuseAsync(command, await ReadAsync(command, grants, ct), ct);

    /// <summary>The refusal to take from others what these grants give, or null.</summary>
    public async Task<Error?> RefuseToTakeAsync(Command command, IReadOnlyCollection<Grant> grants, CancellationToken ct) =>
        await RefuseAsync(command, [.. (await ReadAsync(command, grants, ct)).Select(grant => grant with { UntilUtc = command.NowUtc })], ct);

    /// <summary>The refusal where one of the grants exceeds what the actor has where it counts; null where none does.</summary>
    public async Task<Error?> RefuseAsync(Command command, IReadOnlyCollection<GivenGrant> grants, CancellationToken ct)
    {
        var everywhere = command.Access.Everywhere;
        var beyond = grants.Where(grant => !grant.Given.IsSubsetOf(everywhere)).ToList();
        if (beyond.Count == 0)
        {
            return null;
        }

        var inProjects = await InProjectsAsync(command, beyond, ct);
        var (missing, lasting) = (PermissionSet.Empty, (DateTime?)null);
        foreach (var grant in beyond)
        {
            var held = grant.ProjectId is { } projectId
                ? new HeldSets(until => inProjects.GetValueOrDefault(projectId)?.HeldUntil(until) ?? PermissionSet.Empty, inProjects.GetValueOrDefault(projectId)?.HoldsUntil(grant.Given))
                : await InWorkspaceAsync(command.Db, command.Organization.Access, grant.WorkspaceId!.Value, grant.Given, ct);
            missing |= grant.Given - held.Until(command.NowUtc);
            if (!grant.Given.IsSubsetOf(held.Until(grant.UntilUtc)) && (lasting is null || held.LastsUtc < lasting))
            {
                lasting = held.LastsUtc;
            }
        }

        return !missing.IsEmpty ? new ExceedsOwn(missing) : lasting is { } end ? new OutlivesOwn(end) : null;
    }

    /// <summary>What a person passes on in every project of a workspace until a moment: through the organization role and grants on the workspace itself.</summary>
    public static async Task<PermissionSet> HeldInWorkspaceAsync(
        ConsoleDbContext db, EffectiveAccess inOrganization, Guid workspaceId, DateTime? untilUtc, CancellationToken ct) =>
        (await InWorkspaceAsync(db, inOrganization, workspaceId, PermissionSet.Empty, ct)).Until(untilUtc);

    /// <summary>What stored grants give. Those that are over give nothing.</summary>
    public static async Task<IReadOnlyList<GivenGrant>> ReadAsync(Command command, IReadOnlyCollection<Grant> grants, CancellationToken ct)
    {
        var known = new Dictionary<(string, Guid?), PermissionSet>();
        var given = new List<GivenGrant>(grants.Count);
        foreach (var grant in grants.Where(grant => grant.ExpiresUtc is not { } end || end > command.NowUtc))
        {
            var key = (grant.RoleKey, grant.RestrictionId);
            if (!known.TryGetValue(key, out var set))
            {
                known[key] = set = await RoleCatalogue.GivenAsync(command.Db, grant.OrganizationId, grant.RoleKey, grant.RestrictionId, ct);
            }

            given.Add(new GivenGrant(grant.ProjectId, grant.WorkspaceId, set, grant.ExpiresUtc));
        }

        return given;
    }

    private async Task<Dictionary<Guid, EffectiveAccess>> InProjectsAsync(Command command, IEnumerable<GivenGrant> grants, CancellationToken ct)
    {
        var (db, organizationId) = (command.Db, command.Organization.Id);
        Guid[] ids = [.. grants.Select(grant => grant.ProjectId).OfType<Guid>().Distinct()];
        if (ids.Length == 0)
        {
            return [];
        }

        var decisions = await access.OfActorAsync(db, command.Actor, ids, ct);
        return decisions.Where(decision => decision.Value.Organization.Id == organizationId).ToDictionary(decision => decision.Key, decision => decision.Value.Access);
    }

    private static async Task<HeldSets> InWorkspaceAsync(
        ConsoleDbContext db, EffectiveAccess actor, Guid workspaceId, PermissionSet given, CancellationToken ct)
    {
        if (actor is not { Block: AccessBlock.None, Facts: { Membership.Role: { } role, Now: var now, Organization: { } organization } })
        {
            return new HeldSets(_ => PermissionSet.Empty, actor.Facts.Now);
        }

        var actorId = actor.Facts.Person.UserId;
        var grants = await (from principal in db.Principals.Where(principal => principal.UserId == actorId)
                            join grant in db.Grants on principal.Id equals grant.PrincipalId
                            where grant.WorkspaceId == workspaceId && grant.OrganizationId == organization.Id && (grant.ExpiresUtc == null || grant.ExpiresUtc > now)
                            select grant).AsNoTracking().ToListAsync(ct);
        var paths = new List<(PermissionSet Set, DateTime? EndUtc)> { (role.InEveryProject, null) };
        foreach (var grant in grants)
        {
            // A role that cannot be read gives nobody anything to pass on.
            if (await RoleCatalogue.FindProjectRoleAsync(db, organization.Id, grant.RoleKey, ct) is not null)
            {
                paths.Add((await RoleCatalogue.GivenAsync(db, organization.Id, grant.RoleKey, grant.RestrictionId, ct), grant.ExpiresUtc));
            }
        }

        PermissionSet Until(DateTime? until) =>
            paths.Where(path => path.EndUtc is not { } end || end >= until).Aggregate(PermissionSet.Empty, (union, path) => union | path.Set) & actor.RoleCeiling;

        var ends = paths.Select(path => path.EndUtc).OfType<DateTime>().OrderDescending().Cast<DateTime?>();
        return new HeldSets(Until, given.IsSubsetOf(Until(null)) ? null : ends.FirstOrDefault(end => given.IsSubsetOf(Until(end))) ?? now);
    }

    private sealed record HeldSets(Func<DateTime?, PermissionSet> Until, DateTime? LastsUtc);
}

/// <summary>What a grant gives where.</summary>
/// <param name="ProjectId">The project; null for a workspace.</param>
/// <param name="WorkspaceId">The workspace; null for a project.</param>
/// <param name="Given">What it gives after its restriction.</param>
/// <param name="UntilUtc">When it ends; null for never.</param>
public sealed record GivenGrant(Guid? ProjectId, Guid? WorkspaceId, PermissionSet Given, DateTime? UntilUtc);
