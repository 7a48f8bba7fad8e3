using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;

namespace ProjectConsole.Security;

/// <summary>Compares what people may do before and after a command, inside the transaction that is then rolled back.</summary>
public sealed class AccessPreview(AccessControl access, Actor actor)
{
    /// <summary>The most projects that a preview lists per person.</summary>
    public const int MostProjects = 100;

    /// <summary>The most pairs of person and project that a preview decides; the rest are counted.</summary>
    public const int MostPairs = 200;

    // More than that is said as "more than 1,000", and nobody waits in the lock for the exact number.
    private const int MostInAll = AccessChange.MostCounted + MostPairs + 1;

    private const int MostCrossed = 50_000;

    private readonly List<AccessReach> _reaches = [];
    private readonly HashSet<(Guid UserId, Guid ProjectId)> _reachedBefore = [];
    private readonly Dictionary<(Guid UserId, Guid ProjectId), ProjectAccess?> _before = [];
    private readonly HashSet<Guid> _people = [];
    private readonly Dictionary<Guid, ProjectAccess> _actors = [];
    private int _peopleInAll;
    private int _pairsInAll;
    private int _alike;

    internal async Task NoteAsync(ConsoleDbContext db, AccessReach reach, IReadOnlyCollection<Guid> userIds, CancellationToken ct)
    {
        _people.UnionWith(userIds);
        await CountAlikeAsync(reach, ct);
        var pairs = await PairsAsync(reach, ct);
        _reachedBefore.UnionWith(pairs.Select(pair => (pair.UserId, pair.ProjectId)));
        // Where not all of it was read, what comes up afterwards could have been there before: it is counted and not compared.
        if (pairs.Count < MostPairs)
        {
            _reaches.Add(reach);
        }

        // People share the projects that one command reaches: what somebody gains where another has it is seen as a gain.
        var crossed = Bounded(pairs.Select(pair => pair.UserId).Union(userIds), pairs.Select(pair => pair.ProjectId));
        var fresh = pairs.Select(pair => (pair.UserId, pair.ProjectId)).Union(crossed).Take(MostPairs).Where(pair => !_before.ContainsKey(pair)).ToList();
        var decisions = await access.OfPairsAsync(db, fresh, ct);
        foreach (var pair in fresh)
        {
            _before[pair] = decisions.GetValueOrDefault(pair);
        }

        await SeeAsync(db, fresh.Select(pair => pair.ProjectId), ct);
    }

    internal async Task<AccessChange> CompareAsync(ConsoleDbContext db, CancellationToken ct)
    {
        var noted = _before.Keys.Select(pair => pair.ProjectId).ToHashSet();
        foreach (var reach in _reaches)
        {
            await CountAlikeAsync(reach, ct);
            foreach (var pair in (await PairsAsync(reach, ct)).Where(pair => _before.Count < MostPairs && !_reachedBefore.Contains((pair.UserId, pair.ProjectId))))
            {
                _before.TryAdd((pair.UserId, pair.ProjectId), null);
            }
        }

        // Only for projects that came with the change: what the actor would see by it is not shown before it is done.
        await SeeAsync(db, _before.Keys.Select(pair => pair.ProjectId).Where(project => !noted.Contains(project)), ct);

        var after = await access.OfPairsAsync(db, _before.Keys, ct);
        _people.UnionWith(_before.Keys.Select(pair => pair.UserId));
        var emails = await db.Users.Where(user => _people.Contains(user.Id)).Select(user => new { user.Id, user.Email }).ToDictionaryAsync(user => user.Id, user => user.Email ?? "", ct);
        var all = _before.Keys.Select(pair => (pair.UserId, Change: Change(pair, after)!)).Where(pair => pair.Change is not null).ToList();
        var listed = all.Where(pair => Sees(pair.Change.ProjectId)).ToLookup(pair => pair.UserId, pair => pair.Change);
        var unseen = all.Where(pair => !Sees(pair.Change.ProjectId) && !(pair.Change.Loses | pair.Change.Gains).IsEmpty)
            .CountBy(pair => pair.UserId).ToDictionary();
        var losing = all.FindAll(pair => Sees(pair.Change.ProjectId) && !pair.Change.Loses.IsEmpty).ConvertAll(pair => (pair.UserId, pair.Change.ProjectId));
        var (keys, moreKeys) = await AffectedKey.FindAsync(db, losing, _actors, actor.RevokedKeys, ct);
        var compared = _before.Keys.Select(pair => pair.ProjectId).Distinct().Count();
        // Those that are alike are said once, for everybody; and of several people it is not known whose the rest is.
        var rest = _alike > 0 ? 0 : Math.Max(0, _pairsInAll - _before.Count);
        var isOne = _people.Count == 1 && _peopleInAll <= 1;
        return new AccessChange([.. _people.Select(person => new PersonChange(
            person,
            emails.GetValueOrDefault(person, ""),
            [.. listed[person].OrderBy(change => change.ProjectName, StringComparer.OrdinalIgnoreCase).Take(MostProjects)],
            (isOne ? rest : 0) + Math.Max(0, listed[person].Count() - MostProjects) + unseen.GetValueOrDefault(person))).OrderBy(person => person.Email, StringComparer.Ordinal)])
        {
            MoreElsewhere = isOne ? 0 : rest,
            MorePeople = Math.Max(0, _peopleInAll - _people.Count),
            Compared = compared,
            Keys = keys,
            MoreKeys = moreKeys,
            Uncompared = Math.Max(0, _alike - compared),
        };
    }

    private async Task CountAlikeAsync(AccessReach reach, CancellationToken ct) =>
        _alike = reach.Alike is { } alike ? Math.Max(_alike, await alike().Take(MostInAll).CountAsync(ct)) : _alike;

    // A project that the actor does not see is counted and not named.
    private async Task SeeAsync(ConsoleDbContext db, IEnumerable<Guid> projects, CancellationToken ct)
    {
        foreach (var (project, decided) in await access.OfActorAsync(db, actor, [.. projects.Distinct().Where(project => !_actors.ContainsKey(project))], ct))
        {
            _actors[project] = decided;
        }
    }

    private bool Sees(Guid projectId) => _actors.GetValueOrDefault(projectId)?.May(Permissions.ProjectView) == true;

    private async Task<List<ReachedAccess>> PairsAsync(AccessReach reach, CancellationToken ct)
    {
        var people = reach.PeopleInAll ?? await reach.People().Distinct().OrderBy(id => id).Take(MostInAll).CountAsync(ct);
        var pairs = await FirstAsync(reach, people, ct);
        _pairsInAll = Math.Max(_pairsInAll, pairs.Count);
        if (pairs.Count >= MostPairs)
        {
            _peopleInAll = Math.Max(_peopleInAll, people);
        }

        return [.. pairs.Take(MostPairs)];
    }

    // A large team in a large workspace has a hundred million pairs: the projects are gone through until there are pairs enough, at
    // first so many at once as would do if everybody were in each, then as many as the database can cross with everybody.
    private static async Task<List<ReachedAccess>> FirstAsync(AccessReach reach, int people, CancellationToken ct)
    {
        var pairs = new List<ReachedAccess>();
        var (begun, size) = (0, Math.Min((MostInAll / Math.Max(1, people)) + 1, AdminGuard.Chunk));
        var projects = new List<Guid>();
        foreach (var part in reach.Projects().TakeWhile(_ => pairs.Count < MostInAll && projects.Count < MostInAll))
        {
            projects = [.. projects.Union(await part.Take(MostInAll).ToListAsync(ct)).Take(MostInAll)];
            while (begun < projects.Count && pairs.Count < MostInAll)
            {
                var some = projects.Skip(begun).Take(size).ToList();
                pairs.AddRange(await reach.PairsIn(some).OrderBy(pair => pair.ProjectId).ThenBy(pair => pair.UserId).Take(MostInAll - pairs.Count).ToListAsync(ct));
                (begun, size) = (begun + some.Count, Math.Clamp(MostCrossed / Math.Max(1, people), 1, AdminGuard.Chunk));
            }
        }

        return pairs;
    }

    private static IEnumerable<(Guid UserId, Guid ProjectId)> Bounded(IEnumerable<Guid> people, IEnumerable<Guid> projects)
    {
        List<Guid> users = [.. people.Distinct()];
        return projects.Distinct().Take(MostProjects).SelectMany(project => users.Select(user => (user, project))).Take(MostPairs);
    }

    private ProjectChange? Change((Guid UserId, Guid ProjectId) pair, IReadOnlyDictionary<(Guid UserId, Guid ProjectId), ProjectAccess> after)
    {
        var (was, becomes) = (_before[pair], after.GetValueOrDefault(pair));
        return (becomes ?? was)?.Project is { } names ? new ProjectChange(pair.ProjectId, names.Slug, names.Name, was?.Access, becomes?.Access) : null;
    }
}
