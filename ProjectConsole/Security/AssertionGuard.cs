using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Shared;

namespace ProjectConsole.Security;

/// <summary>
/// Checks every change of access against the organization's assertions, for the people and projects that it touches. What was
/// against one before the change does not count: only what the change itself breaks is refused. A deleted project counts like any
/// other, as if it were restored: so each change is judged when it is made, whoever broke an assertion keeps that in the bin as
/// outside it, and restoring breaks none. One instance per command.
/// </summary>
internal sealed class AssertionGuard(AccessControl access)
{
    /// <summary>The most pairs of person and project that one change is judged for; one that touches more is refused.</summary>
    public const int MostPairs = 10_000;

    // So many people one statement is told by their ids.
    private const int MostListed = AdminGuard.Chunk;

    private readonly List<AccessReach> _reaches = [];
    private readonly HashSet<(Guid UserId, Guid ProjectId)> _pairs = [];
    private readonly HashSet<(Guid Assertion, Guid UserId, Guid ProjectId)> _brokenBefore = [];
    private List<Assertion>? _assertions;
    private bool _isInProject;
    private bool _isPartial;

    /// <summary>A guard for one part of the command, which is judged by itself.</summary>
    public AssertionGuard ForPart() => new(access) { _assertions = _assertions, _isInProject = _isInProject };

    /// <summary>Notes, before the change, what is against an assertion already.</summary>
    public async Task NoteAsync(ConsoleDbContext db, CommandTarget target, AccessReach reach, CancellationToken ct)
    {
        // A command of the installation takes and never gives: what is given to a locked account is judged when it is given.
        _assertions ??= target.OrganizationId is { } organizationId
            ? await db.Assertions.Where(assertion => assertion.OrganizationId == organizationId).AsNoTracking().ToListAsync(ct)
            : [];
        _isInProject = target.ProjectId is not null;
        if (_assertions.Count > 0)
        {
            _reaches.Add(reach);
            var fresh = (await PairsAsync(db, reach, isAfter: false, ct)).Where(_pairs.Add).ToList();
            _brokenBefore.UnionWith((await BrokenAsync(db, fresh, ct)).Select(each => (each.Assertion, each.UserId, each.ProjectId)));
        }
    }

    /// <summary>The refusal after the change, or null where it breaks none.</summary>
    public async Task<Error?> CheckAsync(ConsoleDbContext db, CancellationToken ct)
    {
        foreach (var reach in _reaches)
        {
            _pairs.UnionWith(await PairsAsync(db, reach, isAfter: true, ct));
        }

        var broken = (await BrokenAsync(db, _pairs, ct)).Where(each => !_brokenBefore.Contains((each.Assertion, each.UserId, each.ProjectId))).ToList();
        if (broken.Count == 0)
        {
            // Whom nobody judged could be set against one.
            return _isPartial ? new TooManyToJudge(MostPairs) : null;
        }

        var first = _assertions!.First(assertion => assertion.Id == broken[0].Assertion);
        var against = broken.FindAll(each => each.Assertion == first.Id);
        var people = against.Select(each => each.UserId).Distinct().ToList();
        var some = people.Take(AssertionBroken.Shown).ToList();
        var emails = await db.Users.Where(user => some.Contains(user.Id)).Select(user => user.Email ?? "").ToListAsync(ct);
        return new AssertionBroken(await AssertionSentences.OfAsync(db, first, ct), [.. emails.Order(StringComparer.Ordinal)], people.Count - some.Count)
        {
            IsInDeletedAlone = against.TrueForAll(each => each.IsDeleted),
        };
    }

    // The database names those who can be against one at all; the rest of a large team or workspace is never read. The number of
    // statements does not grow with the assertions.
    private async Task<HashSet<(Guid UserId, Guid ProjectId)>> PairsAsync(ConsoleDbContext db, AccessReach reach, bool isAfter, CancellationToken ct)
    {
        Permission[] asserted = [.. _assertions!.Select(assertion => PermissionCatalogue.Find(assertion.PermissionName)).OfType<Permission>().Distinct()];
        var candidates = new AssertedPairs(db, _assertions!, await GivingRoles.FindAsync(db, _assertions![0].OrganizationId, asserted, ct));
        var found = await candidates.Among(await InAsync(candidates, reach, ct)).OrderBy(pair => pair.ProjectId).ThenBy(pair => pair.UserId)
            .Take(MostPairs + 1).Select(pair => new { pair.UserId, pair.ProjectId }).ToListAsync(ct);
        // Whoever is able no more breaks nothing: only who is able after the change must be judged to the last.
        _isPartial |= isAfter && found.Count > MostPairs;
        return [.. found.Take(MostPairs).Select(pair => (pair.UserId, pair.ProjectId))];
    }

    // What is done in one project stays there. Beyond it an organization role reaches projects that no grant names, so that those
    // which assertions name are asked about for everybody, and the Default Project, in which every member has something; of very many
    // people, for those who can hold anything there. A team has far fewer people than a workspace has projects: elsewhere only those
    // are looked at who could be against an assertion at all.
    private async Task<IQueryable<ReachedAccess>> InAsync(AssertedPairs candidates, AccessReach reach, CancellationToken ct)
    {
        if (_isInProject)
        {
            return reach.Judged();
        }

        Guid[] named = [.. _assertions!.Select(assertion => assertion.ProjectId).OfType<Guid>().Distinct()];
        var inNamed = reach.PeopleInAll is null ? candidates.HoldingInNamed(named, reach.People()) : candidates.InNamed(named, reach.People());
        if (_assertions!.TrueForAll(assertion => assertion.ProjectId is not null))
        {
            return inNamed;
        }

        var able = await candidates.AnywhereAmong(reach.People()).OrderBy(userId => userId).Take(MostListed + 1).ToListAsync(ct);
        return able.Count switch
        {
            0 => inNamed,
            <= MostListed => reach.Judged().Where(pair => able.Contains(pair.UserId)).Union(inNamed),
            _ => reach.Judged().Union(inNamed),
        };
    }

    private async Task<List<BrokenPair>> BrokenAsync(
        ConsoleDbContext db, IReadOnlyCollection<(Guid UserId, Guid ProjectId)> pairs, CancellationToken ct) =>
        [.. from decided in await access.OfPairsAsync(db, pairs, ct)
            from assertion in _assertions!
            where assertion.IsBrokenBy(AccessDecision.AsIfUnlocked(decided.Value.Access))
            select new BrokenPair(assertion.Id, decided.Key.UserId, decided.Key.ProjectId, decided.Value.Project.State == ProjectState.Deleted)];

    private readonly record struct BrokenPair(Guid Assertion, Guid UserId, Guid ProjectId, bool IsDeleted);
}

/// <summary>A change that an assertion forbids.</summary>
/// <param name="Sentence">What the assertion says.</param>
/// <param name="People">Whom the change would set against it; the first of them.</param>
/// <param name="Others">How many further ones.</param>
public sealed record AssertionBroken(string Sentence, IReadOnlyList<string> People, int Others = 0) : RuleError
{
    /// <summary>How many are named.</summary>
    internal const int Shown = 3;

    /// <summary>Whether nobody would be against it but in deleted projects, for when they are restored.</summary>
    public bool IsInDeletedAlone { get; init; }

    /// <inheritdoc/>
    public override string Message =>
        $"An assertion of the organization forbids this: \"{Sentence}\" It would not hold for {string.Join(", ", People)}{(Others > 0 ? $" and {Others} more" : "")}{(IsInDeletedAlone ? ", as soon as a deleted project is restored" : "")}.";

    /// <inheritdoc/>
    public override bool IsDenial => true;
}

/// <summary>A change that touches more than is judged at once.</summary>
/// <param name="Most">The most.</param>
public sealed record TooManyToJudge(int Most) : RuleError
{
    /// <inheritdoc/>
    public override string Message => string.Create(
        CultureInfo.InvariantCulture,
        $"Assertions of the organization speak of what more than {Most:N0} people hold here, too many to check in one change. Change fewer at once.");
}
