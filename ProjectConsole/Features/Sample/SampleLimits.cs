using ProjectConsole.Data;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Limits;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Security;

namespace ProjectConsole.Features.Sample;

/// <summary>Limits of the sample, of which some are nearly or wholly reached.</summary>
internal static class SampleLimits
{
    /// <summary>Adds them beside what is saved; the caller saves.</summary>
    public static async Task AddAsync(ConsoleDbContext db, Project vision, User owner, User admin, DateTime nowUtc, CancellationToken ct)
    {
        db.Add(new Limit(LimitScope.Organization, vision.OrganizationId, vision.OrganizationId, Metric.Gpus, 128, owner.Id, owner.Email!, nowUtc.AddDays(-38)));
        db.Add(new Limit(LimitScope.Organization, vision.OrganizationId, vision.OrganizationId, Count("run"), 500, owner.Id, owner.Email!, nowUtc.AddDays(-38)));
        db.Add(new Limit(LimitScope.PersonalSpace, vision.OrganizationId, vision.OrganizationId, Metric.Gpus, 1, owner.Id, owner.Email!, nowUtc.AddDays(-38)));
        var inVision = await UsageReconciliation.SumAsync(db, vision.Id, ct);
        foreach (var (metric, share) in ((Metric, decimal)[])[(Metric.Gpus, 0.87m), (Count("run"), 0.9m), (Count("endpoint"), 1m)])
        {
            if (inVision.GetValueOrDefault(metric.Name) is > 0 and var used)
            {
                db.Add(new Limit(LimitScope.Project, vision.OrganizationId, vision.Id, metric, (long)Math.Ceiling(used / share), admin.Id, admin.Email!, nowUtc.AddDays(-9)));
            }
        }
    }

    private static Metric Count(string kind) => ResourceKinds.Get(kind).Count;
}
