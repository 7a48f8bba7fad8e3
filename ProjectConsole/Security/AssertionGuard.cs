using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Shared;

namespace ProjectConsole.Security;

/// <summary>
/// Checks every change of access against the organization's assertions, for the people and projects that it touches. What was
/// against one before the change does not count: only what the change itself breaks is refused. One instance per command.
/// </summary>
internal sealed class AssertionGuard(AccessControl access)
{
    private const int Chunk = 200;

    // By their role they hold everything and stand above assertions; a grant of theirs counts like any other.
    private static readonly string[] Above = [OrganizationRole.Owner.Key, OrganizationRole.Admin.Key];

    private readonly List<AccessReach> _reaches = [];
    private readonly HashSet<(Guid UserId, Guid ProjectId)> _pairs = [];
    private readonly HashSet<(Guid Assertion, Guid UserId, Guid ProjectId)> _brokenBefore = [];
    private List<Assertion>? _assertions;

    /// <summary>Notes, before the change, what is against an assertion already.</summary>
    public async Task NoteAsync(ConsoleDbContext db, CommandTarget target, AccessReach reach, CancellationToken ct)
    {
        // A command of the installation takes and never gives.
        _assertions ??= target.OrganizationId is { } organizationId
            ? await db.Assertions.Where(assertion => assertion.OrganizationId == organizationId).AsNoTracking().ToListAsync(ct)
            : [];
        if (_assertions.Count > 0)
        {
            _reaches.Add(reach);
            var fresh = (await PairsAsync(db, reach, ct)).Where(_pairs.Add).ToList();
            _brokenBefore.UnionWith((await BrokenAsync(db, fresh, ct)).Select(broken => broken.Key));
        }
    }

    /// <summary>The refusal after the change, or null where it breaks none.</summary>
    public async Task<Error?> CheckAsync(ConsoleDbContext db, CancellationToken ct)
    {
        foreach (var reach in _reaches)
        {
            _pairs.UnionWith(await PairsAsync(db, reach, ct));
        }

        if (_pairs.Count == 0)
        {
            return null;
        }

        var broken = (await BrokenAsync(db, _pairs, ct)).Where(each => !_brokenBefore.Contains(each.Key)).ToList();
        if (broken.Count == 0)
        {
            return null;
        }

        var first = _assertions!.First(assertion => assertion.Id == broken[0].Key.Assertion);
        var people = broken.Where(each => each.Key.Assertion == first.Id).Select(each => each.Key.UserId).Distinct().ToList();
        var emails = await db.Users.Where(user => people.Contains(user.Id)).Select(user => user.Email ?? "").ToListAsync(ct);
        return new AssertionBroken(await AssertionSentences.OfAsync(db, first, ct), [.. emails.Order(StringComparer.Ordinal)]);
    }

    // The database names those who can hold something asserted at all; the rest of a large team or workspace is never read.
    private async Task<HashSet<(Guid UserId, Guid ProjectId)>> PairsAsync(ConsoleDbContext db, AccessReach reach, CancellationToken ct)
    {
        var organizationId = _assertions![0].OrganizationId;
        Permission[] asserted = [.. _assertions.Select(assertion => PermissionCatalogue.Find(assertion.PermissionName)).OfType<Permission>().Distinct()];
        var giving = await GivingRoles.FindAsync(db, organizationId, asserted, ct);
        var pairs = new HashSet<(Guid, Guid)>();
        if (_assertions.Exists(assertion => assertion.ProjectId is null))
        {
            var able = AbleTo(db, organizationId, reach.Pairs, Of(giving, _assertions.Where(assertion => assertion.ProjectId is null)));
            pairs.UnionWith((await able.Select(pair => new { pair.UserId, pair.ProjectId }).ToListAsync(ct)).Select(pair => (pair.UserId, pair.ProjectId)));
        }

        Guid[] named = [.. _assertions.Select(assertion => assertion.ProjectId).OfType<Guid>().Distinct()];
        if (named.Length > 0)
        {
            // An organization role reaches projects that no grant names.
            var everyone = from userId in reach.Pairs.Select(pair => pair.UserId).Distinct()
                           from project in db.Projects.Where(project => named.Contains(project.Id))
                           select new ReachedAccess { UserId = userId, ProjectId = project.Id };
            var able = AbleTo(db, organizationId, everyone, Of(giving, _assertions.Where(assertion => assertion.ProjectId is not null)));
            pairs.UnionWith((await able.Select(pair => new { pair.UserId, pair.ProjectId }).ToListAsync(ct)).Select(pair => (pair.UserId, pair.ProjectId)));
        }

        return pairs;
    }

    private static List<GivingRoles> Of(IReadOnlyList<GivingRoles> giving, IEnumerable<Assertion> assertions)
    {
        var names = assertions.Select(assertion => assertion.PermissionName).ToHashSet(StringComparer.Ordinal);
        return [.. giving.Where(each => names.Contains(each.Permission.Name))];
    }

    // Restrictions and ends are left to the decision: a change may lift them from grants that it cannot name afterwards.
    private static IQueryable<ReachedAccess> AbleTo(ConsoleDbContext db, Guid organizationId, IQueryable<ReachedAccess> pairs, List<GivingRoles> giving)
    {
        string[] roles = [.. giving.SelectMany(each => each.Roles).Distinct(StringComparer.Ordinal)];
        string[] everywhere = [.. giving.SelectMany(each => each.Everywhere).Distinct(StringComparer.Ordinal).Except(Above, StringComparer.Ordinal)];
        var byDefault = giving.Exists(each => each.ByDefaultProject);
        return pairs.Where(pair =>
            db.Members.Any(member => member.OrganizationId == organizationId && member.UserId == pair.UserId && everywhere.Contains(member.RoleKey))
            || (byDefault && db.Projects.Any(project => project.Id == pair.ProjectId && project.IsDefault))
            || db.Principals.Any(principal => principal.UserId == pair.UserId && db.Grants.Any(grant =>
                grant.PrincipalId == principal.Id && grant.OrganizationId == organizationId && roles.Contains(grant.RoleKey)
                && (grant.ProjectId == pair.ProjectId || db.Projects.Any(project => project.Id == pair.ProjectId && project.WorkspaceId == grant.WorkspaceId)))));
    }

    private async Task<List<(ProjectAccess Access, (Guid Assertion, Guid UserId, Guid ProjectId) Key)>> BrokenAsync(
        ConsoleDbContext db, IReadOnlyCollection<(Guid UserId, Guid ProjectId)> pairs, CancellationToken ct)
    {
        var broken = new List<(ProjectAccess, (Guid, Guid, Guid))>();
        foreach (var chunk in pairs.OrderBy(pair => pair.ProjectId).ThenBy(pair => pair.UserId).Chunk(Chunk))
        {
            Guid[] people = [.. chunk.Select(pair => pair.UserId).Distinct()];
            Guid[] projects = [.. chunk.Select(pair => pair.ProjectId).Distinct()];
            var decisions = await access.OfManyAsync(
                db, db.Projects.Where(project => projects.Contains(project.Id)), db.Users.Where(user => people.Contains(user.Id)), ct);
            foreach (var pair in chunk)
            {
                if (decisions.GetValueOrDefault(pair) is { } decided)
                {
                    broken.AddRange(_assertions!.Where(assertion => assertion.IsBrokenBy(AccessDecision.AsIfUnlocked(decided.Access))).Select(assertion => (decided, (assertion.Id, pair.UserId, pair.ProjectId))));
                }
            }
        }

        return broken;
    }
}

/// <summary>A change that an assertion forbids.</summary>
/// <param name="Sentence">What the assertion says.</param>
/// <param name="People">Whom the change would set against it.</param>
public sealed record AssertionBroken(string Sentence, IReadOnlyList<string> People) : RuleError
{
    private const int Shown = 3;

    /// <inheritdoc/>
    public override string Message =>
        $"An assertion of the organization forbids this: \"{Sentence}\" It would not hold for {string.Join(", ", People.Take(Shown))}{(People.Count > Shown ? $" and {People.Count - Shown} more" : "")}.";

    /// <inheritdoc/>
    public override bool IsDenial => true;
}
