using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Data.Limits;
using ProjectConsole.Domain.Keys;
using ProjectConsole.Domain.Limits;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Shared;

namespace ProjectConsole.Security;

/// <summary>
/// Whether a project has room for one more key. They are counted where they are, under the project's lock, because a key also ends
/// by itself.
/// </summary>
internal static class KeyRoom
{
    /// <summary>The keys of a project that are in force. The Organization Default Key is none of the project's.</summary>
    public static IQueryable<ProjectKey> InForce(ConsoleDbContext db, Guid projectId, DateTime nowUtc) => db.ProjectKeys.Where(key =>
        key.ProjectId == projectId && !key.IsOrganizationDefault && key.RevokedUtc == null && (key.ExpiresUtc == null || key.ExpiresUtc > nowUtc));

    /// <summary>Refuses one more where the limit is reached, or null. Asked before the key is made.</summary>
    public static async Task<LimitReached?> RefuseAsync(Command command, ProjectScope project, CancellationToken ct)
    {
        var limit = LimitInForce.Of(Metric.Keys, await UsageLedger.LimitsAsync(command.Db, ResourceOwner.Of(project), ct));
        if (limit.Amount is not { } most)
        {
            return null;
        }

        var used = await InForce(command.Db, project.ProjectId, command.NowUtc).CountAsync(ct);
        return used < most ? null : new LimitReached(Metric.Keys, 1, used, limit);
    }
}
