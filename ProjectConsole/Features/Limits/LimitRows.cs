using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Data.Limits;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Limits;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Limits;

/// <summary>Reads the limits of a place with what is used of them, for a person who may see them.</summary>
internal static class LimitRows
{
    /// <summary>Every metric of the place.</summary>
    public static async Task<IReadOnlyList<LimitRow>> LoadAsync(ConsoleDbContext db, LimitPlace place, DateTime nowUtc, CancellationToken ct)
    {
        var limits = await LimitsAsync(db, place, ct);
        var used = place.Owner is { } owner ? await UsedAsync(db, owner, nowUtc, ct) : null;
        return [.. Metrics.All.Where(place.Has).Select(metric => Row(place, metric, limits, used))];
    }

    /// <summary>Every metric of a project.</summary>
    public static Task<IReadOnlyList<LimitRow>> LoadAsync(ConsoleDbContext db, ProjectScope project, DateTime nowUtc, CancellationToken ct) =>
        LoadAsync(db, LimitPlace.Of(project), nowUtc, ct);

    /// <summary>The limits of every metric that concern a place.</summary>
    public static Task<List<Limit>> LimitsAsync(ConsoleDbContext db, LimitPlace place, CancellationToken ct)
    {
        if (place.Owner is { } owner)
        {
            return UsageLedger.LimitsAsync(db, owner, ct);
        }

        var (scope, scopeId) = (place.Scope, place.ScopeId);
        return db.Limits.AsNoTracking().Where(limit =>
            (limit.ScopeId == Guid.Empty && (limit.Scope == LimitScope.Installation || limit.Scope == LimitScope.Bound))
            || (limit.ScopeId == scopeId && limit.Scope == scope)).ToListAsync(ct);
    }

    /// <summary>The most that may be set at a place: what the one above it says.</summary>
    public static LimitInForce Above(LimitPlace place, Metric metric, IReadOnlyCollection<Limit> limits) => place.Scope switch
    {
        LimitScope.Project => LimitInForce.Of(metric, [.. limits.Where(limit => limit.Scope != LimitScope.Project)]),
        LimitScope.Bound => new LimitInForce(metric, null, LimitScope.Bound),
        _ => new LimitInForce(metric, Set(limits, LimitScope.Bound, metric)?.Amount, LimitScope.Bound),
    };

    /// <summary>Whether a person sees what a project uses of a metric: how many there are of a kind is told to who sees the kind.</summary>
    public static bool IsSeen(EffectiveAccess access, LimitRow row) =>
        ResourceKinds.Find(row.Metric) is not { } kind || access.May(kind, "view", null);

    /// <summary>What is set for a metric by somebody.</summary>
    public static Limit? Set(IEnumerable<Limit> limits, LimitScope scope, Metric metric) =>
        limits.FirstOrDefault(limit => limit.Scope == scope && limit.Metric == metric.Name);

    private static LimitRow Row(LimitPlace place, Metric metric, IReadOnlyCollection<Limit> limits, IReadOnlyDictionary<string, long>? used)
    {
        var own = Set(limits, place.Scope, metric);
        var inForce = place.Scope switch
        {
            LimitScope.Installation => new LimitInForce(metric, own?.Amount ?? metric.Default, LimitScope.Installation),
            LimitScope.Bound => new LimitInForce(metric, own?.Amount, LimitScope.Bound),
            _ => LimitInForce.Of(metric, limits),
        };
        var setBy = place.Scope == LimitScope.PersonalSpace && inForce.SetBy == LimitScope.Organization ? LimitScope.PersonalSpace : inForce.SetBy;
        var (setting, above) = (Set(limits, setBy, metric), Above(place, metric, limits));
        return new LimitRow(metric.Name, metric.Title, metric.Unit, GroupOf(metric))
        {
            Used = used?.GetValueOrDefault(metric.Name),
            Amount = inForce.Amount,
            SetBy = inForce.SetBy,
            // Who runs the installation is told in the installation's own pages alone.
            SetByName = place.Scope is LimitScope.Installation or LimitScope.Bound || inForce.SetBy is not (LimitScope.Installation or LimitScope.Bound) ? setting?.SetByName : null,
            SetUtc = setting?.SetUtc,
            Own = place.SpaceId is null ? own?.Amount : null,
            Most = above.Amount,
            MostBy = above.SetBy,
        };
    }

    private static string GroupOf(Metric metric) =>
        metric == Metric.Keys || metric == Metric.Collaborators ? "People and keys" : ResourceKinds.Find(metric.Name)?.Group ?? "Capacity";

    // People are counted where they are: a grant that ends by itself takes nothing from a stored number.
    private static async Task<IReadOnlyDictionary<string, long>> UsedAsync(ConsoleDbContext db, ResourceOwner owner, DateTime nowUtc, CancellationToken ct)
    {
        var ownerId = owner.Id;
        var used = await db.Usages.Where(row => row.OwnerId == ownerId).ToDictionaryAsync(row => row.Metric, row => row.Used, ct);
        if (owner.ProjectId is { } projectId)
        {
            used[Metric.Collaborators.Name] = await CollaboratorRoom.InForce(db, projectId, nowUtc).CountAsync(ct);
        }

        return used;
    }
}
