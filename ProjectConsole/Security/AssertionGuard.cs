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
            var fresh = (await PairsAsync(reach, ct)).Where(_pairs.Add).ToList();
            _brokenBefore.UnionWith((await BrokenAsync(db, fresh, ct)).Select(broken => broken.Key));
        }
    }

    /// <summary>The refusal after the change, or null where it breaks none.</summary>
    public async Task<Error?> CheckAsync(ConsoleDbContext db, CancellationToken ct)
    {
        foreach (var reach in _reaches)
        {
            _pairs.UnionWith(await PairsAsync(reach, ct));
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

    private async Task<HashSet<(Guid UserId, Guid ProjectId)>> PairsAsync(AccessReach reach, CancellationToken ct)
    {
        var named = _assertions!.Select(assertion => assertion.ProjectId).OfType<Guid>().Distinct().ToArray();
        var pairs = await reach.Pairs.Select(pair => new { pair.UserId, pair.ProjectId }).ToListAsync(ct);
        var all = pairs.Select(pair => (pair.UserId, pair.ProjectId));
        if (_assertions!.All(assertion => assertion.ProjectId is not null))
        {
            all = all.Where(pair => named.Contains(pair.ProjectId));
        }

        // An organization role reaches projects that no grant names.
        return [.. all, .. pairs.Select(pair => pair.UserId).Distinct().SelectMany(user => named.Select(project => (user, project)))];
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
                    broken.AddRange(_assertions!.Where(assertion => assertion.IsBrokenBy(decided.Access)).Select(assertion => (decided, (assertion.Id, pair.UserId, pair.ProjectId))));
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
