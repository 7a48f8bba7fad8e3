using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Data.Providers;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Limits;
using ProjectConsole.Domain.Resources;

namespace ProjectConsole.Security;

/// <summary>A stored number of usage that is not what the resources use.</summary>
/// <param name="Owner">The project's name, or whose personal space it is.</param>
/// <param name="OwnerId">The project or personal space.</param>
/// <param name="Metric">Name of the metric.</param>
/// <param name="Stored">What is stored.</param>
/// <param name="Actual">What the resources use.</param>
public sealed record UsageDifference(string Owner, Guid OwnerId, string Metric, long Stored, long Actual);

/// <summary>
/// Proves that the stored usage equals the sum over the resources of every project and personal space, and mends what does not.
/// Each owner is looked at while nobody else changes it.
/// </summary>
public sealed class UsageReconciliation(IDbContextFactory<ConsoleDbContext> databases, DatabaseProvider provider, TimeProvider clock)
{
    /// <summary>Looks at every owner and answers what differs.</summary>
    /// <param name="mends">Whether to store what the resources use.</param>
    /// <param name="ct">Ends it; owners that were mended stay so.</param>
    public async Task<IReadOnlyList<UsageDifference>> RunAsync(bool mends, CancellationToken ct = default)
    {
        var differences = new List<UsageDifference>();
        foreach (var owner in await OwnersAsync(ct))
        {
            differences.AddRange(await LookAsync(owner, mends, ct));
        }

        return differences;
    }

    /// <summary>What the resources of an owner use, by metric.</summary>
    public static async Task<Dictionary<string, long>> SumAsync(ConsoleDbContext db, Guid ownerId, CancellationToken ct)
    {
        var sum = new Dictionary<string, long>();
        var resources = db.Resources.Where(resource => resource.OwnerId == ownerId).Select(resource => new { resource.Kind, resource.State, resource.SpecText });
        await foreach (var resource in resources.AsAsyncEnumerable().WithCancellation(ct))
        {
            if (ResourceKinds.Find(resource.Kind) is not { } kind)
            {
                continue;
            }

            foreach (var (metric, amount) in ResourceUse.Of(kind, ResourceSpec.Parse(resource.SpecText), resource.State))
            {
                sum[metric.Name] = sum.GetValueOrDefault(metric.Name) + amount;
            }
        }

        return sum;
    }

    // The catalogue is the organization's own and has no limits.
    private async Task<List<(Guid OrganizationId, Guid Id)>> OwnersAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var owners = await db.Resources.Where(resource => resource.OwnerId != resource.OrganizationId)
            .Select(resource => new { resource.OrganizationId, resource.OwnerId })
            .Union(db.Usages.Select(usage => new { usage.OrganizationId, usage.OwnerId })).ToListAsync(ct);
        return [.. owners.Select(owner => (owner.OrganizationId, owner.OwnerId))];
    }

    private async Task<IReadOnlyList<UsageDifference>> LookAsync((Guid OrganizationId, Guid Id) owner, bool mends, CancellationToken ct)
    {
        using var turn = await provider.EnterWriteAsync(ct);
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await provider.BeginWriteAsync(db, ct);
        var project = await db.Projects.Where(project => project.Id == owner.Id).Select(project => project.Name).SingleOrDefaultAsync(ct);
        await LockAsync(db, owner, isProject: project is not null, ct);
        var stored = await db.Usages.Where(usage => usage.OwnerId == owner.Id).ToDictionaryAsync(usage => usage.Metric, usage => usage.Used, ct);
        var actual = await SumAsync(db, owner.Id, ct);
        var name = project ?? await db.PersonalSpaces.Where(space => space.Id == owner.Id).Select(space => space.UserName).SingleOrDefaultAsync(ct) ?? "";
        // What is counted where it is has no stored number to mend.
        var differences = stored.Keys.Union(actual.Keys).Where(metric => metric != Metric.Keys.Name && metric != Metric.Collaborators.Name)
            .Select(metric => new UsageDifference(name, owner.Id, metric, stored.GetValueOrDefault(metric), actual.GetValueOrDefault(metric)))
            .Where(difference => difference.Stored != difference.Actual).OrderBy(difference => difference.Metric, StringComparer.Ordinal).ToList();
        if (mends && differences.Count > 0)
        {
            await MendAsync(db, owner, project is null ? null : owner.Id, differences, ct);
            await transaction.CommitAsync(ct);
        }

        return differences;
    }

    // Commands in a personal space hold the organization's row as well, so that it alone keeps them out.
    private async Task LockAsync(ConsoleDbContext db, (Guid OrganizationId, Guid Id) owner, bool isProject, CancellationToken ct)
    {
        if (!isProject)
        {
            await provider.LockExclusiveAsync(db, LockedTable.Organizations, owner.OrganizationId, ct);
            return;
        }

        await provider.LockSharedAsync(db, LockedTable.Organizations, owner.OrganizationId, ct);
        await provider.LockExclusiveAsync(db, LockedTable.Projects, owner.Id, ct);
    }

    private async Task MendAsync(
        ConsoleDbContext db, (Guid OrganizationId, Guid Id) owner, Guid? projectId, List<UsageDifference> differences, CancellationToken ct)
    {
        foreach (var (_, ownerId, metric, _, actual) in differences)
        {
            await provider.InsertMissingUsageAsync(db, owner.OrganizationId, ownerId, metric, ct);
            await db.Usages.Where(usage => usage.OwnerId == ownerId && usage.Metric == metric).ExecuteUpdateAsync(set => set.SetProperty(usage => usage.Used, actual), ct);
        }

        var what = new AuditObject(projectId is null ? "personal space" : "project", owner.Id, differences[0].Owner);
        db.AuditEntries.Add(new AuditEntry(Actor.System.InAudit(owner.OrganizationId, projectId, clock.GetUtcNow().UtcDateTime), AuditActions.UsageMended, what, AuditResult.Done)
            .With(Text(differences.ToDictionary(difference => difference.Metric, difference => difference.Stored)), Text(differences.ToDictionary(difference => difference.Metric, difference => difference.Actual))));
        await db.SaveChangesAsync(ct);
    }

    private static string Text(Dictionary<string, long> amounts) => JsonSerializer.Serialize(amounts, JsonSerializerOptions.Web);
}
