using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Data.Limits;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Limits;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Shared;

namespace ProjectConsole.Security;

/// <summary>
/// Whether a project has room for one more person or team. They are counted where they are, under the project's lock, because a
/// grant also ends by itself. A temporary upgrade takes no room, and neither does an Admin who is appointed because a project must
/// have one.
/// </summary>
internal static class CollaboratorRoom
{
    /// <summary>The standing grants of a project that are in force.</summary>
    public static IQueryable<Grant> InForce(ConsoleDbContext db, Guid projectId, DateTime nowUtc) =>
        db.Grants.Where(grant => grant.ProjectId == projectId && !grant.IsUpgrade && (grant.ExpiresUtc == null || grant.ExpiresUtc > nowUtc));

    /// <summary>Refuses one more where the limit is reached, or null. Asked before the grant is made.</summary>
    public static async Task<LimitReached?> RefuseAsync(Command command, ProjectScope project, CancellationToken ct)
    {
        var (db, now) = (command.Db, command.NowUtc);
        var limit = LimitInForce.Of(Metric.Collaborators, await UsageLedger.LimitsAsync(db, ResourceOwner.Of(project), ct));
        if (limit.Amount is not { } most)
        {
            return null;
        }

        var used = await InForce(db, project.ProjectId, now).CountAsync(ct) + Unsaved(db, project.ProjectId, now);
        return used < most ? null : new LimitReached(Metric.Collaborators, 1, used, limit);
    }

    // One command may add several: those that it has not saved yet count too.
    private static int Unsaved(ConsoleDbContext db, Guid projectId, DateTime nowUtc) =>
        db.ChangeTracker.Entries<Grant>().Count(entry =>
            entry.Entity.ProjectId == projectId && !entry.Entity.IsUpgrade && !(entry.Entity.ExpiresUtc <= nowUtc)
            && (entry.State == EntityState.Added
                || (entry.State == EntityState.Modified && entry.Property(grant => grant.ExpiresUtc).OriginalValue <= nowUtc)));
}
