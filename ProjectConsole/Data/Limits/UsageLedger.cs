using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data.Providers;
using ProjectConsole.Domain.Limits;
using ProjectConsole.Domain.Resources;

namespace ProjectConsole.Data.Limits;

/// <summary>
/// What projects and personal spaces use. It is changed in the command's transaction by one conditional UPDATE for each metric, in
/// one order: of N commands at the same moment with room for k, exactly k pass, and none waits for another in a circle.
/// </summary>
public sealed class UsageLedger(DatabaseProvider provider)
{
    private static readonly Expression<Func<ConsoleDbContext, Guid, Guid, LimitScope, IQueryable<Limit>>> Concerning = (db, organizationId, ownerId, ofOrganization) =>
        db.Limits.AsNoTracking().Where(limit =>
            (limit.ScopeId == Guid.Empty && (limit.Scope == LimitScope.Installation || limit.Scope == LimitScope.Bound))
            || (limit.ScopeId == organizationId && limit.Scope == ofOrganization)
            || (limit.ScopeId == ownerId && limit.Scope == LimitScope.Project));

    private static readonly Func<ConsoleDbContext, Guid, Guid, LimitScope, IQueryable<Limit>> Limits = Concerning.Compile();

    // Compiled for one provider's model, so each host has its own.
    private readonly Func<ConsoleDbContext, Guid, Guid, LimitScope, IAsyncEnumerable<Limit>> _limits = EF.CompileAsyncQuery(Concerning);

    /// <summary>Adds to what an owner uses, or takes from it; answers what does not fit, in which case the command must be refused.</summary>
    /// <param name="db">The context of the command's transaction.</param>
    /// <param name="owner">A project or personal space. The catalogue has no limits.</param>
    /// <param name="amounts">How much more of each metric; negative for less.</param>
    /// <param name="ct">Ends it.</param>
    public async Task<LimitReached?> AddAsync(
        ConsoleDbContext db, ResourceOwner owner, IReadOnlyDictionary<Metric, long> amounts, CancellationToken ct)
    {
        var ordered = owner.IsCatalogue ? [] : Metrics.Ordered(amounts).ToList();
        if (ordered.Count == 0)
        {
            return null;
        }

        var limits = await _limits(db, owner.OrganizationId, owner.Id, ScopeAbove(owner)).ToListAsync(ct);
        foreach (var (metric, amount) in ordered)
        {
            var limit = LimitInForce.Of(metric, limits);
            if (await AddAsync(db, owner, metric, amount, limit, ct))
            {
                continue;
            }

            // The row may be missing, and somebody else may have made it since: whether there is room is asked of a row that is there.
            await provider.InsertMissingUsageAsync(db, owner.OrganizationId, owner.Id, metric.Name, ct);
            if (!await AddAsync(db, owner, metric, amount, limit, ct))
            {
                return new LimitReached(metric, amount, await UsedAsync(db, owner, metric, ct), limit);
            }
        }

        return null;
    }

    /// <summary>The limits that concern an owner, of every metric.</summary>
    public static Task<List<Limit>> LimitsAsync(ConsoleDbContext db, ResourceOwner owner, CancellationToken ct) =>
        Limits(db, owner.OrganizationId, owner.Id, ScopeAbove(owner)).ToListAsync(ct);

    private static LimitScope ScopeAbove(ResourceOwner owner) => owner.IsPersonal ? LimitScope.PersonalSpace : LimitScope.Organization;

    private static Task<long> UsedAsync(ConsoleDbContext db, ResourceOwner owner, Metric metric, CancellationToken ct)
    {
        var (ownerId, name) = (owner.Id, metric.Name);
        return db.Usages.Where(row => row.OwnerId == ownerId && row.Metric == name).Select(row => row.Used).SingleAsync(ct);
    }

    // What gives something back always passes: lowering a limit below what is used keeps what exists and refuses more. In SQL, because
    // EF Core takes eight times as long to look up the expression of an update as SQLite to carry it out.
    private static async Task<bool> AddAsync(
        ConsoleDbContext db, ResourceOwner owner, Metric metric, long amount, LimitInForce limit, CancellationToken ct)
    {
        var before = amount > 0 && limit.Amount is { } most ? most - amount : long.MaxValue;
        return await db.Database.ExecuteSqlAsync(
            $"""UPDATE "Usages" SET "Used" = "Used" + {amount} WHERE "OwnerId" = {owner.Id} AND "Metric" = {metric.Name} AND "Used" <= {before}""", ct) == 1;
    }
}
